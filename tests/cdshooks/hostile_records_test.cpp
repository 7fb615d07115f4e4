// Records that are large, run in circles or hold marks of templates (reliability.md 1.5 and 1.6; T58, T91), and a test
// that is ordered already (T103).
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <sstream>

#include "cdshooks/fetching.hpp"
#include "cdshooks/judged_with.hpp"
#include "cdshooks/wording_calls.hpp"
#include "support/example_requests.hpp"
#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using cdshooks::Answer;

namespace {

const std::string shown_text = "Secondary malignant neoplasm of liver and intrahepatic bile duct";

std::string detail_with(const std::string& text) {
    HookCall call = case_call("named/cetuximab-drafted-with-kras-g12d");
    const auto at = call.body.find(shown_text);
    BOOST_TEST_REQUIRE(at != std::string::npos);
    call.body.replace(at, shown_text.size(), text);
    return detail(answer(call), "antiEgfrRasMutant");
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

std::string without_escapes(std::string text) {
    std::erase(text, '\\');
    return text;
}

// A result that no recommendation reads: glucose.
std::string glucose(int number) {
    return R"({"resourceType":"Observation","id":"g)" + std::to_string(number) +
           R"(","status":"final","subject":{"reference":"Patient/pat-022"},"effectiveDateTime":"2026-02-01",)" +
           R"("code":{"coding":[{"system":"http://loinc.org","code":"2345-7"}]},"valueQuantity":{"value":90,"unit":"mg/dL"}})";
}

// The record of order_sign with further entries ahead of its Observations.
std::string with_observations(const std::vector<std::string>& more) {
    std::string body = order_sign(), entries;
    const std::string observations = delivered(body, "observations");
    for (const std::string& resource : more) entries += R"({"resource":)" + resource + "},";
    std::string longer = observations;
    const auto at = longer.find('[', longer.find("\"entry\""));
    longer.insert(at + 1, entries);
    return with(body, "/prefetch/observations", longer);
}

Answer in_good_time(const std::string& body) {
    const auto begin = std::chrono::steady_clock::now();
    Answer answer = answered_without_access(body);
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(5)));
    return answer;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(marks_of_templates_in_a_record)

