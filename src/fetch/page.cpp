#include "fetch/page.hpp"

#include <utility>

namespace rectal_cds::fetch {

namespace {

constexpr std::size_t largest_page_bytes = 64u * 1024 * 1024;  // the transport keeps the real limit

std::optional<auth::Url> under(const auth::BaseUrl& base, const std::string& absolute) {
    auto url = auth::parse_url(absolute);
    if (!url || !auth::covers(base, absolute)) return std::nullopt;
    return std::move(url).value();
}

// Bundle.link of relation "next" (https://hl7.org/fhir/R4/bundle.html).
void find_next(const json::Value& bundle, const auth::BaseUrl& base, Page& page) {
    for (const json::Value link : bundle["link"].elements()) {
        if (link["relation"].text() != "next") continue;
        page.next = page.has_next ? std::nullopt : under(base, std::string(link["url"].text()));
        page.has_next = true;
    }
}

CircuitBreaker::Outcome health_of(const Answer& answer) {
    using Outcome = CircuitBreaker::Outcome;
    switch (answer.fault) {
    case Fault::none: return answer.status == 429 || answer.status >= 500 ? Outcome::failed : Outcome::answered;
    case Fault::too_large:
    case Fault::malformed: return Outcome::answered;
    case Fault::not_allowed:
    case Fault::cancelled: return Outcome::unknown;
    default: return Outcome::failed;
    }
}

// 500 is not among them: it is how FHIR servers answer a query that they cannot do, so asking again costs a busy server
// work and the call its time. 502, 503 and 504 come of what stands in front of it, and pass.
bool is_passing(const Answer& answer) {
    if (answer.fault != Fault::none) return answer.fault == Fault::connection_lost;
    return answer.status == 502 || answer.status == 503 || answer.status == 504;
}

}  // namespace

bool is_absolute(const std::string& target) { return target.starts_with("http://") || target.starts_with("https://"); }

std::optional<auth::Url> url_of(const std::string& target, const auth::BaseUrl& base) {
    if (is_absolute(target)) return under(base, target);
    return under(base, base.url.text() + "/" + target);
}

Page read_page(Answer answer, const auth::BaseUrl& base) {
    Page page;
    page.bytes = answer.body.size();
    page.failure = failure_of(answer);
    page.health = health_of(answer);
    page.is_passing = is_passing(answer);
    page.is_token_refused = answer.fault == Fault::none && answer.status == 401;
    page.retry_after = answer.retry_after;
    if (page.failure != cdshooks::FetchFailure::none) return page;
    json::Limits limits;
    limits.max_bytes = largest_page_bytes;
    auto document = json::Document::parse(std::move(answer.body), limits);
    if (!document || document.value().root()["resourceType"].text().empty()) {
        page.failure = cdshooks::FetchFailure::not_fhir;
        return page;
    }
    page.document = std::move(document).value();
    const json::Value root = page.document->root();
    page.is_bundle = root["resourceType"].text() == "Bundle";
    if (page.is_bundle) find_next(root, base, page);
    return page;
}

}  // namespace rectal_cds::fetch
