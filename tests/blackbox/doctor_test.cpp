// rectal-cds doctor: captured requests explained in words, without the patient in them.
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "support/child_process.hpp"
#include "support/example_requests.hpp"
#include "support/real_knowledge.hpp"
#include "support/running_service.hpp"
#include "json/document.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

Finished doctor(std::vector<std::string> arguments, const std::string& standard_input = "") {
    arguments.insert(arguments.begin(), {program().string(), "doctor", "--today", "2026-03-02"});
    return run(arguments, standard_input);
}

bool says(const Finished& finished, std::string_view text) { return finished.out.find(text) != std::string::npos; }

// Members whose strings are about this patient, or may be.
bool is_personal(std::string_view member) {
    static const std::set<std::string_view> members{
        "display", "text",  "div",       "family",      "given",      "line", "valueString", "comment",     "patientId",
        "userId",  "value", "birthDate", "encounterId", "conclusion", "note", "city",        "access_token"};
    return members.count(member) != 0;
}

// The personal strings of a request, as long as they could not stand in the output by chance.
void collect(json::Value value, std::string_view member, bool within_person, std::set<std::string>& into) {
    for (const json::Member child : value.members()) {
        const bool person = within_person || child.name == "name" || child.name == "identifier" ||
                            child.name == "telecom" || child.name == "address";
        collect(child.value, child.name, person, into);
    }
    for (const json::Value child : value.elements()) collect(child, member, within_person, into);
    const bool is_system = member == "system" || member == "use" || member == "type" || member == "code";
    if (!value.is_string() || is_system || !(within_person || is_personal(member))) return;
    if (value.text().size() >= 5) into.insert(std::string(value.text()));
}

std::vector<std::string> scenario_files() {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(source_folder() / "tests/scenarios/files"))
        files.push_back(entry.path().string());
    for (const auto& entry : std::filesystem::directory_iterator(source_folder() / "tests/examples")) {
        if (entry.path().extension() == ".json") files.push_back(entry.path().string());
    }
    return files;
}

// All strings of the request, wherever they are that is free text, replaced by a canary.
std::string with_canaries(const std::string& request) {
    const auto document = json::Document::parse(request);
    std::string text = request;
    std::set<std::string> personal;
    collect(document.value().root(), "", false, personal);
    for (const std::string& word : personal) {
        for (auto place = text.find('"' + word + '"'); place != std::string::npos;
             place = text.find('"' + word + '"', place + 1)) {
            text.replace(place + 1, word.size(), "CANARY");
        }
    }
    return text;
}

const char* const token_members =
    R"({"access_token":"CANARY-TOKEN","token_type":"Bearer","expires_in":300,"scope":"patient/Observation.read patient/Condition.rs user/Patient.*","subject":"cds"})";

