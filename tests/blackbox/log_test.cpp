// What the service writes while it works (rows K21, N07, F06): one JSON object a line, and nothing of a patient. The
// fixture asserts the latter of every test; here the log is shown to speak at all, and to be asked hard questions.
#include "blackbox/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

#include "support/real_knowledge.hpp"
#include "json/document.hpp"

using namespace rectal_cds;
using namespace rectal_cds::blackbox;

namespace {

// The log lines as objects, once there are as many as `expected`.
std::vector<json::Document> lines_of(const std::string& log) {
    std::vector<json::Document> lines;
    std::istringstream stream(log);
    for (std::string line; std::getline(stream, line);) {
        auto document = json::Document::parse(line);
        BOOST_TEST_REQUIRE(document.ok());
        lines.push_back(std::move(document).value());
    }
    return lines;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_log, ServiceFixture)

BOOST_AUTO_TEST_CASE(every_answer_has_one_line_with_its_correlation_id) {
    const HttpAnswer answers[] = {get("/cds-services"), sign(order_sign()), sign("{"),
                                  view(without(patient_view(), "/prefetch")), get("/nowhere")};
    BOOST_TEST(service().stop() == 0);
    const auto lines = lines_of(service().err());
    BOOST_TEST_REQUIRE(lines.size() == 1 + std::size(answers));
    BOOST_TEST(lines[0].root()["route"].text() == "GET /readyz");  // asked at start by the test's own machinery
    const char* const routes[] = {"GET /cds-services", "POST /cds-services/rectal-cancer-order-sign",
                                  "POST /cds-services/rectal-cancer-order-sign",
                                  "POST /cds-services/rectal-cancer-patient-view", "unknown"};
    for (std::size_t i = 0; i < std::size(answers); ++i) {
        const json::Value line = lines[i + 1].root();
        BOOST_TEST(line["event"].text() == "answered");
        BOOST_TEST(line["route"].text() == routes[i]);
        BOOST_TEST(line["status"].integer().value_or(0) == answers[i].status);
        BOOST_TEST(line["correlationId"].text() == answers[i].header("X-Correlation-Id"));
        BOOST_TEST(line["microseconds"].integer().value_or(-1) >= 0);
        BOOST_TEST(line["cards"].integer().value_or(-1) == (i == 1 ? 1 : 0));
    }
}

// Each of these carries the patient where a careless service would repeat it: in paths, queries, headers, names of
// members, texts, codes and ids.
BOOST_AUTO_TEST_CASE(a_patient_stays_out_wherever_the_caller_puts_one) {
    get("/cds-services/pat-022");
    get("/pat-022?name=Test022");
    ask("POST", "/cds-services/rectal-cancer-order-sign?patient=pat-022",
        {{"Content-Type", "application/json; patient=pat-022"}}, order_sign());
    ask("POST", "/cds-services/rectal-cancer-order-sign",
        {{"Content-Type", "text/pat-022"}, {"X-Correlation-Id", "pat-022"}, {"User-Agent", "Ruth"}}, order_sign());
    ask("PUT", "/healthz?mrn=700022");
    judged(connect().send("GET pat-022 HTTP/1.1\r\nHost: x\r\n\r\n").receive());
    judged(connect().send("Ruth\r\n\r\n").receive());
    sign(with(order_sign(), "/hook", "\"pat-022\""));
    sign(with(order_sign(), "/hookInstance", "\"Test022\""));
    sign(with(order_sign(), "/context/userId", "\"pat-022\""));
    sign(with(order_sign(), "/context/patientId", "\"Patient/pat-022\""));
    sign(with(
        order_sign(), "/prefetch/conditions",
        R"({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition", "subject": {"reference": "Patient/pat-999"}}}]})"));
    sign(with(order_sign(), "/context/draftOrders/entry/0/resource/id", "\"draft-022/Ruth\""));
    sign(order_sign() + "Ruth");
    sign(R"({"hook": "order-sign", "pat-022": 1, "pat-022": 2})");
    sign(R"({"hook": "order-sign", "Ruth": {"pat-022": )" + std::string("\"\xff\"}}"));
    view(with(
        patient_view(), "/prefetch/patient",
        R"({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "diagnostics": "no Ruth Test002"}]})"));
    BOOST_TEST(!service().err().empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(log_level_off_is_silent) {
    testing::RunningService service(
        {"--listen", "127.0.0.1:0", "--knowledge", testing::source_folder().string(), "--log-level", "off"});
    for (const std::string& body : {order_sign(), std::string("{")}) {
        HttpConnection(service.port())
            .send(request_bytes("POST", "/cds-services/rectal-cancer-order-sign",
                                {{"Content-Type", "application/json"}}, body))
            .receive();
    }
    BOOST_TEST(service.stop() == 0);
    BOOST_TEST(service.err().empty(), service.err());
}
