// One hook call through the whole pipeline, and what its answer says, read back from the answer's own text.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "fhir/knowledge.hpp"
#include "json/document.hpp"

namespace rectal_cds::testing {

struct CallResult {
    int status = 0;
    std::string body;
};

// The hook of the request picks the service; UUIDs come from hookInstance, so the answer is byte-stable.
// Precondition: `today` is a calendar day, the request names one of the three hooks.
CallResult call(json::Value request, std::string_view today, bool explain = false);
CallResult call(const fhir::Knowledge& knowledge, json::Value request, std::string_view today, bool explain = false);

// Recommendation id to indicator, of all cards, with the card "n more recommendations" unfolded. A topic that is no
// recommendation stands under its topic code ("notAssessed").
std::map<std::string, std::string> indicators(json::Value answer);

// "yes", "no" or "unknown" of an answer that was asked to explain; empty when the hook does not judge this
// recommendation.
std::string applies(json::Value explained_answer, std::string_view recommendation_id);

}  // namespace rectal_cds::testing
