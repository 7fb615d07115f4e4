// `evaluate`: requests from files or standard input, one answer each, and why.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "support/child_process.hpp"
#include "support/example_requests.hpp"
#include "support/real_knowledge.hpp"
#include "support/running_service.hpp"
#include "support/wire_form.hpp"
#include "json/document.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using testing::Finished;

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string example(const char* name) { return (testing::source_folder() / "tests" / "examples" / name).string(); }

Finished evaluate(const std::vector<std::string>& arguments, const std::string& standard_input = "") {
    std::vector<std::string> command{testing::program().string(),       "evaluate", "--knowledge",
                                     testing::source_folder().string(), "--today",  "2026-03-02"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return testing::run(command, standard_input);
}

std::string one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text + '\n';
}

std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(evaluate_command)

BOOST_AUTO_TEST_CASE(prints_one_answer_for_each_file_in_order) {
    const Finished finished =
        evaluate({example("kras-g12d-mss-patient-view.json"), example("cetuximab-kras-g12d-order-sign.json")});
    BOOST_TEST(finished.exit_code == 0);
    BOOST_TEST(finished.err.empty());
    BOOST_TEST_REQUIRE(lines(finished.out) == 2U);
    BOOST_TEST(finished.out.find("firstLineDoubletBevacizumab") < finished.out.find('\n'));
    BOOST_TEST(finished.out.find("antiEgfrRasMutant") > finished.out.find('\n'));
}

BOOST_AUTO_TEST_CASE(of_an_unknown_hook_says_which_are_known) {
    const Finished finished = evaluate({"-"}, R"({"hook": "encounter-start", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"})");
    BOOST_TEST(finished.exit_code == 1);
    for (const char* hook : {"patient-view", "order-select", "order-sign"}) BOOST_TEST(says(finished.out, hook), finished.out);
    BOOST_TEST(!says(finished.out, "encounter-start"));
    BOOST_TEST(says(evaluate({"-"}, "[]").out, R"("expression":["http.body"])"));
}

BOOST_AUTO_TEST_CASE(explains_the_named_recommendations_alone) {
    const std::string file = example("kras-g12d-mss-patient-view.json");
    const Finished finished = evaluate({"--only", "first-line-doublet-bevacizumab,first-line-biomarkers-pending", file});
    BOOST_TEST(finished.exit_code == 0);
    auto document = json::Document::parse(finished.out);
    BOOST_TEST_REQUIRE(document.ok());
    const json::Value why = document.value().root()["extension"]["org.rectal-cds.explanation"];
    BOOST_TEST(why["recommendations"].size() == 2U);
    std::set<std::string_view> conditions, facts;
    for (const json::Value one : why["recommendations"].elements())
        for (const json::Value condition : one["conditions"].elements()) conditions.insert(condition["fact"].text());
    for (const json::Value fact : why["facts"].elements()) facts.insert(fact["name"].text());
    BOOST_TEST((facts == conditions));
    BOOST_TEST(document.value().root()["cards"].size() == 2U);  // the answer itself stays whole
    BOOST_TEST(lines(finished.out) < lines(evaluate({"--explain", file}).out) / 2);
}

BOOST_AUTO_TEST_CASE(refuses_to_explain_what_there_is_not) {
    const Finished finished = evaluate({"--only", "first-line-doublet", example("kras-g12d-mss-patient-view.json")});
    BOOST_TEST(finished.exit_code == 2);
    BOOST_TEST(finished.out.empty());
    BOOST_TEST(says(finished.err, "There is no recommendation \"first-line-doublet\""));
}

BOOST_AUTO_TEST_CASE(can_be_read_as_text) {
    const Finished finished = evaluate({"--format", "text", "--only", "anti-egfr-ras-mutant", example("cetuximab-kras-g12d-order-sign.json"), "-"}, "{");
    BOOST_TEST(finished.exit_code == 1);
    BOOST_TEST(says(finished.out, "critical: "));
    BOOST_TEST(says(finished.out, "  antiEgfrRasMutant, "));
    BOOST_TEST(says(finished.out, "\n  yes  anti-egfr-ras-mutant, critical\n"), finished.out);
    BOOST_TEST(says(finished.out, "REFUSED with 400: "));
    BOOST_TEST(!says(finished.out, "{\"cards\""));
}

