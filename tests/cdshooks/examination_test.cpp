// What the doctor sees in a request: every state of a key, codes that are not known, what may not be used, what that
// withholds; and nothing of the patient.
#include "cdshooks/examination.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>

#include "json/document.hpp"
#include "json/writer.hpp"
#include "support/example_requests.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::cdshooks;
using namespace rectal_cds::testing;

namespace {

Examination examined(std::string body) {
    Call call;
    call.body = std::move(body);
    call.today = *base::parse_day("2026-03-02");
    call.seed_from_hook_instance = true;
    return examine(real_knowledge(), std::move(call));
}

// A patient-view call of a patient without Conditions, with these further keys.
std::string chart_of(const std::string& keys) {
    return R"({"hook":"patient-view","hookInstance":"d7fd1dcf-0fbb-5834-bc75-22842f76ada6",
        "context":{"userId":"Practitioner/u1","patientId":"p1"},
        "prefetch":{"patient":{"resourceType":"Patient","id":"p1","birthDate":"1960-01-01"},"conditions":null)" + keys + "}}";
}

std::string bundle(const std::string& entries, const std::string& more = "") {
    return R"({"resourceType":"Bundle","type":"searchset")" + more + R"(,"entry":[)" + entries + "]}";
}

std::string observation(const std::string& more) {
    return R"({"resource":{"resourceType":"Observation","id":"o1","status":"final","subject":{"reference":"Patient/p1"},
        "effectiveDateTime":"2026-02-20",)" + more + "}}";
}

const InputExamination& input(const Examination& examination, const std::string& key) {
    const auto found = std::find_if(examination.inputs.begin(), examination.inputs.end(), [&](const auto& item) { return item.key == key; });
    BOOST_TEST_REQUIRE((found != examination.inputs.end()));
    return *found;
}

std::string state(const std::string& observations) {
    const Examination examination = examined(chart_of(observations.empty() ? "" : ",\"observations\":" + observations));
    const InputExamination& seen = input(examination, "observations");
    std::string text = name(seen.delivery) + std::string(seen.is_read ? ", read" : "") + (seen.is_fetched ? ", to fetch" : "");
    for (const std::string& remark : seen.remarks) text += "; " + remark;
    return text;
}

std::string outcome(const std::string& severity, const std::string& code) {
    return R"({"resourceType":"OperationOutcome","issue":[{"severity":")" + severity + R"(","code":")" + code + R"(","diagnostics":"canary"}]})";
}

const std::string kras_code = R"("code":{"coding":[{"system":"http://loinc.org","code":"21702-6"}]})";

}  // namespace

BOOST_AUTO_TEST_SUITE(an_examination)

BOOST_AUTO_TEST_CASE(keeps_the_states_of_a_key_apart) {
    const std::string one = observation(kras_code);
    BOOST_TEST(state("") == "absent, to fetch");
    BOOST_TEST(state("null") == "null, read");
    BOOST_TEST(state(bundle("")) == "empty, read");
    BOOST_TEST(state(bundle(one)) == "supplied, read");
    BOOST_TEST(state(outcome("error", "forbidden")) == "OperationOutcome; an OperationOutcome says error, forbidden");
    BOOST_TEST(state(outcome("warning", "not-found")) == "OperationOutcome, read; an OperationOutcome says warning, not-found");
    BOOST_TEST(state(R"("text")") == "garbage, to fetch; something that is no resource stands where Observation was asked for");
    BOOST_TEST(state(R"({"resourceType":"Basic"})") == "garbage, to fetch; a Basic stands where Observation was asked for");
}

