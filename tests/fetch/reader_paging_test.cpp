// Further pages (decisions.md 25; conformance P13 to P15, T63).
#include "fetch/scripted_transport.hpp"

using namespace rectal_cds;
using namespace rectal_cds::fetch;
using namespace rectal_cds::fetch::test;

namespace {

struct Paging {
    std::shared_ptr<ScriptedTransport> transport = std::make_shared<ScriptedTransport>();

    cdshooks::Fetched read(Access given = access(), const ReaderLimits& limits = {}) {
        FhirReader reader(transport, limits);
        return std::move(gather(reader, std::move(given), {{"labs", "Observation"}}).at(0));
    }
    void first_page_names(const std::string& next) {
        transport->replies["/fhir/Observation"] = always_answer(page("1", next));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(further_pages, Paging)

BOOST_AUTO_TEST_CASE(under_the_base_are_read_in_order) {
    first_page_names("https://ehr.example/fhir?page=2");
    transport->replies["/fhir?page=2"] = always_answer(page("2", "https://ehr.example/fhir/Observation/_page/3"));
    transport->replies["/fhir/Observation/_page/3"] = always_answer(page("3"));
    const auto labs = read();
    BOOST_TEST(said(labs) == "labs: read 3");
    BOOST_TEST(ids(labs) == "1 2 3");
    for (const Request& request : transport->requests()) BOOST_TEST(request.token != nullptr);
}

BOOST_AUTO_TEST_CASE(elsewhere_are_not_read) {
    for (const char* next :
         {"https://evil.example/fhir?page=2", "https://ehr.evil.example/fhir?page=2", "//evil.example/fhir?page=2",
          "https://ehr.example.evil.example/fhir?page=2", "https://ehr.example/other?page=2",
          "https://ehr.example/fhirx?page=2", "https://ehr.example:8443/fhir?page=2", "http://ehr.example/fhir?page=2",
          "https://ehr.example@evil.example/fhir?page=2", "https://ehr.example/fhir/../other", "?page=2",
          "Observation?page=2", "/fhir?page=2", "https://EVIL.example/fhir", "javascript:x", " ",
          "https://ehr.example/fhir?page=2#x", "https://ehr.example/fhir\\\\@evil.example",
          "https://169.254.169.254/fhir?page=2"}) {
        first_page_names(next);
        BOOST_TEST(said(read()) == "labs: read 1, incomplete", next);
    }
    for (const auto& target : transport->targets()) BOOST_TEST(target == "/fhir/Observation");
}

BOOST_AUTO_TEST_CASE(are_counted_up_to_ten) {
    for (int i = 1; i <= 12; ++i) {
        const std::string own = i == 1 ? "/fhir/Observation" : "/fhir?page=" + std::to_string(i);
        const std::string next = i == 12 ? "" : "https://ehr.example/fhir?page=" + std::to_string(i + 1);
        transport->replies[own] = always_answer(page(std::to_string(i), next));
    }
    BOOST_TEST(said(read()) == "labs: read 10, incomplete");
    transport->replies["/fhir?page=10"] = always_answer(page("10"));
    BOOST_TEST(said(read()) == "labs: read 10");
}

BOOST_AUTO_TEST_CASE(that_lead_back_end) {
    first_page_names("https://ehr.example/fhir?page=2");
    transport->replies["/fhir?page=2"] = always_answer(page("2", "https://ehr.example/fhir/Observation"));
    BOOST_TEST(said(read()) == "labs: read 2, incomplete");
    first_page_names("https://ehr.example/fhir/Observation");
    BOOST_TEST(said(read()) == "labs: read 1, incomplete");
}

BOOST_AUTO_TEST_CASE(that_fail_leave_what_was_read) {
    first_page_names("https://ehr.example/fhir?page=2");
    for (const Answer& answer :
         {with_status(500), with_status(401), with_status(404), with_status(302), with_status(200, "<html>"),
          with_fault(Fault::timed_out), with_fault(Fault::connection_lost), with_fault(Fault::too_large)}) {
        transport->replies["/fhir?page=2"] = always_answer(answer);
        const auto labs = read();
        BOOST_TEST(said(labs) == "labs: read 1, incomplete");
        BOOST_TEST(ids(labs) == "1");
    }
}

BOOST_AUTO_TEST_CASE(that_are_no_bundle_are_handed_over_as_incomplete) {
    first_page_names("https://ehr.example/fhir?page=2");
    transport->replies["/fhir?page=2"] = always_answer(resource("OperationOutcome", "2"));
    BOOST_TEST(said(read()) == "labs: read 2, incomplete");
}

BOOST_AUTO_TEST_CASE(named_twice_are_not_guessed) {
    transport->replies["/fhir/Observation"] = always_answer(with_status(200, R"({"resourceType":"Bundle","link":[
        {"relation":"self","url":"https://ehr.example/fhir?page=0"},
        {"relation":"next","url":"https://ehr.example/fhir?page=2"},
        {"relation":"next","url":"https://ehr.example/fhir?page=3"}]})"));
    BOOST_TEST(said(read()) == "labs: read 1, incomplete");
    BOOST_TEST(transport->requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(of_no_bundle_are_not_looked_for) {
    transport->replies["/fhir/Observation"] = always_answer(with_status(
        200, R"({"resourceType":"Patient","link":[{"relation":"next","url":"https://ehr.example/fhir?page=2"}]})"));
    BOOST_TEST(said(read()) == "labs: read 1");
}

BOOST_AUTO_TEST_CASE(need_no_token_where_the_first_needed_none) {
    first_page_names("https://ehr.example/fhir?page=2");
    transport->replies["/fhir?page=2"] = always_answer(page("2"));
    auto open = access();
    open.token.reset();
    BOOST_TEST(said(read(open)) == "labs: read 2");
}

BOOST_AUTO_TEST_CASE(of_a_delivered_bundle_are_read_with_a_token_only) {
    transport->replies["/fhir?page=2"] = always_answer(page("2"));
    FhirReader reader(transport);
    const FhirReader::Queries delivered{{"labs", "https://ehr.example/fhir?page=2"}};
    auto open = access();
    open.token.reset();
    BOOST_TEST(said(gather(reader, open, delivered).at(0)) == "labs: not_attempted");
    BOOST_TEST(transport->requests().empty());
    BOOST_TEST(said(gather(reader, access(), delivered).at(0)) == "labs: read 1");
}

BOOST_AUTO_TEST_CASE(are_limited_in_all_by_the_bytes_of_the_call) {
    ReaderLimits limits;
    limits.max_page_bytes = 1000;
    limits.max_call_bytes = 1500;
    const std::string padded = R"({"resourceType":"Bundle","pad":")" + std::string(500, 'x') +
                               R"(","link":[{"relation":"next","url":"https://ehr.example/fhir?page=)";
    transport->replies["/fhir/Observation"] = always_answer(with_status(200, padded + "2\"}]}"));
    transport->replies["/fhir?page=2"] = always_answer(with_status(200, padded + "3\"}]}"));
    transport->replies["/fhir?page=3"] = always_answer(with_status(200, padded + "4\"}]}"));
    BOOST_TEST(said(read(access(), limits)) == "labs: read 2, incomplete");
    BOOST_TEST_REQUIRE(transport->requests().size() == 3u);
    BOOST_TEST(transport->requests()[0].max_bytes == 1000u);
    BOOST_TEST(transport->requests()[2].max_bytes < 500u);
}

BOOST_AUTO_TEST_SUITE_END()
