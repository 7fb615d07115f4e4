// The form checks can fail: each takes a right answer of a golden case, spoils one thing and names the breach.
#include <boost/test/unit_test.hpp>

#include "support/answer_form.hpp"
#include "support/hook_call.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

std::string text_of(const char* name, const char* file) {
    return read_text(source_folder() / "tests" / "cases" / "named" / name / file);
}

json::Document parsed(std::string text) {
    auto document = json::Document::parse(std::move(text));
    BOOST_TEST_REQUIRE(document.ok(), "The text is not JSON.");
    return std::move(document).value();
}

std::vector<std::string> breaches_of(const std::string& answer, const json::Document& golden_case) {
    const json::Document document = parsed(answer);
    return form_breaches(document.root(), golden_case.root()["request"], golden_case.root()["today"].text());
}

// The answer with the first `old_text` replaced.
std::string spoilt(std::string answer, const std::string& old_text, const std::string& new_text) {
    const auto at = answer.find(old_text);
    BOOST_TEST_REQUIRE(at != std::string::npos, "The answer does not hold " << old_text);
    return answer.replace(at, old_text.size(), new_text);
}

struct Spoiling {
    const char *old_text, *new_text, *breach;
};

void check_each(const char* name, const std::vector<Spoiling>& spoilings) {
    const json::Document golden_case = parsed(text_of(name, "case.json"));
    const std::string answer = call(golden_case.root()["request"], golden_case.root()["today"].text()).body;
    BOOST_TEST(breaches_of(answer, golden_case).empty());
    for (const auto& [old_text, new_text, breach] : spoilings) {
        std::string found;
        for (const std::string& sentence : breaches_of(spoilt(answer, old_text, new_text), golden_case)) {
            found += sentence + "\n";
        }
        BOOST_TEST(found.find(breach) != std::string::npos, new_text << " gave: " << found);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(form_checks_can_fail)

BOOST_AUTO_TEST_CASE(what_a_card_says) {
    const std::string long_summary = "\"summary\":\"" + std::string(140, 'x');
    check_each("seed-case-kras-g12d-mss", {{"\"summary\":\"", long_summary.c_str(), "1 to 139 characters"},
                                           {"\"summary\":\"", "\"summary\":\"<b>", "one line without markup"},
                                           {"\"summary\":\"", "\"summary\":\"It is safe: ", "must not reassure"},
                                           {"\"detail\":\"", "\"detail\":\"<img src=x>", "raw HTML"},
                                           {"\"detail\":\"", "\"detail\":\"{{name}}", "unfilled placeholder"},
                                           {"\"detail\":\"", "\"detail\":\"17.5 % ", "untraceable figure"},
                                           {"draft: not reviewed by a clinician", "approved", "review status"},
                                           {"not a medical device", "a medical device", "no disclaimer"},
                                           {"**Why this card appears**", "**Why**", "no basis"},
                                           {"**Evidence** (grade A)", "**Evidence**", "no grade"},
                                           {"ontent version ", "ontent ", "content version"}});
}

BOOST_AUTO_TEST_CASE(how_a_card_is_built) {
    check_each("seed-case-kras-g12d-mss",
               {{"\"indicator\":\"info\"", "\"indicator\":\"hard-stop\"", "none of the three"},
                {"\"cards\":[{\"uuid\":\"", "\"cards\":[{\"uuid\":\"X", "lower-case UUID"},
                {"\"selectionBehavior\":\"any\"", "\"selectionBehavior\":\"all\"", "is unknown"},
                {"\"selectionBehavior\":\"any\",", "", "must stand exactly where suggestions do"},
                {"\"code\":\"deferLocoregionalAsymptomatic\"", "\"code\":\"defer-locoregional\"", "camelCase"},
                {"\"code\":\"OR-", "\"code\":\"XX-", "unknown code"},
                {"\"type\":\"absolute\"", "\"type\":\"smart\"", "absolute https link"},
                {"\"url\":\"https:", "\"url\":\"http:", "absolute https"},
                {"{\"cards\":[", "{\"systemActions\":[],\"cards\":[", "is no member"},
                {"\"type\":\"create\"", "\"type\":\"update\"", "must be create or delete"}});
}

BOOST_AUTO_TEST_CASE(what_a_suggestion_orders) {
    check_each("seed-case-kras-g12d-mss",
               {{"\"status\":\"draft\"", "\"status\":\"active\"", "not a draft order"},
                {"Patient/pat-1", "Patient/pat-2", "patient of the call"},
                {"Encounter/enc-1", "Encounter/enc-2", "encounter"},
                {"\"authoredOn\":\"2026-03-02\"", "\"authoredOn\":\"2026-03-01\"", "authored today"},
                {"organ function; pharmacist", "organ function;", "pharmacist verification"},
                {"\"code\":\"mg/m2\"", "\"code\":\"ml\"", "no UCUM unit"},
                {"\"code\":\"32592\"", "\"code\":\"\"", "has no code"},
                {"\"route\":{\"text\":\"intravenous\"}", "\"route\":{\"text\":\"\"}", "route: is missing"},
                {"\"reasonReference\":[{\"reference\":\"Condition/cond-1\"}],", "", "the Condition it is for"}});
}

BOOST_AUTO_TEST_CASE(what_a_suggestion_deletes) {
    check_each("cetuximab-drafted-with-kras-g12d",
               {{"MedicationRequest/draft-1\"}", "MedicationRequest/draft-2\"}", "no draft of this request"}});
}

BOOST_AUTO_TEST_SUITE_END()
