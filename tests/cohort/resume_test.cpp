// A run that was stopped goes on where it was; temporary files do not outlive it.
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <sstream>

#include "cohort/export.hpp"
#include "support/real_knowledge.hpp"

namespace fs = std::filesystem;
using namespace rectal_cds;
using namespace rectal_cds::cohort_tests;

namespace {

void write_patients(Export& folder, int count) {
    std::vector<std::string> all;
    for (int i = 0; i < count; ++i) {
        for (std::string& resource : resources_of_example("p" + std::to_string(i))) all.push_back(std::move(resource));
    }
    folder.write("all.ndjson", all);
}

cohort::CohortOptions with_results(const Export& folder) {
    cohort::CohortOptions options = folder.options();
    options.results = folder.outside("results").string();
    options.knowledge_identity = "one";
    return options;
}

// Stops as soon as `patients` are judged. Answers whether it came to its end nevertheless.
bool run_until(const Export& folder, std::uint64_t patients, const cohort::CohortOptions& options) {
    std::atomic<bool> stop{false};
    std::ostringstream out;
    bool was_private = false;
    const cohort::CohortObserver observer{{}, [&](const cohort::CohortProgress& progress) {
                                              was_private =
                                                  fs::status(options.temporary).permissions() == fs::perms::owner_all;
                                              stop = stop || progress.patients >= patients;
                                          }};
    const auto outcome = cohort::run_cohort(options, rules(), out, observer, stop);
    BOOST_TEST(was_private);
    BOOST_TEST(!fs::exists(folder.outside("temporary")));
    return outcome.ok();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_cohort_that_was_stopped)

BOOST_AUTO_TEST_CASE(goes_on_and_ends_with_the_same_results) {
    Export folder;
    write_patients(folder, 60);
    const Judged whole = folder.judge();
    cohort::CohortOptions options = with_results(folder);
    BOOST_TEST(!run_until(folder, 10, options));
    BOOST_TEST(fs::exists(options.results + ".checkpoint"));
    std::ofstream(options.results, std::ios::app) << "{\"patient\":\"half a li";  // as a killed process leaves it
    std::ofstream(options.results + ".checkpoint", std::ios::app) << "{\"shards\":9";
    options.resume = true;
    const Judged resumed = folder.judge(options, rules());
    BOOST_TEST_REQUIRE(resumed.outcome.has_value(), resumed.error);
    BOOST_TEST(resumed.outcome->resumed >= 10U);
    BOOST_TEST(resumed.outcome->resumed < 60U);
    BOOST_TEST((resumed.lines == whole.lines));
    BOOST_TEST(resumed.outcome->tally.in_words() == whole.outcome->tally.in_words());
    BOOST_TEST(!fs::exists(options.results + ".checkpoint"));
}

BOOST_AUTO_TEST_CASE(does_not_go_on_with_other_knowledge_input_or_day) {
    Export folder;
    write_patients(folder, 30);
    cohort::CohortOptions options = with_results(folder);
    BOOST_TEST(!run_until(folder, 5, options));
    options.resume = true;
    cohort::CohortOptions other = options;
    other.knowledge_identity = "two";
    BOOST_TEST(folder.judge(other, rules()).error.find("another run") != std::string::npos);
    cohort::JudgeRules tomorrow = rules();
    tomorrow.today = base::parse_day("2026-03-03").value();
    BOOST_TEST(folder.judge(options, tomorrow).error.find("another run") != std::string::npos);
    folder.write("more.ndjson", {});
    other = options;
    other.input = folder.options().input;
    BOOST_TEST(folder.judge(other, rules()).error.find("another run") != std::string::npos);
    BOOST_TEST(folder.judge(options, rules()).error.empty());
}

BOOST_AUTO_TEST_CASE(begins_anew_without_resume_and_where_nothing_was_done) {
    Export folder;
    write_patients(folder, 20);
    cohort::CohortOptions options = with_results(folder);
    BOOST_TEST(!run_until(folder, 1, options));
    BOOST_TEST(folder.judge(options, rules()).lines.size() == 20U);
    options.resume = true;
    const Judged again = folder.judge(options, rules());
    BOOST_TEST(again.lines.size() == 20U);
    BOOST_TEST(again.outcome->resumed == 0U);
}

BOOST_AUTO_TEST_CASE(does_not_take_a_folder_for_temporary_files_that_holds_something_else) {
    Export folder;
    write_patients(folder, 1);
    fs::create_directory(folder.outside("temporary"));
    std::ofstream(folder.outside("temporary") / "mine") << "keep";
    BOOST_TEST(!folder.judge().error.empty());
    BOOST_TEST(fs::exists(folder.outside("temporary") / "mine"));
}

BOOST_AUTO_TEST_CASE(takes_the_folder_that_a_run_killed_at_its_beginning_or_end_has_left) {
    Export folder;
    write_patients(folder, 1);
    fs::create_directory(folder.outside("temporary"));
    BOOST_TEST(folder.judge().error.empty(), "before anything was in it");
    fs::create_directory(folder.outside("temporary"));
    std::ofstream(folder.outside("temporary") / "shard-3") << "rest";
    BOOST_TEST(folder.judge().error.empty(), "while it was being removed");
    BOOST_TEST(!fs::exists(folder.outside("temporary")));
}

BOOST_AUTO_TEST_SUITE_END()
