// A modifier that is not understood may turn a resource into its opposite, wherever in it it stands: the resource is
// not used, and what it may have spoken of is unknown (reliability.md 1.5; T52).
#include <boost/test/unit_test.hpp>

#include <functional>

#include "fhir/dialect_record.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using domain::Topic;

namespace {

const std::string modifier = R"("modifierExtension": [{"url": "https://example.org/not", "valueBoolean": true}])";
const std::string ordinary = R"("extension": [{"url": "https://example.org/note", "valueBoolean": true}])";

struct Modified {
    const char* what;
    std::function<std::string(const std::string&)> with;  // the resource with this member
    Topic topic;
    std::function<bool(const domain::Case&)> is_used;
};

const std::string kras = loinc("85509-8"), variant = loinc("69548-6"), panel = loinc("34566-0");
const std::string mutant = value(loinc("LA9633-4"));
const std::string fluorouracil = coded("http://www.nlm.nih.gov/research/umls/rxnorm", "4492");

bool has_gene(const domain::Case& record) { return !record.genes.empty(); }

const std::vector<Modified>& all_modified() {
    static const std::vector<Modified> all{
        {"an Observation", [](const std::string& member) { return observation(kras, mutant + ", " + member); },
         Topic::kras, has_gene},
        {"a component",
         [](const std::string& member) {
             return observation(variant, mutant + R"(, "component": [{"code": )" + loinc("48018-6") +
                                             R"(, "valueCodeableConcept": )" +
                                             coded("http://www.genenames.org", "HGNC:6407") + ", " + member + "}]");
         },
         Topic::kras, has_gene},
        {"a range of reference",
         [](const std::string& member) {
             return observation(loinc("2039-6"),
                                quantity(12, "ng/mL") + R"(, "referenceRange": [{"text": "up to 5", )" + member + "}]");
         },
         Topic::cea, [](const domain::Case& record) { return !record.measurements.empty(); }},
        {"a Condition",
         [](const std::string& member) { return condition(coded("http://hl7.org/fhir/sid/icd-10-cm", "C20"), member); },
         Topic::primary, [](const domain::Case& record) { return !record.primaries.empty(); }},
        {"a stage of a Condition",
         [](const std::string& member) {
             return condition(coded("http://hl7.org/fhir/sid/icd-10-cm", "C20"),
                              R"("stage": [{"summary": {"text": "IV"}, )" + member + "}]");
         },
         Topic::primary, [](const domain::Case& record) { return !record.primaries.empty(); }},
        {"a dosage of an administration",
         [](const std::string& member) {
             return administration(fluorouracil, R"("dosage": {"text": "400 mg/m2", )" + member + "}");
         },
         Topic::medication, [](const domain::Case& record) { return !record.doses.empty(); }},
        {"a dosage of an order",
         [](const std::string& member) {
             return medication_request(fluorouracil, R"("dosageInstruction": [{"text": "400 mg/m2", )" + member + "}]");
         },
         Topic::medication, [](const domain::Case& record) { return !record.orders.empty(); }},
    };
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_modifier)

BOOST_AUTO_TEST_CASE(T52_that_is_not_understood_leaves_its_resource_unused_and_its_topic_open) {
    for (const Modified& modified : all_modified()) {
        const domain::Case record = DialectRecord({modified.with(modifier)}).read();
        BOOST_TEST(!modified.is_used(record), modified.what);
        BOOST_TEST(is_unusable(record, modified.topic), modified.what);
    }
}

BOOST_AUTO_TEST_CASE(T52_is_not_an_ordinary_extension) {
    for (const Modified& modified : all_modified()) {
        const domain::Case record = DialectRecord({modified.with(ordinary)}).read();
        BOOST_TEST(modified.is_used(record), modified.what);
        BOOST_TEST(!is_unusable(record, modified.topic), modified.what);
    }
}

BOOST_AUTO_TEST_CASE(T52_of_the_whole_resource_may_be_a_rule_set) {
    const domain::Case record =
        DialectRecord({observation(kras, mutant + R"(, "implicitRules": "https://example.org/rules")")}).read();
    BOOST_TEST(!has_gene(record));
    BOOST_TEST(is_unusable(record, Topic::kras));
}

BOOST_AUTO_TEST_SUITE_END()
