// No secret leaves by a side door (reliability.md 1.2, 1.6, 6; row F06): a service that says all it has to say, some
// two hundred calls of every kind with names, ids, comments and tokens that are easy to find, and then every log line,
// metric, error body and stored text is searched for them.
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <regex>

#include "conformance/answers.hpp"
#include "conformance/clients.hpp"
#include "conformance/corpus.hpp"
#include "conformance/stored_records.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;

namespace {

constexpr const char* token = "canary-token-Zk29";
constexpr const char* failed =
    R"({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "diagnostics": "no Canaryson"}]})";

const std::vector<std::string>& canaries() {
    static const std::vector<std::string> all{"canary-pat-77", "Canaryson",  "CANARY-MRN-4711",
                                              "1901-02-03",    token,        "canary-comment-Qx31",
                                              "eyJ",           "Canarygiven"};
    return all;
}

// A request about the canary patient, in place of the one it is about.
std::string about_canary(std::string request) {
    static const std::vector<std::pair<std::regex, std::string>> replacements{
        {std::regex(R"(pat-\d+)"), "canary-pat-77"},
        {std::regex(R"("family":"[^"]*")"), R"("family":"Canaryson")"},
        {std::regex(R"("given":\["[^"]*"\])"), R"("given":["Canarygiven"])"},
        {std::regex(R"("value":"70\d+")"), R"("value":"CANARY-MRN-4711")"}};
    for (const auto& [pattern, replacement] : replacements) request = std::regex_replace(request, pattern, replacement);
    return request;
}

std::string feedback_with_comment(const std::string& card) {
    return R"({"feedback":[{"card":")" + card +
           R"(","outcome":"overridden","overrideReason":{"userComment":"canary-comment-Qx31 Canaryson"},"outcomeTimestamp":"2026-03-02T10:00:00Z"}]})";
}

class CanaryRun {
public:
    CanaryRun() : service_(running("canary", [] { return registered_configuration({"--location", "Site 1"}); })) {}

    // What comes back in errors is searched at once.
    void note(const HttpAnswer& answer) {
        ++calls;
        if (answer.status >= 400) expect_clean(answer.body, "the body of an error");
        for (const auto& [name, value] : answer.headers) expect_clean(value, "a header");
    }

    void call(const std::string& hook, const std::string& request) { note(service_.call(hook, request)); }

    static void expect_clean(const std::string& text, const std::string& where) {
        for (const std::string& canary : canaries())
            BOOST_TEST(!contains(text, canary), canary << " is in " << where << ": " << text.substr(0, 600));
    }

    Service& service() { return service_; }
    std::size_t calls = 0;

private:
    Service& service_;
};

// Every scenario, whole.
void call_with_every_chart(CanaryRun& run) {
    for (const Asked& asked : corpus()) {
        if (asked.name.ends_with("-epic")) continue;
        run.call(asked.hook, about_canary(asked.body));
    }
}

void call_wrongly(CanaryRun& run) {
    const std::string request = offering_access(ehr(), about_canary(order_sign()), token);
    for (const char* pointer :
         {"/hook", "/hookInstance", "/context/patientId", "/context/draftOrders/entry/0/resource/id",
          "/context/draftOrders/entry/0/resource/subject/reference", "/prefetch/patient/id", "/prefetch/conditions",
          "/prefetch/observations", "/fhirServer", "/fhirAuthorization/token_type", "/fhirAuthorization/access_token",
          "/fhirAuthorization/patient", "/prefetch/patient/name", "/Canaryson"}) {
        for (const char* value : {"\"Canaryson/canary-pat-77\"", "[\"CANARY-MRN-4711\"]",
                                  "{\"Canaryson\": \"canary-pat-77\"}", "\"canary-comment-Qx31\\n\""})
            run.call("order-sign", with(request, pointer, value));
    }
    // A user and an encounter are stored as they are given (decisions.md 60), so here they are only of a wrong type.
    for (const char* pointer : {"/context/userId", "/context/encounterId"})
        run.call("order-sign", with(request, pointer, "[\"CANARY-MRN-4711\"]"));
    run.call("order-sign", request + "Canaryson");
    run.call("order-sign", R"({"canary-pat-77": 1, "canary-pat-77": 2})");
    Service& service = run.service();
    const std::string path = service.path("order-sign");
    run.note(service.ask("POST", path + "?patient=canary-pat-77",
                         {{"Content-Type", "application/json"}, {"Authorization", "Bearer canary-token-Zk29"}},
                         request));
    run.note(service.ask(
        "POST", path,
        {{"Content-Type", "application/Canaryson"}, {"X-Correlation-Id", "canary-pat-77"}, {"User-Agent", "Canaryson"}},
        request));
    run.note(service.ask("GET", "/canary-pat-77?name=Canaryson"));
    run.note(service.ask("GET", "/cds-services/canary-pat-77"));
}