BOOST_AUTO_TEST_CASE(writes_as_text_the_cards_that_were_asked_for_alone_and_names_the_others) {
    const std::string file = example("kras-g12d-mss-patient-view.json");
    const Finished asked = evaluate({"--format", "text", "--only", "first-line-doublet-bevacizumab", file});
    BOOST_TEST(says(asked.out, "RAS-mutant, MSS: FOLFOX"), asked.out);
    BOOST_TEST(says(asked.out, "\nFurther cards of this answer:\n  "), asked.out);
    BOOST_TEST(!says(asked.out, "asymptomatic primary:"), asked.out);
    const Finished none = evaluate({"--format", "text", "--only", "anti-egfr-ras-mutant", file});
    BOOST_TEST(none.out.starts_with("No card of what --only names.\n\nFurther cards of this answer:\n"), none.out);
    const Finished all = evaluate({"--format", "text", file});
    BOOST_TEST(!says(all.out, "Further cards"));
    BOOST_TEST(lines(asked.out) > lines(none.out));
}

BOOST_AUTO_TEST_CASE(reads_standard_input) {
    const Finished finished = evaluate({"-"}, order_sign());
    BOOST_TEST(finished.exit_code == 0);
    BOOST_TEST(says(finished.out, "antiEgfrRasMutant"));
    BOOST_TEST(finished.out == evaluate({example("cetuximab-kras-g12d-order-sign.json")}).out);
}

BOOST_AUTO_TEST_CASE(reads_several_requests_one_a_line) {
    const Finished finished =
        evaluate({"-"}, one_line(order_sign()) + one_line(patient_view()) + one_line(order_select()));
    BOOST_TEST(finished.exit_code == 0);
    BOOST_TEST(lines(finished.out) == 3U);
}

BOOST_AUTO_TEST_CASE(blank_lines_and_windows_line_ends_are_no_requests) {
    const Finished finished = evaluate({"-"}, one_line(order_sign()) + "\r\n\n" + one_line(patient_view()) + " \n");
    BOOST_TEST(finished.exit_code == 0);
    BOOST_TEST(lines(finished.out) == 2U);
}

BOOST_AUTO_TEST_CASE(one_bad_line_among_several_is_one_bad_answer) {
    const Finished finished = evaluate({"-"}, one_line(order_sign()) + "{\n" + one_line(patient_view()));
    BOOST_TEST(finished.exit_code == 1);
    BOOST_TEST(lines(finished.out) == 3U);
    BOOST_TEST(says(finished.out, "OperationOutcome"));
    BOOST_TEST(says(finished.out, "firstLineDoubletBevacizumab"));
}

BOOST_AUTO_TEST_CASE(ends_with_1_when_an_answer_would_be_400_or_above) {
    for (const std::string& refused :
         {std::string("{"), std::string(), with(order_sign(), "/hook", "\"order-dispatch\""),
          without(order_sign(), "/prefetch/patient"), with(patient_view(), "/prefetch/patient/id", "\"somebody\"")}) {
        const Finished finished = evaluate({"-"}, refused);
        BOOST_TEST(finished.exit_code == 1);
        BOOST_TEST(says(finished.out, "\"resourceType\":\"OperationOutcome\""), finished.out);
    }
}

BOOST_AUTO_TEST_CASE(ends_with_2_when_a_file_cannot_be_read) {
    for (const char* file : {"/nonexistent.json", "/tmp"}) {
        const Finished finished = evaluate({file});
        BOOST_TEST(finished.exit_code == 2);
        BOOST_TEST(says(finished.err, file), finished.err);
        BOOST_TEST(finished.out.empty());
    }
}

