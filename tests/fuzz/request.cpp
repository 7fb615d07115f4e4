// A whole call with the knowledge of the checkout: an answer that is JSON, of a status that the protocol knows.
#include "cdshooks/respond.hpp"
#include "fuzz/target.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;

RECTAL_CDS_FUZZ_TARGET(request) {
    const fhir::Knowledge& knowledge = testing::real_knowledge();
    cdshooks::Call call;
    call.body = std::string(input);
    call.today = *base::parse_day("2026-03-02");
    call.explain = !input.empty() && input.size() % 2 == 0;
    const cdshooks::Answer answer = cdshooks::respond(knowledge, std::move(call));
    const bool is_known = answer.status == 200 || answer.status == 400 || answer.status == 412 ||
                          answer.status == 413 || answer.status == 422;
    fuzz::require(is_known, "no input is a fault of the service");
    const auto document = json::Document::parse(answer.body);
    fuzz::require(document.ok(), "every answer is JSON");
    fuzz::require((answer.status == 200) == document.value().root()["cards"].is_array(),
                  "cards come with 200 and nothing else");
}