void call_with_a_failing_server(CanaryRun& run) {
    const std::string request = about_canary(order_sign()), opened = about_canary(patient_view());
    for (const Reply& fault :
         {failure(401), failure(403), failure(404), failure(429), failure(500), found("<html>Canaryson</html>"),
          found(failed), found("{\"Canaryson"), redirect_to("http://127.0.0.1:1/Canaryson")}) {
        ehr().forget();
        ehr().answer_everything(fault);
        run.call("order-sign", fetching_from(ehr(), request, token));
        run.call("patient-view", fetching_from(ehr(), opened, token));
    }
    ehr().forget();
    ehr().serve_prefetch_of(request);
    run.call("order-sign", fetching_from(ehr(), request, token));
    ehr().serve_prefetch_of(with(request, "/prefetch/patient/id", "\"somebody\""));
    run.call("order-sign", fetching_from(ehr(), request, token));
    run.call("order-sign",
             with(fetching_from(ehr(), request, token), "/fhirServer", "\"https://evil.test/Canaryson\""));
}

void report(CanaryRun& run) {
    Service& service = run.service();
    const rectal_cds::json::Document cards = parsed(service.sign(about_canary(order_sign())));
    const std::string ours(cards.root()["cards"].at(0)["uuid"].text());
    for (const std::string& card : {ours, std::string("123456"), std::string("Canaryson")})
        run.note(service.feedback("order-sign", feedback_with_comment(card)));
    run.note(service.feedback("order-sign", with(feedback_with_comment(ours), "/feedback/0/outcome", "\"Canaryson\"")));
    run.note(service.feedback("order-sign", feedback_with_comment(ours) + "Canaryson"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(canaries_of_patients_and_tokens, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(are_in_no_log_no_metric_no_error_and_only_in_the_comment_of_the_store) {
    CanaryRun run;
    call_with_every_chart(run);
    call_wrongly(run);
    call_with_a_failing_server(run);
    report(run);
    BOOST_TEST(run.calls >= 200U);
    CanaryRun::expect_clean(run.service().get("/metrics").body, "the metrics");
    const std::filesystem::path store = run.service().process().store();
    BOOST_TEST(run.service().process().stop() == 0);
    std::istringstream log(run.service().log());
    for (std::string line; std::getline(log, line);) CanaryRun::expect_clean(line, "the log");
    CanaryRun::expect_clean(run.service().process().out(), "the standard output");
    std::size_t texts = 0, comments = 0;
    for (const StoredText& stored : stored_texts(store)) {
        ++texts;
        if (stored.table == "feedback" && stored.column == "reason_comment") {
            comments += contains(stored.text, "canary-comment-Qx31") ? 1 : 0;
            continue;
        }
        // An id of a card is stored as it was sent, in the quarantine of cards that are not ours.
        if (stored.table == "feedback" && stored.column == "card" && stored.text == "Canaryson") continue;
        if (stored.table == "audit" && stored.column == "record" && contains(stored.text, "\"card\":\"Canaryson\""))
            continue;
        CanaryRun::expect_clean(stored.text, stored.table + '.' + stored.column);
    }
    BOOST_TEST(texts > 2000U);
    BOOST_TEST(comments >= 1U);
    std::ifstream key(store.string() + ".key");
    BOOST_TEST(key.good());
}

BOOST_AUTO_TEST_SUITE_END()
