#include "http/refusal.hpp"

#include "cdshooks/operation_outcome.hpp"

namespace rectal_cds::http {

Response outcome_response(int status, std::string_view issue_code, std::string_view place, std::string_view sentence) {
    Response response;
    response.status = status;
    response.headers.emplace_back("Content-Type", "application/json");
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = cdshooks::operation_outcome("error", issue_code, place, sentence);
    return response;
}

Response to_response(const Refusal& refusal) {
    Response response = outcome_response(refusal.status, refusal.issue_code, refusal.place, refusal.sentence);
    if (refusal.status == 503) response.headers.emplace_back("Retry-After", "1");
    return response;
}

}  // namespace rectal_cds::http
