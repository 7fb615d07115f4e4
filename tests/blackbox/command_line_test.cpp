// The command line: what cannot be done is refused in words that name the fault, with exit code 2; help is there.
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "support/child_process.hpp"
#include "support/real_knowledge.hpp"
#include "support/running_service.hpp"

using namespace rectal_cds::testing;

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Finished rectal_cds_with(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), program().string());
    return run(arguments);
}

struct Refusal {
    std::vector<std::string> arguments;
    const char* named;  // what standard error must name
};

std::vector<Refusal> refusals() {
    const std::string knowledge = source_folder().string();
    return {
        {{}, "subcommand"},
        {{"nonsense"}, "subcommand"},
        {{"serve", "--nonsense"}, "--nonsense"},
        {{"serve", "--port", "8080"}, "--port"},
        {{"serve", "--listen"}, "--listen"},
        {{"serve", "--listen", "127.0.0.1"}, "--listen"},
        {{"serve", "--listen", "127.0.0.1:70000"}, "--listen"},
        {{"serve", "--listen", "127.0.0.1:http"}, "--listen"},
        {{"serve", "--listen", "example.org:8080"}, "--listen"},
        {{"serve", "--listen", "::1:8080"}, "--listen"},
        {{"serve", "--listen", "0.0.0.0:0", "--knowledge", knowledge}, "--sandbox"},
        {{"serve", "--listen", ":0", "--knowledge", knowledge}, "--sandbox"},
        {{"serve", "--listen", "[::]:0", "--knowledge", knowledge}, "--sandbox"},
        {{"serve", "--today", "2026-02-30"}, "--today"},
        {{"serve", "--today", "02/03/2026"}, "--today"},
        {{"serve", "--today", "2026-03-02x"}, "--today"},
        {{"serve", "--today", ""}, "--today"},
        {{"serve", "--now", "noon"}, "--now"},
        {{"serve", "--listen", "127.0.0.1:0", "--threads", "many"}, "--threads"},
        {{"serve", "--listen", "127.0.0.1:0", "--threads", "-1"}, "--threads"},
        {{"serve", "--listen", "127.0.0.1:0", "--threads", "1000000"}, "--threads"},
        {{"serve", "--listen", "127.0.0.1:0", "--max-body", "4M"}, "--max-body"},
        {{"serve", "--listen", "127.0.0.1:0", "--max-body", "6000000"}, "--max-body"},
        {{"serve", "--listen", "127.0.0.1:0", "--max-body", "0"}, "--max-body"},
        {{"serve", "--listen", "127.0.0.1:0", "--max-connections", "0"}, "--max-connections"},
        {{"serve", "--listen", "127.0.0.1:0", "--log-level", "loud"}, "--log-level"},
        {{"serve", "--knowledge", "/nonexistent"}, "/nonexistent"},
        {{"serve", "--knowledge", "/tmp"}, "hooks/"},
        {{"evaluate"}, "files"},
        {{"evaluate", "--today", "yesterday", "-"}, "--today"},
        {{"evaluate", "--knowledge", "/nonexistent", "-"}, "/nonexistent"},
        {{"check", "/nonexistent", "more"}, "more"},
    };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(command_line)

BOOST_AUTO_TEST_CASE(what_cannot_be_done_is_refused_with_exit_code_2_and_named) {
    for (const Refusal& refusal : refusals()) {
        std::string line;
        for (const std::string& argument : refusal.arguments) line += argument + ' ';
        BOOST_TEST_CONTEXT(line) {
            const Finished finished = rectal_cds_with(refusal.arguments);
            BOOST_TEST(finished.exit_code == 2);
            BOOST_TEST(says(finished.err, refusal.named), finished.err);
            BOOST_TEST(finished.out.empty(), finished.out);
        }
    }
}

BOOST_AUTO_TEST_CASE(help_names_the_commands_and_their_flags) {
    const Finished top = rectal_cds_with({"--help"});
    BOOST_TEST(top.exit_code == 0);
    for (const char* part : {"serve", "evaluate", "check", "Not a medical device", "--version"})
        BOOST_TEST(says(top.out, part), part);
    const Finished serve = rectal_cds_with({"serve", "--help"});
    BOOST_TEST(serve.exit_code == 0);
    for (const char* part :
         {"--listen", "--knowledge", "--fhir-server", "--today", "--now", "--sandbox", "127.0.0.1:8080"})
        BOOST_TEST(says(serve.out, part), part);
    const Finished evaluate = rectal_cds_with({"evaluate", "--help"});
    BOOST_TEST(evaluate.exit_code == 0);
    for (const char* part : {"--explain", "--today", "FILE"}) BOOST_TEST(says(evaluate.out, part), part);
    BOOST_TEST(rectal_cds_with({"check", "--help"}).exit_code == 0);
}

BOOST_AUTO_TEST_CASE(help_of_token_says_what_goes_with_a_key) {
    const std::string help = rectal_cds_with({"token", "--help"}).out;
    BOOST_TEST(says(help, "Needs --iss and --aud"));
    BOOST_TEST(says(help, "needs --out"));
}

BOOST_AUTO_TEST_CASE(a_port_in_use_is_told_of_the_flag_that_names_it) {
    RunningService first({"--listen", "127.0.0.1:0", "--knowledge", source_folder().string(), "--public-url", "https://cds.example.org/"});
    const std::string where = "127.0.0.1:" + std::to_string(first.port());
    TemporaryFolder folder;
    const Finished second = rectal_cds_with({"serve", "--listen", where, "--knowledge", source_folder().string(), "--store", (folder.path() / "s.sqlite").string()});
    BOOST_TEST(second.exit_code == 2);
    BOOST_TEST(says(second.err, "--listen: Cannot listen on " + where), second.err);
    // And how the first says where its clients find it.
    BOOST_TEST(says(first.out(), "Public URL: https://cds.example.org,"), first.out());
    BOOST_TEST(says(first.out(), "POST https://cds.example.org/cds-services/rectal-cancer-order-sign\n"));
}

BOOST_AUTO_TEST_CASE(content_past_its_days_is_told_at_the_start) {
    const auto says_on = [](const char* day) {
        RunningService service({"--listen", "127.0.0.1:0", "--knowledge", source_folder().string(), "--today", day});
        return service.out();
    };
    BOOST_TEST(!says(says_on("2026-08-23"), "WARNING"));
    BOOST_TEST(says(says_on("2026-08-24"), "WARNING: content on 2026-08-24: 70 of 70 recommendations past the review date"));
    BOOST_TEST(says(says_on("2027-02-24"), "WARNING: content on 2027-02-24: 70 of 70 recommendations EXPIRED and not judged"));
    const Finished due = rectal_cds_with({"check", "--today", "2026-08-24", source_folder().string()}), expired = rectal_cds_with({"check", "--today", "2027-02-24", source_folder().string()});
    BOOST_TEST((due.exit_code == 0 && says(due.out, "the review was due")));
    BOOST_TEST((expired.exit_code == 0 && says(expired.out, "EXPIRED")));
}

BOOST_AUTO_TEST_CASE(version_is_one_line) {
    const Finished finished = rectal_cds_with({"--version"});
    BOOST_TEST(finished.exit_code == 0);
    BOOST_TEST(finished.out.size() > 1U);
    BOOST_TEST(finished.out.find('\n') == finished.out.size() - 1);
}

BOOST_AUTO_TEST_SUITE_END()
