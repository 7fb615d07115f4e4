// Where flags of `serve` may stand (reliability.md 5, Config; T93): command line, environment, file, in this order.
// What names no flag or does not fit is refused with exit code 2 and its place; no secret is shown.
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <string>
#include <vector>

#include "support/child_process.hpp"
#include "support/http_client.hpp"
#include "support/real_knowledge.hpp"
#include "support/running_service.hpp"

using namespace rectal_cds::testing;

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

struct ConfigurationFile {
    TemporaryFolder folder;
    const std::string path = (folder.path() / "rectal-cds.toml").string();

    explicit ConfigurationFile(const std::string& text) { std::ofstream(path) << text; }
};

Finished serve_with(const std::vector<std::string>& variables, const std::vector<std::string>& flags) {
    std::vector<std::string> command{"env"};
    command.insert(command.end(), variables.begin(), variables.end());
    command.insert(command.end(), {program().string(), "serve"});
    command.insert(command.end(), flags.begin(), flags.end());
    return run(command);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(configuration)

BOOST_AUTO_TEST_CASE(flags_come_before_the_environment_and_that_before_the_file) {
    const ConfigurationFile file(
        "# of all nodes\nlisten = \"127.0.0.1:1\"  # \"behind\" a value\nthreads = 1\t# one\ndeadline-ms = "
        "400\nremember = true\n"
        "location = \"Oncology, main #site\"\nfhir-address-range = [\"10.0.0.0/8\", \"192.168.0.0/16\"]\n");
    const Finished shown = serve_with({"RECTAL_CDS_LISTEN=127.0.0.1:2", "RECTAL_CDS_THREADS=2"},
                                      {"--config", file.path, "--listen", "127.0.0.1:3", "--print-config"});
    BOOST_TEST(shown.exit_code == 0);
    BOOST_TEST(says(shown.out, "# From the command line\nlisten = \"127.0.0.1:3\"\n"), shown.out);
    BOOST_TEST(says(shown.out, "# From the environment\nthreads = 2\n"), shown.out);
    BOOST_TEST(says(shown.out, "# From " + file.path + "\n"), shown.out);
    for (const char* line :
         {"\ndeadline-ms = 400\n", "\nremember = true\n", "\nlocation = \"Oncology, main #site\"\n",
          "\nfhir-address-range = [\"10.0.0.0/8\", \"192.168.0.0/16\"]\n", "\nfetch-deadline-ms = 1500\n"})
        BOOST_TEST(says(shown.out, line), shown.out);
}

BOOST_AUTO_TEST_CASE(a_variable_names_the_file_and_flags_turned_off_by_the_environment_stay_off) {
    const ConfigurationFile file("remember = true\nsandbox = true\n");
    const Finished shown =
        serve_with({"RECTAL_CDS_CONFIG=" + file.path, "RECTAL_CDS_REMEMBER=false"}, {"--print-config"});
    BOOST_TEST(says(shown.out, "remember = false"), shown.out);
    BOOST_TEST(says(shown.out, "sandbox = true"), shown.out);
    BOOST_TEST(says(serve_with({}, {"--print-config"}).out, "sandbox = false"));
}

BOOST_AUTO_TEST_CASE(what_is_printed_is_a_configuration_file_of_the_same_meaning) {
    const Finished first = serve_with({"RECTAL_CDS_FHIR_ADDRESS_RANGE=10.0.0.0/8,fd00::/8"},
                                      {"--location", "A \"B\", C", "--sandbox", "--print-config"});
    const ConfigurationFile file(first.out);
    const Finished second = serve_with({}, {"--config", file.path, "--print-config"});
    BOOST_TEST(second.exit_code == 0, second.err);
    for (const char* line : {"\nfhir-address-range = [\"10.0.0.0/8\", \"fd00::/8\"]\n", "\nlocation = 'A \"B\", C'\n",
                             "\nsandbox = true\n", "\nlog-level = \"info\"\n"}) {
        BOOST_TEST(says(first.out, line), first.out);
        BOOST_TEST(says(second.out, line), second.out);
    }
}

BOOST_AUTO_TEST_CASE(what_is_wrong_in_a_file_is_refused_with_its_line) {
    const std::vector<std::pair<std::string, std::string>> faults{
        {"threads = 1\nlistne = \"x\"\n", ", line 2: \"listne\": no such key"},
        {"[serve]\nlisten = \"127.0.0.1:1\"\n", ", line 1: \"serve\": sections are not known"},
        {"threads = 1\nsandbox = true\nthreads = 2\n", ", line 3: \"threads\": this key stands here twice"},
        {"threads = 1\nthreads = 2\n", ", line 2: \"threads\": this key stands here twice"},
        {"\nthreads = 1000000\n", ", line 2: --threads: "},
        {"remember = \"maybe\"\n", ", line 1: Could not convert: --remember"},
        {"today = \"yesterday\"\n", ", line 1: --today: "},
        {"store\n", ", line 1: \"store\": a value is expected"},
        {"clients = \"\"\n", ", line 1: \"clients\": a value is expected"},
        {"tls-key = \"k.pem\"\n", ", line 1: --tls-key requires --tls-certificate"},
        {"store  # = behind a comment\n", ", line 1: \"store\": a value is expected"},
        {"check-config = true\n", ", line 1: \"check-config\": no such key"},
        {"config = \"other.toml\"\n", ", line 1: \"config\": no such key"},
        {"print-config = true\n", ", line 1: \"print-config\": no such key"},
    };
    for (const auto& [text, told] : faults) {
        BOOST_TEST_CONTEXT(text) {
            const ConfigurationFile file(text);
            const Finished finished = serve_with({}, {"--config", file.path, "--print-config"});
            BOOST_TEST(finished.exit_code == 2);
            BOOST_TEST(says(finished.err, file.path + told), finished.err);
            BOOST_TEST(finished.out.empty(), finished.out);
        }
    }
    const Finished missing = serve_with({}, {"--config", "/nonexistent/rectal-cds.toml"});
    BOOST_TEST(missing.exit_code == 2);
    BOOST_TEST(says(missing.err, "/nonexistent/rectal-cds.toml"), missing.err);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_in_the_environment_is_refused_with_its_name) {
    const auto refused = [](const std::string& variable, const std::string& told) {
        const Finished finished = serve_with({variable}, {"--print-config"});
        BOOST_TEST(finished.exit_code == 2);
        BOOST_TEST(says(finished.err, told), finished.err);
    };
    refused("RECTAL_CDS_LISTNE=127.0.0.1:1", "The environment's RECTAL_CDS_LISTNE names no flag");
    refused("RECTAL_CDS_CLIENTS=", "The environment's RECTAL_CDS_CLIENTS is empty");
    refused("RECTAL_CDS_THREADS=many", "The environment's RECTAL_CDS_THREADS: --threads: ");
    refused("RECTAL_CDS_CONFIG=/nonexistent/rectal-cds.toml", "/nonexistent/rectal-cds.toml");
    for (const char* foreign : {"RECTAL_CDS_SERVICE_HOST=10.0.0.1", "RECTAL_CDS_PORT=tcp://10.0.0.1:443",
                                "RECTAL_CDS_PORT_443_TCP_ADDR=10.0.0.1", "RECTAL_CDS_FHIR_TOKEN=of-cohort",
                                "RECTAL_CDS_ADMIN_SERVICE_PORT_HTTPS=443"})
        BOOST_TEST(serve_with({foreign}, {"--print-config"}).exit_code == 0, foreign);
}

BOOST_AUTO_TEST_CASE(an_empty_flag_is_not_taken_for_one_left_out) {
    const Finished finished = serve_with({}, {"--clients", "", "--print-config"});
    BOOST_TEST(finished.exit_code == 2);
    BOOST_TEST(says(finished.err, "--clients"), finished.err);
}

BOOST_AUTO_TEST_CASE(variables_of_serve_do_not_reach_other_commands) {
    const Finished version =
        run({"env", "RECTAL_CDS_THREADS=many", "RECTAL_CDS_LISTNE=x", program().string(), "--version"});
    BOOST_TEST(version.exit_code == 0);
}

BOOST_AUTO_TEST_CASE(no_password_is_shown) {
    for (const char* place :
         {"postgresql://cds:CANARY@db.example.org/cds", "postgresql://cds@db.example.org/cds?password=CANARY",
          "postgresql://c:CA@NARY@db/cds?sslpassword=CANARY"}) {
        const Finished shown = serve_with({std::string("RECTAL_CDS_STORE=") + place}, {"--print-config"});
        BOOST_TEST(shown.exit_code == 0);
        BOOST_TEST(says(shown.out, "store = \"postgresql://c"), shown.out);
        BOOST_TEST(says(shown.out, "***"), shown.out);
        BOOST_TEST((!says(shown.out, "CANARY") && !says(shown.out, "NARY")), shown.out);
        const Finished started =
            serve_with({std::string("RECTAL_CDS_STORE=") + place, "RECTAL_CDS_LISTEN=127.0.0.1:0"},
                       {"--knowledge", source_folder().string(), "--pseudonym-key", "/dev/null/key"});
        BOOST_TEST(started.exit_code == 2);
        BOOST_TEST((!says(started.out + started.err, "CANARY") && !says(started.out + started.err, "NARY")),
                   started.err);
    }
}

BOOST_AUTO_TEST_CASE(the_service_runs_from_a_file_alone) {
    const ConfigurationFile file("listen = \"127.0.0.1:0\"\nknowledge = \"" + source_folder().string() +
                                 "\"\ntoday = \"2026-03-02\"\nshared-service-id = \"rectal\"\n");
    RunningService service({"--config", file.path});
    BOOST_TEST(says(service.out(), "TEST CLOCK: today is 2026-03-02"));
    BOOST_TEST(
        says(HttpConnection(service.port()).send(request_bytes("GET", "/cds-services")).receive().body, "\"rectal\""));
    BOOST_TEST(service.stop() == 0);
}

BOOST_AUTO_TEST_CASE(help_names_the_variable_of_every_flag) {
    const std::string help = serve_with({}, {"--help"}).out;
    for (const char* part : {"RECTAL_CDS_LISTEN", "RECTAL_CDS_STORE", "RECTAL_CDS_REQUIRE_APPROVED",
                             "RECTAL_CDS_FETCH_DEADLINE_MS", "--config", "RECTAL_CDS_CONFIG", "--print-config"})
        BOOST_TEST(says(help, part), part);
}

BOOST_AUTO_TEST_SUITE_END()
