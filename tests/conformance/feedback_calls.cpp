#include "conformance/feedback_calls.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <thread>

#include "conformance/answers.hpp"

namespace rectal_cds::conformance {

using store::ExportedFeedback;

namespace {

constexpr auto patience = std::chrono::seconds(20);
constexpr const char* hook = "order-sign";

std::string next_hook_instance() {
    static int made = 0;
    const std::string number = std::to_string(++made);
    return "5c1ab4e0-0000-4000-8000-" + std::string(12 - number.size(), '0') + number;
}

}  // namespace

Service& feedback_service() {
    return running("feedback", [] { return registered_configuration({"--location", "Site 1"}); });
}

std::string feedback_path() { return feedback_service().path(hook) + "/feedback"; }

IssuedCard issue_card() {
    IssuedCard issued;
    issued.hook_instance = next_hook_instance();
    const HttpAnswer answer = feedback_service().call(
        hook, testing::with(testing::order_sign(), "/hookInstance", as_json(issued.hook_instance)));
    BOOST_TEST_REQUIRE((topics(answer) == std::vector<std::string>{"antiEgfrRasMutant"}));
    const json::Document document = parsed(answer);
    const json::Value card = document.root()["cards"].at(0);
    issued.uuid = card["uuid"].text();
    issued.suggestion = card["suggestions"].at(0)["uuid"].text();
    return issued;
}

std::string accepted(const std::string& card, const std::string& suggestion) {
    return R"({"card":")" + card + R"(","outcome":"accepted","acceptedSuggestions":[{"id":")" + suggestion +
           R"("}],"outcomeTimestamp":"2026-03-02T10:00:00Z"})";
}

std::string overridden(const std::string& card, const std::string& override_reason) {
    const std::string reason = override_reason.empty() ? "" : R"("overrideReason":)" + override_reason + ',';
    return R"({"card":")" + card + R"(","outcome":"overridden",)" + reason +
           R"("outcomeTimestamp":"2026-03-02T10:00:00Z"})";
}

std::string batch(const std::string& item) { return R"({"feedback":[)" + item + "]}"; }

HttpAnswer report(const std::string& body, const Caller& caller) {
    return feedback_service().post_as(caller, feedback_path(), body);
}

namespace {

std::vector<ExportedFeedback> exported(bool unmatched) {
    std::vector<ExportedFeedback> all;
    const auto read = store::export_feedback(feedback_service().process().store().string(), {}, [&](const ExportedFeedback& each) {
        if (each.is_unmatched == unmatched) all.push_back(each);
    });
    BOOST_TEST_REQUIRE(read.ok());
    return all;
}

}  // namespace

std::vector<ExportedFeedback> stored() { return exported(false); }
std::vector<ExportedFeedback> unmatched() { return exported(true); }

std::vector<ExportedFeedback> all_stored_about(const std::string& card, std::size_t at_least) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (true) {  // feedback is stored before it is answered, the card it is about may be recorded a moment later
        std::vector<ExportedFeedback> found;
        for (ExportedFeedback& each : stored()) {
            if (each.card == card) found.push_back(std::move(each));
        }
        if (found.size() >= at_least) return found;
        BOOST_TEST_REQUIRE((std::chrono::steady_clock::now() < end), "the export does not show the feedback");
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

ExportedFeedback stored_about(const std::string& card) { return all_stored_about(card, 1).front(); }

}  // namespace rectal_cds::conformance
