// Golden cases: one patient, one hook call, the exact answer. ./dev approve rewrites the answers; read the difference
// before you commit it. Whatever has been approved, the verdict in a folder's name and the form of the answer must
// hold.
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "cases/golden_case.hpp"
#include "support/answer_form.hpp"
#include "support/hook_call.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

bool approving() {
    const char* const wish = std::getenv("RECTAL_CDS_APPROVE");
    return wish && std::string(wish) == "1";
}

json::Document parsed(const std::string& text, const char* what) {
    auto document = json::Document::parse(text);
    BOOST_TEST_REQUIRE(document.ok(),
                       what << " is not JSON: "
                            << (document.ok() ? "" : document.error().where + " " + document.error().what));
    return std::move(document).value();
}

// fires: among the cards, shown or folded. silent: judged and found not to apply, or not judged at this hook.
// unknown: left open, because something could not be read.
void check_verdict(const GoldenCase& golden, json::Value call_of, json::Value answer) {
    const bool fires = indicators(answer).count(golden.recommendation) == 1;
    BOOST_TEST(fires == (golden.verdict() == "fires"), golden.recommendation << (fires ? " fires" : " does not fire"));
    if (fires) return;
    const CallResult explained = call(call_of["request"], call_of["today"].text(), true);
    const json::Document document = parsed(explained.body, "The explained answer");
    const std::string truth = applies(document.root(), golden.recommendation);
    if (golden.verdict() == "unknown") BOOST_TEST(truth == "unknown", "applies: " << truth);
    if (golden.verdict() == "silent") BOOST_TEST((truth == "no" || truth.empty()), "applies: " << truth);
}

void check_indicators(json::Value call_of, json::Value answer) {
    std::map<std::string, std::string> expected;
    BOOST_TEST(call_of["indicators"].is_object(), "A named case says which recommendations fire.");
    for (const json::Member member : call_of["indicators"].members())
        expected.emplace(member.name, member.value.text());
    const auto found = indicators(answer);
    for (const auto& [id, indicator] : found)
        BOOST_TEST((expected.count(id) == 1 && expected[id] == indicator), "not expected: " << id << " " << indicator);
    for (const auto& [id, indicator] : expected)
        BOOST_TEST(found.count(id) == 1U, "missing: " << id << " " << indicator);
}

void compare_or_approve(const GoldenCase& golden, const std::string& found) {
    const auto file = golden.folder / "expected.json";
    const std::string expected = std::filesystem::exists(file) ? read_text(file) : "";
    if (!approving()) {
        BOOST_TEST(!expected.empty(), "There is no expected.json; ./dev approve writes it.");
        BOOST_TEST((expected.empty() || expected == found), first_difference(expected, found));
    } else if (expected != found) {
        std::ofstream(file, std::ios::binary) << found;
        std::cout << "approved: " << file.lexically_relative(source_folder()).generic_string() << "\n";
    }
}

void check_case(const GoldenCase& golden) {
    const json::Document document = parsed(read_text(golden.folder / "case.json"), "case.json");
    const json::Value call_of = document.root();
    BOOST_TEST(!call_of["why"].text().empty(), "The clinical reason is missing.");
    const CallResult result = call(call_of["request"], call_of["today"].text());
    const json::Document answer = parsed(result.body, "The answer");
    if (result.status == 200) {
        for (const std::string& breach : form_breaches(answer.root(), call_of["request"], call_of["today"].text()))
            BOOST_ERROR(breach);
    }
    golden.recommendation.empty() ? check_indicators(call_of, answer.root())
                                  : check_verdict(golden, call_of, answer.root());
    compare_or_approve(golden, as_expected(result.status, answer.root()));
}

// Group of clinical.md 3.7; '-' for the named cases.
char group_of(const GoldenCase& golden) {
    const auto* recommendation = real_knowledge().recommendation(golden.recommendation);
    return recommendation ? recommendation->group : '-';
}

void check_group(char group) {
    for (const GoldenCase& golden : golden_cases()) {
        if (group_of(golden) != group) continue;
        BOOST_TEST_CONTEXT(golden.folder.lexically_relative(source_folder()).generic_string()) { check_case(golden); }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(group_a_data_quality_testing_and_goals)
BOOST_AUTO_TEST_CASE(every_case) { check_group('A'); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(group_b_first_line)
BOOST_AUTO_TEST_CASE(every_case) { check_group('B'); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(group_c_primary_tumour_and_radiotherapy)
BOOST_AUTO_TEST_CASE(every_case) { check_group('C'); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(group_d_response_conversion_and_surgery)
BOOST_AUTO_TEST_CASE(every_case) { check_group('D'); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(group_e_after_progression)
BOOST_AUTO_TEST_CASE(every_case) { check_group('E'); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(group_f_egfr_antibodies_and_immunotherapy_ordered)
BOOST_AUTO_TEST_CASE(every_case) { check_group('F'); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(group_g_bevacizumab_ordered)
BOOST_AUTO_TEST_CASE(every_case) { check_group('G'); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(group_h_cytotoxics_pregnancy_and_allergy)
BOOST_AUTO_TEST_CASE(every_case) { check_group('H'); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(named_patients)
BOOST_AUTO_TEST_CASE(every_case) { check_group('-'); }
BOOST_AUTO_TEST_SUITE_END()
