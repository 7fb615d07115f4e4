// The lists of patients that a FHIR server gives: whole, or an error or fault that outlives an interruption.
#include <boost/test/unit_test.hpp>

#include <atomic>

#include "cohort/served.hpp"

using namespace rectal_cds;
using namespace rectal_cds::cohort_tests;

BOOST_AUTO_TEST_SUITE(a_fhir_server_as_the_input)

BOOST_AUTO_TEST_CASE(whose_next_page_lies_elsewhere_is_not_followed) {
    Served served(patients(7));
    served.server.next_page_base = "http://127.0.0.1:9/fhir";
    const Judged lists = served.over();
    BOOST_TEST(says(lists.error, "The next page does not lie below the FHIR server's base."), lists.error);
    BOOST_TEST(lists.lines.empty());
    cohort::CohortOptions options = served.options();
    options.server->lists = {"Patient?_id=p1"};
    Served few(patients(2));
    few.server.next_page_base = "http://127.0.0.1:9/fhir";
    const Judged parts = few.over();
    BOOST_TEST_REQUIRE(parts.lines.size() == 2U);
    BOOST_TEST(says(parts.of("p0"), R"("observations":"incomplete")"), parts.of("p0"));
    BOOST_TEST(says(parts.of("p0"), R"("observations":"incomplete"})"), parts.of("p0"));
}

BOOST_AUTO_TEST_CASE(that_lists_fewer_patients_than_it_announces_is_a_fault) {
    Served served(patients(1));
    served.server.script = [](const std::string& target) {
        if (!says(target, "Patient?")) return http::Response{0, {}, ""};
        return http::Response{
            200,
            {},
            R"({"resourceType":"Bundle","total":9,"entry":[{"resource":{"resourceType":"Patient","id":"p0"}}]})"};
    };
    const Judged judged = served.over();
    BOOST_TEST(judged.lines.size() == 1U);
    BOOST_TEST(!judged.outcome->all_well());
}

// Further pages under addresses of their own, without end.
BOOST_AUTO_TEST_CASE(whose_list_does_not_end_is_an_error_after_so_many_pages_or_bytes) {
    Served served(patients(1));
    std::atomic<int> asked{0};
    served.server.script = [&](const std::string& target) {
        if (!says(target, "Patient?")) return http::Response{0, {}, ""};
        const std::string next = served.server.base() + "/Patient?page=" + std::to_string(++asked);
        return http::Response{200,
                              {},
                              R"({"resourceType":"Bundle","link":[{"relation":"next","url":")" + next +
                                  R"("}],"entry":[{"resource":{"resourceType":"Patient","id":"p0"}}]})"};
    };
    cohort::CohortOptions by_pages = served.options(), by_bytes = served.options();
    by_pages.server->walk.max_pages = 20;
    by_bytes.server->walk.max_bytes = 2000;
    const Judged pages = served.over(by_pages, rules());
    BOOST_TEST(says(pages.error, "The list does not end: there are further pages after 20 with"), pages.error);
    BOOST_TEST(pages.lines.empty());
    BOOST_TEST(asked == 20);
    BOOST_TEST(says(served.over(by_bytes, rules()).error, "The list does not end"));
    BOOST_TEST(asked < 60);
}

BOOST_AUTO_TEST_CASE(whose_list_had_faults_is_told_so_by_the_run_that_goes_on) {
    Served served(patients(40));
    std::atomic<bool> is_gone{false};
    std::atomic<int> patients_read{0};
    served.server.script = [&](const std::string& target) {
        if (says(target, "Condition?code"))
            return http::Response{200, {}, R"({"resourceType":"Bundle","total":9,"entry":[]})"};
        if (says(target, "Patient/") && ++patients_read == 10) is_gone = true;
        return is_gone ? failure(503) : http::Response{0, {}, ""};
    };
    cohort::CohortOptions options = served.options();
    options.server->lists.push_back("Condition?code=x");
    options.results = served.outside("results").string();
    options.server->most_lost = 3;
    options.resume = true;
    BOOST_TEST(says(served.over(options, rules()).error, "several patients in a row"));
    is_gone = false;
    const Judged second = served.over(options, rules());
    BOOST_TEST_REQUIRE(second.outcome.has_value(), second.error);
    BOOST_TEST(second.outcome->resumed > 0U);
    BOOST_TEST(served.server.count("Condition?code=x") == 1U, "the list is not asked for again");
    BOOST_TEST_REQUIRE(second.outcome->gathered.faults.size() == 1U);
    BOOST_TEST(second.outcome->gathered.faults.begin()->first ==
               "The server announces more than it lists: patients are missing.");
    BOOST_TEST(second.outcome->gathered.faults.begin()->second == 1U);
    BOOST_TEST(!second.outcome->all_well());
}

BOOST_AUTO_TEST_SUITE_END()
