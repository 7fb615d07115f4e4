// Prepared: a request that was read and checked once, and what must still be fetched before it can be answered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cdshooks/audience.hpp"
#include "cdshooks/call.hpp"
#include "cdshooks/fetched.hpp"
#include "cdshooks/request.hpp"
#include "cdshooks/wire_profile.hpp"
#include "json/document.hpp"

namespace rectal_cds::cdshooks {

// Made by prepare() alone. Moving it keeps its Values and the token's view valid.
class Prepared {
public:
    // Precondition: call.service is set.
    Prepared(Call call, json::Document document, Request request, Audience audience);
    Prepared(Prepared&&) = default;
    Prepared& operator=(Prepared&&) = default;
    ~Prepared() { wipe_token(); }

    const Request& request() const { return request_; }
    const Call& call() const { return call_; }  // without the body
    Audience audience() const { return audience_; }
    const WireProfile& profile() const { return profile_; }  // version and dialect of the answer

    std::string_view fhir_server() const { return request_.fhir_server; }  // no trailing slash; empty: none
    std::string_view access_token() const;  // looks into the body; "" when the call has none and once it is wiped
    std::optional<std::int64_t> expires_in() const;  // seconds from the receipt of the call; empty when not said
    void wipe_token();                               // overwrites its bytes in the body

    // The prefetch keys that were not delivered, or only as nonsense, and the next page of Bundles that have one
    // (cds-hooks.md 6.2). Never a key that was delivered as null, resource, Bundle or OperationOutcome. A template
    // whose token the context does not have is not asked. One query a key.
    const std::vector<Query>& queries() const { return queries_; }

    // Medications that orders refer to and that neither the request nor `fetched` holds; drafted orders first, at most
    // max_follow_ups. Their key and their target are "Medication/m1".
    static constexpr std::size_t max_follow_ups = 50;
    std::vector<Query> follow_up(const std::vector<Fetched>& fetched) const;

private:
    Call call_;
    json::Document document_;
    Request request_;
    Audience audience_;
    WireProfile profile_;
    std::vector<Query> queries_;
};

}  // namespace rectal_cds::cdshooks
