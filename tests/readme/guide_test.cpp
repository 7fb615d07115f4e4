// The integration guide in hooks/README.md is true: its commands run, its templates, scopes, flags and registry are
// those of the program.
#include <boost/test/unit_test.hpp>

#include <regex>
#include <set>

#include "auth/client_registry.hpp"
#include "auth/refusal.hpp"
#include "readme/reader.hpp"
#include "readme/readme.hpp"
#include "support/child_process.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::readme;
using testing::Finished;

namespace {

std::string guide() {
    const std::string text = testing::read_text(testing::source_folder() / "hooks" / "README.md");
    const auto begin = text.find("\n## Connecting an EHR\n"), end = text.find("\n## The knowledge\n");
    BOOST_TEST_REQUIRE(begin < end);
    BOOST_TEST_REQUIRE(end != std::string::npos);
    return text.substr(begin, end - begin);
}

json::Document parsed(const std::string& text) {
    auto document = json::Document::parse(std::string(text));
    BOOST_TEST_REQUIRE(document.ok(), "this is no JSON: " << text);
    return std::move(document).value();
}

// "Condition" of "Condition?patient={{context.patientId}}" and of "Condition/{{…}}".
std::string type_of(const std::string& prefetch_template) {
    return prefetch_template.substr(0, prefetch_template.find_first_of("?/"));
}

std::set<std::string> found_in(const std::string& text, const char* pattern) {
    const std::regex expression(pattern);
    std::set<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) found.insert((*at)[1]);
    return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_integration_guide)

BOOST_AUTO_TEST_CASE(its_commands_run_and_a_signed_call_is_answered) {
    Reader reader;
    std::string of_curl, of_walk, of_doctor, of_machine;
    const auto typed = commands(guide());
    BOOST_TEST(typed.size() >= 7U);
    for (const std::string& command : typed) {
        const Finished finished = reader.type(command);
        BOOST_TEST(finished.exit_code == 0, command << "\n" << finished.out << finished.err);
        if (begins(command, "curl")) of_curl = finished.out;
        if (says(command, "walk-through")) of_walk = finished.out;
        if (says(command, "doctor --today")) of_doctor = finished.out;
        if (says(command, "--json")) of_machine = finished.out;
    }
    BOOST_TEST(reader.leave() == 0);
    const json::Document answer = parsed(of_curl);
    const json::Value card = answer.root()["cards"].at(0);
    BOOST_TEST(card["indicator"].text() == "critical");
    BOOST_TEST(card["source"]["topic"]["code"].text() == "antiEgfrRasMutant");
    for (const char* text :
         {"no valid token: 401", "another audience: 401", "its own audience: 200", "a token that was used: 401",
          "Epic's claims: 200", "stored: 200", "service rectal-cancer-order-sign"}) {
        BOOST_TEST(says(of_walk, text), text << "\n" << of_walk);
    }
    BOOST_TEST(says(of_doctor, "hook patient-view"));
    BOOST_TEST(parsed(of_machine).root()["status"].integer().value_or(0) == 200);
}

BOOST_AUTO_TEST_CASE(its_client_registry_is_the_example_and_is_valid) {
    std::string shown;
    for (const Block& block : blocks(guide())) {
        if (block.language == "json") shown = block.text;
    }
    const auto file = testing::source_folder() / "tests" / "examples" / "clients" / "hospital.json";
    BOOST_TEST(shown == testing::read_text(file));
    const auth::RegistryReading reading = auth::read_client_registry(shown);
    for (const base::Error& error : reading.errors) BOOST_ERROR(error.where << ": " << error.what);
    BOOST_TEST_REQUIRE(reading.registry);
    BOOST_TEST(reading.registry->clients().size() == 2U);
    for (const auto& client : reading.registry->clients()) {
        for (const std::string& id : client->switched_off) {
            const auto& all = testing::real_knowledge().recommendations;
            BOOST_TEST(std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.id == id; }), id);
        }
    }
}

BOOST_AUTO_TEST_CASE(its_templates_are_those_of_discovery) {
    std::set<std::string> expected;
    for (const fhir::Service& service : testing::real_knowledge().services) {
        for (const auto& [key, text] : service.prefetch) {
            const auto has = [&, wanted = key](domain::Hook hook) {
                for (const fhir::Service& other : testing::real_knowledge().services) {
                    for (const auto& [other_key, other_text] : other.prefetch) {
                        if (other.hook == hook && other_key == wanted) return other_text == text ? "yes" : "differs";
                    }
                }
                return "";
            };
            BOOST_TEST(std::string(has(domain::Hook::order_select)) == has(domain::Hook::order_sign));
            expected.insert("| `" + key + "` | `" + text + "` | " + has(domain::Hook::patient_view) + " | " +
                            has(domain::Hook::order_sign) + " |");
        }
    }
    const std::set<std::string> shown = found_in(guide(), "(\\| `[A-Za-z]+` \\| `[A-Z][A-Za-z]+[?/][^\n]*\\|)\n");
    BOOST_TEST(shown == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(its_scopes_are_the_types_that_are_read) {
    std::set<std::string> expected{"Medication"};
    for (const fhir::Service& service : testing::real_knowledge().services) {
        for (const auto& [key, text] : service.prefetch) expected.insert(type_of(text));
    }
    BOOST_TEST(found_in(guide(), "patient/([A-Z][A-Za-z]+)\\.read") == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_flags_it_names_exist) {
    std::string help;
    for (const char* command : {"serve", "token", "doctor", "feedback export"})
        help += testing::run({"bash", "-c", testing::program().string() + " " + command + " --help"}).out;
    const std::set<std::string> flags = found_in(guide(), "(--[a-z][a-z-]+)");
    BOOST_TEST(flags.size() >= 12U);
    const std::set<std::string> of_curl{"--data"};
    for (const std::string& flag : flags) {
        if (of_curl.count(flag) == 0) BOOST_TEST(!found_in(help, ("(" + flag + ")[ ,\n]").c_str()).empty(), flag);
    }
}

BOOST_AUTO_TEST_CASE(the_files_addresses_and_reasons_it_names_exist) {
    const auto paths = paths_below(guide(), testing::source_folder());
    BOOST_TEST(paths.size() >= 5U);
    for (const std::string& path : paths) BOOST_TEST(exists(testing::source_folder(), path), path << " does not exist");
    for (const fhir::Service& service : testing::real_knowledge().services) {
        const std::string tail = service.id.substr(std::string("rectal-cancer").size());
        BOOST_TEST((says(guide(), service.id) || says(guide(), "…" + tail)), service.id);
    }
    for (const auth::Refusal reason :
         {auth::Refusal::audience_differs, auth::Refusal::key_unknown, auth::Refusal::expired})
        BOOST_TEST(says(guide(), name(reason)), name(reason));
}

BOOST_AUTO_TEST_SUITE_END()
