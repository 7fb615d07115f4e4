#include "service/callers.hpp"

#include <string_view>
#include <utility>

#include "auth/secret.hpp"
#include "cdshooks/operation_outcome.hpp"
#include "http/header_text.hpp"

namespace rectal_cds::service {

namespace {

constexpr int most_attempts = 3;  // the first, and one after each of two fetches of keys

http::Response outcome(int status, const char* issue, const char* place, const char* what) {
    return {status, {{"Content-Type", "application/json"}}, cdshooks::operation_outcome("error", issue, place, what)};
}

}  // namespace

const std::string& Caller::name() const {
    static const std::string sandbox = "sandbox";
    return client ? client->name : sandbox;
}

http::Response unauthorised() {
    http::Response response = outcome(401, "login", "http.header.Authorization", "A valid token of a registered client is expected.");
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
    response.closes = true;  // so that it looks the same whether the body was read or not (decisions.md 14)
    return response;
}

http::Response keys_unavailable() {
    http::Response response = outcome(503, "transient", "", "The caller cannot be identified at the moment. Please try again.");
    response.headers.emplace_back("Retry-After", "2");
    return response;
}

struct Callers::Attempt {
    std::vector<auth::Secret> authorization;
    auth::Endpoint endpoint;
    std::shared_ptr<const auth::ClientRegistry> registry;
    std::function<auth::Time()> now;
    Done done;
    int number = 0;
};

void Callers::identify(http::Request& request, auth::Endpoint endpoint, std::shared_ptr<const auth::ClientRegistry> registry,
                       std::function<auth::Time()> now, Done done) const {
    if (!registry) return done(Caller{}, auth::Refusal::none);
    auto first = std::make_shared<Attempt>(Attempt{{}, std::move(endpoint), std::move(registry), std::move(now), std::move(done), 0});
    for (auto& [name, value] : request.headers) {
        if (http::equals_ignoring_case(name, "Authorization")) first->authorization.emplace_back(std::move(value));
    }
    attempt(first);
}

void Callers::attempt(const std::shared_ptr<Attempt>& attempt) const {
    std::vector<std::string_view> values;
    for (const auth::Secret& value : attempt->authorization) values.push_back(value.reveal());
    auth::Verdict verdict = verifier_.verify(values, attempt->endpoint, *attempt->registry, attempt->now());
    switch (verdict.outcome) {
        case auth::Verdict::Outcome::accepted:
            return attempt->done(Caller{std::move(verdict.client), std::move(verdict.claims)}, auth::Refusal::none);
        case auth::Verdict::Outcome::refused: return attempt->done(unauthorised(), verdict.reason);
        case auth::Verdict::Outcome::keys_awaited:
            if (++attempt->number < most_attempts) {
                return keys_.when_fetched(*verdict.client, gated(gate_, [this, attempt, client = verdict.client->name] {
                    if (!run_(client, [this, attempt] { this->attempt(attempt); })) attempt->done(keys_unavailable(), auth::Refusal::none);
                }));
            }
            break;
        case auth::Verdict::Outcome::unavailable: break;
    }
    attempt->done(keys_unavailable(), auth::Refusal::none);
}

}  // namespace rectal_cds::service