BOOST_AUTO_TEST_CASE(says_why_a_key_was_read_in_part) {
    const std::string one = observation(kras_code);
    BOOST_TEST(state(bundle(one, R"(,"total":7)")) == "partial; the Bundle announces 7 and holds 1");
    BOOST_TEST(state(bundle(one, R"(,"link":[{"relation":"next","url":"https://ehr.test/p2"}])")) == "partial, to fetch; further pages exist");
    BOOST_TEST(state(bundle(one + R"(,{"resource":)" + outcome("error", "timeout") + "}")) == "partial; an OperationOutcome says error, timeout");
    BOOST_TEST(state(bundle(one + ",{}")) == "partial; 1 entry holds no resource");
}

BOOST_AUTO_TEST_CASE(names_the_keys_that_are_not_read) {
    const Examination examination = examined(chart_of(R"(,"extra":{},"with a blank":{})"));
    BOOST_TEST(examination.other_keys == (std::vector<std::string>{"extra", "(not shown)"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(counts_the_codes_that_are_in_no_value_set) {
    const std::string local = R"("code":{"coding":[{"system":"urn:local","code":"A1","display":"canary"},{"code":"B2"}]})";
    const std::string answer = kras_code + R"(,"valueCodeableConcept":{"coding":[{"system":"urn:local","code":"POS"}],"text":"canary"})";
    const Examination examination = examined(chart_of(",\"observations\":" + bundle(observation(local) + "," + observation(local) + "," + observation(answer))));
    BOOST_TEST_REQUIRE(examination.unknown_codes.size() == 3U);
    const UnknownCode& first = examination.unknown_codes[0];
    BOOST_TEST(first.answers_question);
    BOOST_TEST(first.element == "Observation.valueCodeableConcept");
    BOOST_TEST(first.system + "|" + first.code == "urn:local|POS");
    BOOST_TEST(first.input == "observations");
    BOOST_TEST(examination.unknown_codes[1].count == 2U);
    BOOST_TEST(!examination.unknown_codes[1].answers_question);
}

BOOST_AUTO_TEST_CASE(does_not_count_codes_beside_one_that_is_known_nor_answers_to_what_nobody_asks) {
    const std::string both = R"("code":{"coding":[{"system":"urn:local","code":"A1"},{"system":"http://loinc.org","code":"21702-6"}]})";
    const std::string sodium = R"("code":{"coding":[{"system":"http://loinc.org","code":"2951-2"}]},"valueCodeableConcept":{"coding":[{"system":"urn:local","code":"X"}]})";
    const Examination examination = examined(chart_of(",\"observations\":" + bundle(observation(both) + "," + observation(sodium))));
    BOOST_TEST_REQUIRE(examination.unknown_codes.size() == 1U);
    BOOST_TEST(examination.unknown_codes[0].code == "2951-2");
}

BOOST_AUTO_TEST_CASE(does_not_count_codes_that_are_read_by_their_form) {
    const std::string stage = R"("code":{"coding":[{"system":"http://loinc.org","code":"21907-1"}]},"valueCodeableConcept":{"coding":[{"system":"http://cancerstaging.org","code":"cM1a"}]})";
    BOOST_TEST(examined(chart_of(",\"observations\":" + bundle(observation(stage)))).unknown_codes.empty());
    const std::string odd = R"("code":{"coding":[{"system":"http://loinc.org","code":"21907-1"}]},"valueCodeableConcept":{"coding":[{"system":"http://cancerstaging.org","code":"spread"}]})";
    BOOST_TEST(examined(chart_of(",\"observations\":" + bundle(observation(odd)))).unknown_codes.size() == 1U);
}

BOOST_AUTO_TEST_CASE(places_what_may_not_be_used_with_its_status_or_unit) {
    const std::string cea = R"("code":{"coding":[{"system":"http://loinc.org","code":"2039-6"}]},"valueQuantity":{"value":4.2,"unit":"furlong"})";
    const Examination of_unit = examined(chart_of(",\"observations\":" + bundle(R"({"resource":{"resourceType":"Basic"}},)" + observation(cea))));
    BOOST_TEST_REQUIRE(of_unit.unusable.size() == 1U);
    BOOST_TEST(of_unit.unusable[0].place == "prefetch.observations.entry[1].resource");
    BOOST_TEST(of_unit.unusable[0].about == "CEA");
    BOOST_TEST(of_unit.unusable[0].unit == "furlong");
    BOOST_TEST(of_unit.unusable[0].status == "");
    std::string odd_status = observation(kras_code);
    odd_status.replace(odd_status.find("final"), 5, "ready");
    const Examination of_status = examined(chart_of(",\"observations\":" + bundle(odd_status)));
    BOOST_TEST_REQUIRE(!of_status.unusable.empty());
    BOOST_TEST(of_status.unusable[0].about == "KRAS");
    BOOST_TEST(of_status.unusable[0].status == "ready");
}

BOOST_AUTO_TEST_CASE(tells_advice_withheld_for_want_of_readable_data_from_advice_that_waits_for_a_result) {
    const std::string request = read_text(source_folder() / "tests/examples/nothing-tested-patient-view.json");
    const Examination whole = examined(request);
    const auto advice = [](const Examination& examination, const std::string& id) {
        const auto& all = examination.open_advice;
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& item) { return item.id == id; });
        BOOST_TEST_REQUIRE((found != all.end()), id);
        return *found;
    };
    BOOST_TEST(!advice(whole, "first-line-immunotherapy-msi-h").is_withheld);
    const Examination partly = examined(without(request, "/prefetch/observations"));
    BOOST_TEST(advice(partly, "first-line-immunotherapy-msi-h").is_withheld);
    BOOST_TEST(partly.open_advice.front().is_withheld);
    BOOST_TEST((input(partly, "observations").delivery == Delivery::absent));
    const auto& facts = partly.unknown_facts;
    BOOST_TEST(std::any_of(facts.begin(), facts.end(), [](const auto& fact) {
        return fact.name == "MSI-H or dMMR" && fact.causes == std::vector<std::string>{"could not be read"};
    }));
}

BOOST_AUTO_TEST_CASE(names_the_cards_that_would_be_given) {
    const Examination examination = examined(order_sign());
    BOOST_TEST_REQUIRE(examination.cards.size() == 1U);
    BOOST_TEST(examination.cards[0].topic == "anti-egfr-ras-mutant");
    BOOST_TEST(examination.cards[0].indicator == "critical");
    BOOST_TEST(examination.service == "rectal-cancer-order-sign");
    BOOST_TEST(examination.user_type == "Practitioner");
    BOOST_TEST(examination.drafts == 3U);
}

BOOST_AUTO_TEST_CASE(names_the_fault_of_a_request_that_is_refused_and_still_looks_at_its_data) {
    std::string other = chart_of("");
    other.replace(other.find("\"p1\""), 4, "\"p2\"");
    const Examination of_another = examined(other);
    BOOST_TEST_REQUIRE(of_another.fault.has_value());
    BOOST_TEST(of_another.fault->where == "prefetch.patient");
    BOOST_TEST(of_another.answer.status == 400);
    BOOST_TEST((input(of_another, "patient").delivery == Delivery::supplied));

    const Examination no_hook = examined(R"({"hook":"order-dispatch"})");
    BOOST_TEST_REQUIRE(no_hook.fault.has_value());
    BOOST_TEST(no_hook.fault->where == "hook");
    BOOST_TEST(no_hook.service == "");

    const Examination no_json = examined("{\"hook\":");
    BOOST_TEST(no_json.fault.has_value());
    BOOST_TEST(!no_json.is_json);
}

BOOST_AUTO_TEST_SUITE_END()
