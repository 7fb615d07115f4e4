// `cohort`: an export through the program itself, its exit codes, its two outputs, its memory.
#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "support/child_process.hpp"
#include "support/example_requests.hpp"
#include "support/knowledge_copy.hpp"
#include "support/real_knowledge.hpp"
#include "support/running_service.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

namespace fs = std::filesystem;
using namespace rectal_cds;
using testing::Finished;

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// The example patient, one Bundle on one line.
std::string example_bundle() {
    const auto document = json::Document::parse(testing::patient_view());
    json::Writer writer;
    writer.begin_object().member("resourceType", "Bundle").member("type", "collection").key("entry").begin_array();
    for (const auto [key, value] : document.value().root()["prefetch"].members()) {
        if (value["resourceType"].text() == "Patient") writer.begin_object().member("resource", value).end_object();
        for (const json::Value entry : value["entry"].elements()) writer.value(entry);
    }
    return writer.end_array().end_object().take() + '\n';
}

Finished cohort(const std::vector<std::string>& arguments, const std::string& standard_input = "") {
    std::vector<std::string> command{testing::program().string(),       "cohort",  "--knowledge",
                                     testing::source_folder().string(), "--today", "2026-03-02"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return testing::run(command, standard_input);
}

void write(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

bool is_told_about_a_patient(const std::string& text) {
    const auto& strings = testing::patient_strings();
    return std::any_of(strings.begin(), strings.end(), [&](const std::string& one) { return says(text, one); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cohort_command)

BOOST_AUTO_TEST_CASE(reads_standard_input_and_writes_results_without_patient_data_on_standard_error) {
    const Finished finished = cohort({"-"}, example_bundle());
    BOOST_TEST(finished.exit_code == 0, finished.err);
    BOOST_TEST(std::count(finished.out.begin(), finished.out.end(), '\n') == 1);
    BOOST_TEST(finished.out.rfind(R"({"patient":"pat-002","status":200,)", 0) == 0U, finished.out);
    BOOST_TEST(says(finished.out, R"("id":"first-line-doublet-bevacizumab","indicator":"info")"));
    BOOST_TEST(says(finished.err, "1 patients, 0 of them could not be judged"));
    BOOST_TEST(says(finished.err, "first-line-doublet-bevacizumab"));
    BOOST_TEST(!is_told_about_a_patient(finished.err), finished.err);
}

BOOST_AUTO_TEST_CASE(the_answers_are_those_of_evaluate) {
    const Finished finished = cohort({"-", "--answers"}, example_bundle());
    const Finished evaluated =
        testing::run({testing::program().string(), "evaluate", "--knowledge", testing::source_folder().string(),
                      "--today", "2026-03-02", "-"},
                     testing::with(testing::without(testing::patient_view(), "/context/encounterId"), "/context/userId",
                                   "\"Practitioner/cohort\""));
    const auto result = json::Document::parse(finished.out);
    BOOST_TEST_REQUIRE(result.ok());
    const std::string answer = json::Writer().value(result.value().root()["answer"]).take() + '\n';
    BOOST_TEST(testing::without_uuids(answer) == testing::without_uuids(evaluated.out));
}

BOOST_AUTO_TEST_CASE(a_line_that_cannot_be_read_is_named_and_the_exit_code_says_so) {
    testing::TemporaryFolder folder;
    write(folder.path() / "a.ndjson", example_bundle() + "{\"resourceType\":\"Patient\",\"id\":\"pat-003\"\n");
    const Finished finished = cohort({folder.path().string(), "--summary", (folder.path() / "summary").string()});
    BOOST_TEST(finished.exit_code == 1);
    BOOST_TEST(says(finished.err, "a.ndjson:2: This cannot be read as JSON."), finished.err);
    BOOST_TEST(!says(finished.err, "pat-003"));
    BOOST_TEST(says(finished.out, "pat-002"));
    const auto summary = json::Document::parse(testing::read_text(folder.path() / "summary"));
    BOOST_TEST_REQUIRE(summary.ok());
    BOOST_TEST(summary.value().root()["input"]["faultCount"].integer().value_or(0) == 1);
    BOOST_TEST(summary.value().root()["patients"].integer().value_or(0) == 1);
}

BOOST_AUTO_TEST_CASE(what_cannot_begin_says_why) {
    testing::TemporaryFolder folder;
    BOOST_TEST(cohort({(folder.path() / "absent.ndjson").string()}).exit_code == 2);
    BOOST_TEST(cohort({folder.path().string()}).exit_code == 2);
    write(folder.path() / "a.ndjson.gz", "x");
    BOOST_TEST(says(cohort({(folder.path() / "a.ndjson.gz").string()}).err, "unpack"));
    write(folder.path() / "a.ndjson", example_bundle());
    const std::string input = (folder.path() / "a.ndjson").string();
    BOOST_TEST(cohort({input, "--resume"}).exit_code == 2);
    BOOST_TEST(cohort({"-", "--resume", "--output", (folder.path() / "o").string()}).exit_code == 2);
    BOOST_TEST(cohort({input, "--hook", "order-select"}).exit_code == 2);
    BOOST_TEST(cohort({input, "--exported", "Conditions"}).exit_code == 2);
    BOOST_TEST(cohort({input, "--output", "/dev/full"}).exit_code == 2);
    BOOST_TEST(cohort({input, "--temporary", "/proc"}).exit_code == 2);
}

BOOST_AUTO_TEST_CASE(does_not_write_where_another_run_writes) {
    testing::TemporaryFolder folder;
    const std::string results = (folder.path() / "results").string();
    write(results, "of another run\n");
    const int other = open(results.c_str(), O_RDONLY | O_CLOEXEC);
    BOOST_TEST_REQUIRE(flock(other, LOCK_EX) == 0);
    const Finished refused = cohort({"-", "--output", results}, example_bundle());
    BOOST_TEST(refused.exit_code == 2);
    BOOST_TEST(says(refused.err, results + ": Another run writes to this file"), refused.err);
    BOOST_TEST(testing::read_text(results) == "of another run\n");
    close(other);
    BOOST_TEST(cohort({"-", "--output", results}, example_bundle()).exit_code == 0);
    BOOST_TEST(says(testing::read_text(results), "pat-002"));
}

BOOST_AUTO_TEST_CASE(compares_with_other_knowledge) {
    testing::KnowledgeCopy other;
    other.replace("hooks/guideline/plans/first-line-doublet-bevacizumab.json", "RAS-mutant, MSS: FOLFOX",
                  "RAS-mutant and MSS: FOLFOX");
    const Finished same = cohort({"-", "--compare", testing::source_folder().string()}, example_bundle());
    BOOST_TEST(same.exit_code == 0);
    BOOST_TEST(!says(same.out, "changes"));
    const Finished changed = cohort({"-", "--compare", other.path().string()}, example_bundle());
    BOOST_TEST(says(changed.out, R"("changes":{"wording":["firstLineDoubletBevacizumab"]})"),
               changed.out << changed.err);
    BOOST_TEST(says(changed.err, "something changes for 1 patients"));
}

BOOST_AUTO_TEST_CASE(results_of_several_machines_add_up) {
    testing::TemporaryFolder folder;
    const std::string one = (folder.path() / "1").string(), two = (folder.path() / "2").string();
    std::string other = example_bundle();
    for (auto at = other.find("pat-002"); at != std::string::npos; at = other.find("pat-002", at))
        other.replace(at, 7, "pat-902");
    BOOST_TEST(cohort({"-", "--output", one}, example_bundle()).exit_code == 0);
    BOOST_TEST(cohort({"-", "--output", two}, other).exit_code == 0);
    const Finished together = cohort({"--results", one, two});
    BOOST_TEST(together.exit_code == 0);
    BOOST_TEST(says(together.err, "2 patients, 0 of them could not be judged"));
    BOOST_TEST(says(together.err, "         2  first-line-doublet-bevacizumab"), together.err);
    write(one, "{}\n");
    BOOST_TEST(cohort({"--results", one}).exit_code == 1);
}

// 160 MB of records in less than 112 MB of memory: what bounds it are buffers, not the input.
BOOST_AUTO_TEST_CASE(memory_does_not_grow_with_the_input) {
    testing::TemporaryFolder folder;
    const std::string note(40'000, 'n');
    std::ofstream out(folder.path() / "Observation.ndjson", std::ios::binary);
    for (int i = 0; i < 4000; ++i) {
        out << R"({"resourceType":"Observation","id":"o)" << i
            << R"(","status":"final","subject":{"reference":"Patient/p)" << i % 1000
            << R"("},"code":{"text":"x"},"note":[{"text":")" << note << "\"}]}\n";
    }
    out.close();
    const Finished finished = cohort({folder.path().string(), "--output", (folder.path() / "results").string(),
                                      "--threads", "2", "--temporary", folder.path().string()});
    BOOST_TEST(finished.exit_code == 1);  // none of the 1,000 has a Patient
    BOOST_TEST(says(finished.err, "1000 patients, 1000 of them"), finished.err.substr(0, 2000));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // their own memory is several times as much
    rusage used{};
    BOOST_TEST_REQUIRE(getrusage(RUSAGE_CHILDREN, &used) == 0);
    BOOST_TEST(used.ru_maxrss < 112 * 1024);
#endif
    BOOST_TEST(fs::file_size(folder.path() / "Observation.ndjson") > 160'000'000U);
}

BOOST_AUTO_TEST_SUITE_END()
