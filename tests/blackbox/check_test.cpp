// `check` on damaged knowledge: every fault at once, each with file and JSON path; and `serve` does not start on it.
#include <boost/test/unit_test.hpp>

#include <sstream>

#include "support/child_process.hpp"
#include "support/example_requests.hpp"
#include "support/knowledge_copy.hpp"
#include "support/real_knowledge.hpp"
#include "support/running_service.hpp"

using namespace rectal_cds::testing;
namespace fs = std::filesystem;

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Finished check(const fs::path& folder) { return run({program().string(), "check", folder.string()}); }

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> result;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) result.push_back(line);
    return result;
}

constexpr const char* misspelt = "hooks/guideline/plans/anti-egfr-ras-mutant.json";
constexpr const char* long_summary = "hooks/guideline/plans/mdt-discussion.json";
constexpr const char* uncited = "hooks/guideline/plans/low-blood-counts.json";

void damage_three_plans(KnowledgeCopy& copy) {
    copy.replace(misspelt, "\"RAS mutant\"", "\"RAS mutantt\"");
    copy.write(long_summary,
               with(read_text(copy.path() / long_summary), "/action/0/title", '"' + std::string(150, 'x') + '"'));
    copy.write(uncited, without(read_text(copy.path() / uncited), "/relatedArtifact"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(check_command)

BOOST_AUTO_TEST_CASE(finds_no_fault_in_the_knowledge_of_the_checkout) {
    const Finished finished = check(source_folder());
    BOOST_TEST(finished.exit_code == 0, finished.out);
    BOOST_TEST(says(finished.out, "70 recommendations"));
    BOOST_TEST(says(finished.out, "3 services"));
    BOOST_TEST(says(finished.out, "no errors"));
}

BOOST_AUTO_TEST_CASE(prints_three_faults_in_three_files_each_with_its_path) {
    KnowledgeCopy copy;
    damage_three_plans(copy);
    const Finished finished = check(copy.path());
    BOOST_TEST(finished.exit_code == 1);
    BOOST_TEST_REQUIRE(lines(finished.out).size() == 4U, finished.out);
    BOOST_TEST(says(finished.out, std::string(misspelt) + ": action[0].condition[5].expression.expression: "));
    BOOST_TEST(says(finished.out, std::string(long_summary) + ": action[0].title: "));
    BOOST_TEST(says(finished.out, std::string(uncited) + ": relatedArtifact: "));
    BOOST_TEST(lines(finished.out).back() == "3 errors");
}

BOOST_AUTO_TEST_CASE(serve_and_evaluate_do_not_start_on_damaged_knowledge_and_say_why) {
    KnowledgeCopy copy;
    damage_three_plans(copy);
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"serve", "--listen", "127.0.0.1:0"}, {"evaluate", "-"}}) {
        std::vector<std::string> whole{program().string()};
        whole.insert(whole.end(), command.begin(), command.end());
        whole.insert(whole.end(), {"--knowledge", copy.path().string()});
        const Finished finished = run(whole, order_sign());
        BOOST_TEST(finished.exit_code == 2);
        BOOST_TEST(finished.out.empty(), finished.out);
        for (const char* file : {misspelt, long_summary, uncited}) BOOST_TEST(says(finished.err, file), finished.err);
    }
}

BOOST_AUTO_TEST_CASE(a_misspelt_word_is_answered_with_the_nearest_one) {
    KnowledgeCopy copy;
    copy.replace(misspelt, "\"RAS mutant\"", "\"RAS mutantt\"");
    BOOST_TEST(says(check(copy.path()).out, "'RAS mutant'"));
}

BOOST_AUTO_TEST_CASE(broken_json_and_missing_files_are_faults_of_their_file) {
    KnowledgeCopy copy;
    copy.write(long_summary, "{");
    fs::remove(copy.path() / "hooks/guideline/orders/pembrolizumab-200-q21d.json");
    const Finished finished = check(copy.path());
    BOOST_TEST(finished.exit_code == 1);
    BOOST_TEST(says(finished.out, std::string(long_summary) + ": "));
    BOOST_TEST(says(finished.out, "pembrolizumab-200-q21d"));
}

BOOST_AUTO_TEST_CASE(a_folder_without_knowledge_is_said_to_be_none) {
    const Finished finished = check("/nonexistent");
    BOOST_TEST(finished.exit_code == 1);
    BOOST_TEST(says(finished.out, "/nonexistent: "));
}

BOOST_AUTO_TEST_SUITE_END()
