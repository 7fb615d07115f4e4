#include "fetch/jwks_fetch.hpp"

#include <chrono>
#include <utility>

namespace rectal_cds::fetch {

namespace {

constexpr auto longest_wait = std::chrono::seconds(2);  // reliability.md 1.2

}  // namespace

auth::JwksCache::Fetch make_jwks_fetch(const std::shared_ptr<FhirTransport>& transport) {
    return [weak = std::weak_ptr(transport)](const std::shared_ptr<const auth::Client>& client,
                                              auth::JwksCache::Fetched fetched) {
        const auto by = weak.lock();
        if (!client->jku || !by) return fetched(std::nullopt);
        Request request;
        request.client = client->name;
        request.url = *client->jku;
        request.ranges = client->address_ranges;
        request.deadline = Clock::now() + longest_wait;
        request.max_bytes = auth::largest_key_set_bytes;
        request.accept = "application/jwk-set+json, application/json";
        by->get(std::move(request), [fetched = std::move(fetched)](Answer answer) {
            const bool is_usable = answer.fault == Fault::none && answer.status == 200;
            fetched(is_usable ? std::optional(std::move(answer.body)) : std::nullopt);
        });
    };
}

}  // namespace rectal_cds::fetch
