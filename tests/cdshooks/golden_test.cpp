// What is put to use has shown first that it does what it should: a slip that every format allows is caught by the
// golden cases, and then nothing of it is used.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "cdshooks/golden.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

using Files = std::vector<fhir::KnowledgeFile>;

const std::string ras_mutant = "hooks/guideline/plans/anti-egfr-ras-mutant.json";
const std::string kras_case = "hooks/golden/cetuximab-with-kras-mutation.json";

// The files of the checkout with the first `from` in one of them replaced.
Files edited(const std::string& path, std::string_view from, std::string_view to) {
    Files files = knowledge_files(source_folder());
    for (fhir::KnowledgeFile& file : files) {
        if (file.path != path) continue;
        const auto at = file.text.find(from);
        BOOST_TEST_REQUIRE(at != std::string::npos, path << " does not hold " << from);
        file.text.replace(at, from.size(), to);
    }
    return files;
}

std::vector<std::string> faults(const Files& files, const Files& site = {}) {
    std::vector<base::Error> errors;
    cdshooks::tested_knowledge(files, site, errors);
    std::vector<std::string> lines;
    for (const base::Error& error : errors) lines.push_back(error.where + ": " + error.what);
    return lines;
}

bool any_says(const std::vector<std::string>& lines, std::string_view part) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const auto& line) { return line.find(part) != std::string::npos; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(golden_cases_of_the_knowledge)

BOOST_AUTO_TEST_CASE(the_knowledge_of_the_checkout_passes_its_own) {
    for (const std::string& fault : faults(knowledge_files(source_folder()))) BOOST_ERROR(fault);
}

BOOST_AUTO_TEST_CASE(a_rule_that_lost_its_hook_is_caught) {
    const auto lines = faults(edited(ras_mutant, R"(, {"type": "named-event", "name": "order-sign"})", ""));
    BOOST_TEST(any_says(lines, kras_case + ": expect: "));
    BOOST_TEST(any_says(lines, "expected are anti-egfr-ras-mutant (critical); the cards are no card."));
}

BOOST_AUTO_TEST_CASE(a_condition_that_is_another_word_of_the_vocabulary_is_caught) {
    BOOST_TEST(any_says(faults(edited(ras_mutant, "\"RAS mutant\"", "\"RAS wild-type\"")), kras_case));
}

BOOST_AUTO_TEST_CASE(a_lower_severity_is_caught) {
    const auto lines = faults(edited(ras_mutant, R"("priority": "stat")", R"("priority": "urgent")"));
    BOOST_TEST(
        any_says(lines, "expected are anti-egfr-ras-mutant (critical); the cards are anti-egfr-ras-mutant (warning)."));
}

BOOST_AUTO_TEST_CASE(a_code_that_fell_out_of_a_value_set_is_caught) {
    BOOST_TEST(
        any_says(faults(edited("profiles/valuesets/drug-cetuximab.json", "\"1657663\"", "\"9657663\"")), kras_case));
}

BOOST_AUTO_TEST_CASE(a_recommendation_that_no_case_expects_is_a_fault) {
    Files files = knowledge_files(source_folder());
    std::erase_if(files, [](const auto& file) { return file.path == "hooks/golden/pregnancy-antineoplastic.json"; });
    const auto lines = faults(files);
    BOOST_TEST_REQUIRE(lines.size() == 1U);
    BOOST_TEST(
        lines[0] ==
        "hooks/golden: expect: A golden case in which 'pregnancy-antineoplastic' fires is expected; there is none.");
}

BOOST_AUTO_TEST_CASE(a_call_that_would_be_refused_proves_nothing) {
    const auto lines = faults(edited(kras_case, R"("patientId": "pat-1")", R"("patientId": "pat-2")"));
    BOOST_TEST(any_says(lines, kras_case + ": request: A call that is answered with 200 is expected, not with 400."));
}

BOOST_AUTO_TEST_CASE(the_cases_are_not_run_on_files_with_faults) {
    const auto lines = faults(edited(ras_mutant, "\"RAS mutant\"", "\"RAS mutantt\""));
    BOOST_TEST_REQUIRE(lines.size() == 1U);
    BOOST_TEST(lines[0].starts_with(ras_mutant));
}

BOOST_AUTO_TEST_CASE(a_truncated_file_is_a_fault_of_that_file) {
    Files files = knowledge_files(source_folder());
    for (fhir::KnowledgeFile& file : files) {
        if (file.path == ras_mutant) file.text.resize(file.text.size() / 2);
    }
    BOOST_TEST(any_says(faults(files), ras_mutant + ": "));
}

BOOST_AUTO_TEST_CASE(a_fault_in_a_site_is_one_of_the_whole) {
    BOOST_TEST(
        any_says(faults(knowledge_files(source_folder()), {{"site/valuesets/x.json", "{"}}), "site/valuesets/x.json"));
}

BOOST_AUTO_TEST_SUITE_END()