BOOST_AUTO_TEST_CASE(the_same_request_gives_the_same_bytes) {
    BOOST_TEST(evaluate({"-"}, patient_view()).out == evaluate({"-"}, patient_view()).out);
    BOOST_TEST(evaluate({"-"}, patient_view()).out !=
               evaluate({"-"}, with(patient_view(), "/hookInstance", "\"00000000-0000-4000-8000-000000000000\"")).out);
}

BOOST_AUTO_TEST_CASE(card_profile_chooses_version_and_dialect) {
    const std::map<std::string, cdshooks::WireProfile> profiles{
        {"auto", cdshooks::standard_profile}, {"standard", cdshooks::standard_profile}, {"1.0", cdshooks::profile_1_0},
        {"1.1", cdshooks::profile_1_1},       {"3.0", cdshooks::profile_3_0},           {"epic", cdshooks::epic_profile}};
    for (const auto& [word, profile] : profiles) {
        const Finished finished = evaluate({"--card-profile", word, example("cetuximab-kras-g12d-order-sign.json")});
        BOOST_TEST(finished.exit_code == 0, word);
        const auto answer = json::Document::parse(finished.out);
        BOOST_TEST_REQUIRE(answer.ok(), word);
        BOOST_TEST(answer.value().root()["cards"].size() > 0U, word);
        for (const std::string& breach : testing::wire_breaches(answer.value().root(), profile)) BOOST_ERROR(word << ": " << breach);
    }
    BOOST_TEST(evaluate({"--card-profile", "2.1", example("cetuximab-kras-g12d-order-sign.json")}).exit_code != 0);
}

BOOST_AUTO_TEST_CASE(explain_tells_every_fact_and_every_condition) {
    const Finished finished = evaluate({"--explain", example("kras-g12d-mss-patient-view.json")});
    BOOST_TEST(finished.exit_code == 0);
    const auto document = json::Document::parse(finished.out);
    BOOST_TEST_REQUIRE(document.ok());
    BOOST_TEST(document.value().root()["cards"].size() == 2U);
    const json::Value why = document.value().root()["extension"]["org.rectal-cds.explanation"];
    std::map<std::string_view, json::Value> facts;
    for (const json::Value fact : why["facts"].elements()) facts.emplace(fact["name"].text(), fact);
    BOOST_TEST(facts.size() > 100U);
    const json::Value mutant = facts["RAS mutant"];
    BOOST_TEST(mutant["value"].text() == "yes");
    BOOST_TEST(mutant["evidence"].at(0)["reference"].text().substr(0, 12) == "Observation/");
    BOOST_TEST(!mutant["evidence"].at(0)["says"].text().empty());
    BOOST_TEST(mutant["evidence"].at(0)["when"].text().size() == 10U);
    std::size_t unknown_without_reason = 0, unknown = 0;
    for (const auto& [name, fact] : facts) {
        if (fact["value"].text() != "unknown") continue;
        ++unknown;
        if (fact["gaps"].size() == 0 && fact["note"].text().empty()) ++unknown_without_reason;
    }
    BOOST_TEST(unknown > 0U);
    BOOST_TEST(unknown_without_reason == 0U);
    bool fired = false;
    for (const json::Value recommendation : why["recommendations"].elements()) {
        BOOST_TEST(recommendation["conditions"].size() > 0U);
        for (const json::Value condition : recommendation["conditions"].elements())
            BOOST_TEST(facts.count(condition["fact"].text()) == 1U);
        fired = fired || (recommendation["id"].text() == "first-line-doublet-bevacizumab" &&
                          recommendation["applies"].text() == "yes");
    }
    BOOST_TEST(fired);
}

BOOST_AUTO_TEST_CASE(takes_the_request_out_of_a_test_scenario) {
    const Finished finished = evaluate({"-"}, R"({"title": "a scenario", "request": )" + patient_view() + "}");
    BOOST_TEST(finished.exit_code == 0);
    BOOST_TEST(finished.out == evaluate({"-"}, patient_view()).out);
}

BOOST_AUTO_TEST_SUITE_END()
