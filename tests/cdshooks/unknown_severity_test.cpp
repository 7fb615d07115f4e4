// A card whose severity hangs on something that is not known says so: it could be critical.
#include <boost/test/unit_test.hpp>

#include "cdshooks/judged_with.hpp"
#include "support/example_requests.hpp"
#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

constexpr const char* remark = "on which the severity of this card depends";

// The card on irinotecan in a UGT1A1 poor metaboliser, in the golden case as it is or with a bilirubin added to it.
std::string detail_with(const char* bilirubin) {
    const auto golden =
        json::Document::parse(read_text(source_folder() / "hooks/golden/irinotecan-ugt1a1-bilirubin.json"));
    json::Writer writer;
    std::string request = writer.value(golden.value().root()["request"]).take();
    if (bilirubin) request = with(request, "/prefetch/observations/entry/-", bilirubin);
    const auto changed = json::Document::parse(request);
    const auto answer = judged_with(real_knowledge(), changed.value().root(), golden.value().root()["today"].text());
    return std::string(card_of(answer, "irinotecanUgt1a1Bilirubin")["detail"].text());
}

constexpr const char* one_mg_per_dl =
    R"({"resource":{"resourceType":"Observation","id":"bili","status":"final","subject":{"reference":"Patient/pat-1"},
        "effectiveDateTime":"2026-02-27","code":{"coding":[{"system":"http://loinc.org","code":"1975-2"}]},
        "valueQuantity":{"value":1,"unit":"mg/dL","system":"http://unitsofmeasure.org","code":"mg/dL"},
        "referenceRange":[{"high":{"value":1.2,"unit":"mg/dL","system":"http://unitsofmeasure.org","code":"mg/dL"}}]}})";

}  // namespace

BOOST_AUTO_TEST_SUITE(severity_that_is_not_known)

BOOST_AUTO_TEST_CASE(without_a_bilirubin_the_card_names_it) {
    const std::string detail = detail_with(nullptr);
    BOOST_TEST(detail.find("bilirubin of the last 14 days, " + std::string(remark)) != std::string::npos, detail);
}

BOOST_AUTO_TEST_CASE(with_one_it_does_not) {
    const std::string detail = detail_with(one_mg_per_dl);
    BOOST_TEST_REQUIRE(!detail.empty());
    BOOST_TEST(detail.find(remark) == std::string::npos, detail);
}

BOOST_AUTO_TEST_SUITE_END()