BOOST_AUTO_TEST_CASE(T58_are_text_like_any_other_and_change_no_other_line) {
    const std::vector<std::string> plain = lines_of(detail_with("PLAINTEXT"));
    for (const std::string mark : {"{{summary}}", "{{{criteria}}}", "{{&detail}}", "{{#evidence}}", "{{^evidence}}",
                                    "{{/evidence}}", "{{> card-detail}}", "{{! gone }}", "{{=<% %>=}}", "<%summary%>",
                                    "{{", "}}", "${summary}", "%context.patientId"}) {
        const std::vector<std::string> marked = lines_of(detail_with(mark));
        BOOST_TEST_REQUIRE(marked.size() == plain.size(), mark);
        std::size_t shown = 0;
        for (std::size_t i = 0; i < plain.size(); ++i) {
            const auto at = plain[i].find("PLAINTEXT");
            if (at == std::string::npos) {
                BOOST_TEST(marked[i] == plain[i], mark);
                continue;
            }
            ++shown;
            BOOST_TEST(marked[i].substr(0, at) == plain[i].substr(0, at), mark);
            std::string unescaped = without_escapes(marked[i]);
            for (const auto& [entity, character] :
                 {std::pair{"&lt;", "<"}, std::pair{"&gt;", ">"}, std::pair{"&amp;", "&"}}) {
                for (auto found = unescaped.find(entity); found != std::string::npos; found = unescaped.find(entity))
                    unescaped.replace(found, std::string_view(entity).size(), character);
            }
            BOOST_TEST(says(unescaped, mark), marked[i]);
        }
        BOOST_TEST(shown > 0U);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_record)

BOOST_AUTO_TEST_CASE(T91_of_ten_thousand_results_is_read_whole_and_in_good_time) {
    std::vector<std::string> many;
    for (int number = 0; number < 10'000; ++number) many.push_back(glucose(number));
    const Answer answer = in_good_time(with_observations(many));
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(shows(answer, "antiEgfrRasMutant"));
    BOOST_TEST((report(answer, domain::Input::observations).state == cdshooks::InputState::present));
}

BOOST_AUTO_TEST_CASE(T91_with_five_thousand_contained_resources_finds_the_drug_among_them) {
    const std::string plain = order_sign();
    std::string contained;
    for (int number = 0; number < 5'000; ++number) {
        contained += std::string(number == 0 ? "" : ",") + R"({"resourceType":"Medication","id":"m)" +
                     std::to_string(number) +
                     R"(","code":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":")" +
                     (number == 4'999 ? "318341" : "4850") + R"("}]}})";
    }
    std::string body = without(plain, "/context/draftOrders/entry/0/resource/medicationCodeableConcept");
    BOOST_TEST(!shows(answered_without_access(body), "antiEgfrRasMutant"));
    body = with(body, "/context/draftOrders/entry/0/resource/contained", "[" + contained + "]");
    body = with(body, "/context/draftOrders/entry/0/resource/medicationReference", R"({"reference":"#m4999"})");
    BOOST_TEST(shows(in_good_time(body), "antiEgfrRasMutant"));
}

BOOST_AUTO_TEST_CASE(T91_whose_references_run_in_circles_is_answered) {
    const auto related = [](const char* id, const char* other) {
        std::string one = glucose(0);
        one.replace(one.find("\"g0\""), 4, '"' + std::string(id) + '"');
        one.pop_back();
        return one + R"(,"derivedFrom":[{"reference":"Observation/)" + other +
               R"("}],"hasMember":[{"reference":"Observation/)" + other +
               R"("}],"contained":[{"resourceType":"Observation","id":"a","derivedFrom":[{"reference":"#b"}]},)" +
               R"({"resourceType":"Observation","id":"b","derivedFrom":[{"reference":"#a"}]}]})";
    };
    const Answer answer =
        in_good_time(with_observations({related("one", "two"), related("two", "one"), related("three", "three")}));
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(shows(answer, "antiEgfrRasMutant"));
    std::string body =
        with(order_sign(), "/context/draftOrders/entry/0/resource/contained",
             R"([{"resourceType":"Medication","id":"a","ingredient":[{"itemReference":{"reference":"#b"}}]},
                                {"resourceType":"Medication","id":"b","ingredient":[{"itemReference":{"reference":"#a"}}]}])");
    body = without(body, "/context/draftOrders/entry/0/resource/medicationCodeableConcept");
    body = with(body, "/context/draftOrders/entry/0/resource/medicationReference", R"({"reference":"#a"})");
    BOOST_TEST(in_good_time(body).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_test_of_DPYD)

// clinical.md keeps the warning until there is a result; only the order is not suggested a second time.
BOOST_AUTO_TEST_CASE(T103_that_is_ordered_already_is_not_suggested_again) {
    json::Writer writer;
    const std::string body = writer.value(golden_request(real_knowledge(), "dpyd-not-tested")).take();
    const std::string order =
        R"({"resource":{"resourceType":"ServiceRequest","id":"sr-dpyd","status":"active","intent":"order","authoredOn":"2026-03-02",
            "subject":{"reference":"Patient/pat-1"},"code":{"coding":[{"system":"http://loinc.org","code":"45284-7"}]}}})";
    const std::string ordered =
        with(body, "/prefetch/serviceRequests",
             R"({"resourceType":"Bundle","type":"searchset","total":1,"entry":[)" + order + "]}");
    const Answer before = answered_without_access(body), after = answered_without_access(ordered);
    BOOST_TEST(indicator(before, "dpydNotTested") == "warning");
    BOOST_TEST(indicator(after, "dpydNotTested") == "warning");
    BOOST_TEST(says(before.body, "\"resourceType\":\"ServiceRequest\""));
    BOOST_TEST(!says(after.body, "\"resourceType\":\"ServiceRequest\""));
}

BOOST_AUTO_TEST_SUITE_END()
