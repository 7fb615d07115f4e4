// For the rows B: cards that are issued to be reported about, reports, and what the store makes of them.
#pragma once

#include <string>
#include <vector>

#include "conformance/clients.hpp"
#include "store/feedback_export.hpp"

namespace rectal_cds::conformance {

Service& feedback_service();  // as registered()
std::string feedback_path();  // of order-sign

struct IssuedCard {
    std::string uuid, suggestion, hook_instance;
};
IssuedCard issue_card();  // the critical card of order_sign()

// Items, and a body with one of them.
std::string accepted(const std::string& card, const std::string& suggestion);
std::string overridden(const std::string& card, const std::string& override_reason = "");
std::string batch(const std::string& item);

HttpAnswer report(const std::string& body, const Caller& caller = ehr_caller);

// What the export gives: all about cards that are known; all about others; about a card, once there are `at_least` of them. The test ends when they do not come.
std::vector<store::ExportedFeedback> stored();
std::vector<store::ExportedFeedback> unmatched();
std::vector<store::ExportedFeedback> all_stored_about(const std::string& card, std::size_t at_least);
store::ExportedFeedback stored_about(const std::string& card);

}  // namespace rectal_cds::conformance