std::string with_fhir_access(const std::string& request) {
    return with(with(request, "/fhirServer", R"("https://ehr.example.test/r4/")"), "/fhirAuthorization", token_members);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_doctor)

BOOST_AUTO_TEST_CASE(gives_the_reason_that_evaluate_gives_for_what_is_no_request) {
    for (const char* body : {"[]", R"({"hook": "encounter-start"})"}) {
        const Finished finished = doctor({"-"}, body);
        BOOST_TEST(finished.exit_code == 1);
        const Finished judged = run({program().string(), "evaluate", "--format", "text", "-"}, body);
        const std::string reason = judged.out.substr(std::string_view("REFUSED with 400: ").size());
        BOOST_TEST(says(finished, reason), finished.out << " without " << reason);
    }
}

BOOST_AUTO_TEST_CASE(reads_a_capture_behind_its_http_head_and_a_byte_order_mark) {
    const std::string mark = "\xEF\xBB\xBF", head = "POST /cds-services/rectal-cancer-order-sign HTTP/1.1\r\nAuthorization: Bearer canary-4711\r\n\r\n";
    const Finished plain = doctor({"-"}, order_sign());
    for (const std::string& front : {mark, head, mark + head, head + mark}) {
        const Finished captured = doctor({"-"}, front + order_sign());
        BOOST_TEST(captured.exit_code == 0);
        BOOST_TEST(captured.out == plain.out);
        BOOST_TEST(captured.err.find("passed over") != std::string::npos);
        BOOST_TEST((captured.out + captured.err).find("canary") == std::string::npos);
    }
    BOOST_TEST(plain.err.empty());
    BOOST_TEST(doctor({"-"}, "GET / HTTP/1.1\r\n\r\n" + order_sign()).exit_code == 1);
}

BOOST_AUTO_TEST_CASE(explains_an_example_in_words) {
    const Finished explained = doctor({"-"}, order_sign());
    BOOST_TEST(explained.exit_code == 0);
    BOOST_TEST(explained.err == "");
    for (const char* text : {"-, request 1\n", "hook order-sign, service rectal-cancer-order-sign, by a Practitioner",
                             "FHIR access: none", "observations              supplied: ",
                             "critical: EGFR antibody ordered in RAS-mutant disease (anti-egfr-ras-mutant)"}) {
        BOOST_TEST(says(explained, text), text);
    }
}

BOOST_AUTO_TEST_CASE(explains_it_for_machines_one_object_a_line) {
    const Finished explained = doctor({"--json", "-"}, patient_view());
    BOOST_TEST(explained.exit_code == 0);
    BOOST_TEST(explained.out.find('\n') == explained.out.size() - 1);
    const auto document = json::Document::parse(explained.out);
    BOOST_TEST_REQUIRE(document.ok());
    const json::Value root = document.value().root();
    BOOST_TEST(root["status"].integer().value_or(0) == 200);
    BOOST_TEST(root["hook"].text() == "patient-view");
    BOOST_TEST(root["inputs"].at(0)["key"].text() == "patient");
    BOOST_TEST(root["inputs"].at(0)["state"].text() == "supplied");
    BOOST_TEST(root["cards"].size() == 2U);
    BOOST_TEST(!root["fhirAccess"]["present"].boolean().value_or(true));
}

BOOST_AUTO_TEST_CASE(shows_nothing_of_the_patient_in_any_scenario) {
    const std::vector<std::string> files = scenario_files();
    BOOST_TEST_REQUIRE(files.size() > 200U);
    for (const bool machine : {false, true}) {
        std::vector<std::string> arguments = files;
        if (machine) arguments.insert(arguments.begin(), "--json");
        const Finished explained = doctor(arguments);
        BOOST_TEST(explained.exit_code == 0, explained.err);
        std::set<std::string> personal;
        for (const std::string& file : files) {
            const auto document = json::Document::parse(read_text(file));
            const json::Value root = document.value().root();
            const json::Value patient = (root["hook"].exists() ? root : root["request"])["prefetch"]["patient"];
            for (const char* member : {"name", "identifier", "telecom", "address", "birthDate", "id"})
                collect(patient[member], "given", true, personal);
        }
        BOOST_TEST(personal.size() > 100U);
        for (const std::string& text : personal) BOOST_TEST(!says(explained, text), text);
    }
}

BOOST_AUTO_TEST_CASE(shows_no_text_no_display_no_id_and_no_token) {
    for (const std::string& request : {order_sign(), patient_view(), order_select()}) {
        const std::string marked = with_canaries(with_fhir_access(request));
        BOOST_TEST(marked.find("CANARY") != std::string::npos);
        for (const char* form : {"--json", "--audience=clinician"}) {
            const Finished explained = doctor({form, "-"}, marked);
            BOOST_TEST(!explained.out.empty());
            BOOST_TEST(explained.out.find("CANARY") == std::string::npos, explained.out);
            for (const std::string& text : patient_strings()) BOOST_TEST(!says(explained, text), text);
        }
    }
}

BOOST_AUTO_TEST_CASE(says_what_fhir_access_there_is_and_whether_it_may_be_used) {
    const std::string request = with_fhir_access(order_sign());
    const Finished unknown = doctor({"-"}, request);
    BOOST_TEST(says(unknown, "FHIR access: https://ehr.example.test/r4, with a token for 300 s"));
    BOOST_TEST(says(unknown, "cannot be said without --clients or --fhir-server"));
    BOOST_TEST(says(unknown, "no scope lets these be read: Procedure, MedicationRequest, MedicationAdministration, "
                             "ServiceRequest, AllergyIntolerance\n"));
    BOOST_TEST(says(doctor({"--fhir-server", "https://ehr.example.test/r4", "-"}, request), "    allowed\n"));
    BOOST_TEST(says(doctor({"--fhir-server", "https://ehr.example.test/r5", "-"}, request), "NOT ALLOWED"));
    BOOST_TEST(says(doctor({"-"}, with(request, "/fhirServer", R"("https://a@ehr.example.test/r4")")),
                    "fhirServer is no usable address"));

    const TemporaryFolder folder;
    const std::string clients = folder.path() / "clients.json";
    std::ofstream(clients)
        << R"({"clients":[{"name":"north","iss":"https://n","jku":"https://n.test/k","fhirServers":["https://ehr.example.test/r4"]},
                                           {"name":"south","iss":"https://s","jku":"https://s.test/k"}]})";
    BOOST_TEST(says(doctor({"--clients", clients, "-"}, request), "    allowed for north\n"));
    const std::string elsewhere = with(request, "/fhirServer", R"("https://ehr.elsewhere.test/r4")");
    BOOST_TEST(says(doctor({"--clients", clients, "-"}, elsewhere), "NOT ALLOWED"));
}

BOOST_AUTO_TEST_CASE(says_what_is_wrong_with_a_request_and_ends_with_1) {
    struct Sample {
        std::string body;
        std::string says;
    };
    const std::vector<Sample> samples{
        {"", "REFUSED with 400"},
        {"not json", "REFUSED with 400"},
        {"[]", "REFUSED with 400"},
        {R"({"hook":"order-sign"})", "hookInstance: "},
        {with(order_sign(), "/context/patientId", R"("other")"),
         "REFUSED with 400 for this, the first fault: prefetch.patient: "},
        {with(order_sign(), "/hook", R"("order-dispatch")"), "no service of this program is for its hook"},
        {without(order_sign(), "/prefetch"), "REFUSED with 412"},
        {without(order_sign(), "/prefetch"), "conditions                absent: not known"},
    };
    for (const Sample& sample : samples) {
        const Finished explained = doctor({"-"}, sample.body);
        BOOST_TEST(explained.exit_code == 1, sample.says);
        BOOST_TEST(says(explained, sample.says), explained.out);
    }
}

BOOST_AUTO_TEST_CASE(tells_what_a_feedback_body_holds_without_its_comments) {
    const std::string accepted =
        R"({"card":"f47ac10b-58cc-4372-a567-0e02b2c3d479","outcome":"accepted","acceptedSuggestions":[{"id":"s"}],"outcomeTimestamp":"2026-03-02T10:00:00Z"})";
    const std::string overridden =
        R"({"card":"CANARY-card","outcome":"overridden","overrideReason":{"userComment":"CANARY"},"outcomeTimestamp":"2026-03-02T10:00:00Z"})";
    const std::string body = "{\"feedback\":[" + accepted + "," + overridden + "]}";
    const Finished explained = doctor({"-"}, body);
    BOOST_TEST(explained.exit_code == 0);
    BOOST_TEST(says(explained, "feedback on 2 cards: 1 accepted, 1 overridden"));
    BOOST_TEST(says(explained, "with a comment: 1, with neither: 0"));
    BOOST_TEST(says(explained, "no UUID, so none of this service: 1"));
    BOOST_TEST(!says(explained, "CANARY"));
    BOOST_TEST(says(doctor({"--json", "-"}, body), "\"overridden\":1"));
    BOOST_TEST(!says(doctor({"--json", "-"}, body), "CANARY"));
    const Finished refused = doctor({"-"}, with(body, "/feedback/1/outcome", R"("ignored")"));
    BOOST_TEST(refused.exit_code == 1);
    BOOST_TEST(says(refused, "REFUSED whole with 400 for this, the first fault: feedback[1].outcome: "));
}

BOOST_AUTO_TEST_CASE(reads_several_files_and_several_requests_in_one) {
    const TemporaryFolder folder;
    const std::string lines = folder.path() / "lines.jsonl";
    const auto compact = [](std::string text) {
        std::string::size_type place = 0;
        while ((place = text.find('\n', place)) != std::string::npos) text.erase(place, 1);
        return text;
    };
    std::ofstream(lines) << compact(order_sign()) << "\n" << compact(patient_view()) << "\nbroken\n";
    const Finished explained =
        doctor({lines, (source_folder() / "tests/examples/nothing-tested-patient-view.json").string()});
    BOOST_TEST(explained.exit_code == 1);
    for (const char* text : {"lines.jsonl, request 1\n", "lines.jsonl, request 2\n", "lines.jsonl, request 3\n",
                             "patient-view.json, request 1\n"}) {
        BOOST_TEST(says(explained, text), text);
    }
}

BOOST_AUTO_TEST_CASE(cannot_begin_without_its_files) {
    BOOST_TEST(doctor({"/nowhere/request.json"}).exit_code == 2);
    BOOST_TEST(doctor({"--clients", "/nowhere/clients.json", "-"}, order_sign()).exit_code == 2);
    BOOST_TEST(doctor({"--fhir-server", "ehr", "-"}, order_sign()).exit_code == 2);
    BOOST_TEST(doctor({}).exit_code == 2);
}

BOOST_AUTO_TEST_SUITE_END()
