#include "cdshooks/prepared.hpp"

#include <utility>

#include "cdshooks/follow_up.hpp"
#include "cdshooks/queries.hpp"

namespace rectal_cds::cdshooks {

Prepared::Prepared(Call call, json::Document document, Request request, Audience audience)
    : call_(std::move(call)), document_(std::move(document)), request_(std::move(request)), audience_(audience),
      profile_(choose_profile(call_.wire, document_.root())), queries_(open_queries(request_, *call_.service)) {}

std::string_view Prepared::access_token() const { return document_.root()["fhirAuthorization"]["access_token"].text(); }

std::optional<std::int64_t> Prepared::expires_in() const {
    return document_.root()["fhirAuthorization"]["expires_in"].integer();
}

void Prepared::wipe_token() { document_.erase(document_.root()["fhirAuthorization"]["access_token"]); }

std::vector<Query> Prepared::follow_up(const std::vector<Fetched>& fetched) const {
    return missing_medications(request_, *call_.service, fetched, max_follow_ups);
}

}  // namespace rectal_cds::cdshooks
