// A site's own codes and orderable items: what joins, and what is refused, with file and JSON path.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "fhir/dialect_record.hpp"
#include "fhir/knowledge_edit.hpp"
#include "fhir/order.hpp"
#include "fhir/site.hpp"
#include "json/writer.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using fhir::KnowledgeFile;
using fhir::ValueSet;

namespace {

constexpr const char* lab = "https://mercy.example/codes/lab";
constexpr const char* pharmacy = "https://mercy.example/codes/pharmacy";
constexpr const char* rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
const std::string orders = "https://rectal-cds.example/fhir/ActivityDefinition";

// The real knowledge with a site's files, and the faults of those.
struct Site {
    fhir::Knowledge knowledge = EditedKnowledge().read();
    std::vector<base::Error> errors;

    explicit Site(const std::vector<KnowledgeFile>& files) { fhir::add_site(knowledge, files, errors); }

    bool is_in(ValueSet set, std::string_view system, std::string_view code) const {
        const fhir::Membership found = knowledge.codes.look_up(system, code);
        return (found.included & ~found.excluded).test(static_cast<std::size_t>(set));
    }
    std::string only_error() const {
        BOOST_TEST_REQUIRE(errors.size() == 1U);
        return errors[0].where + " " + errors[0].what;
    }
};

std::string include(const std::string& system, const std::string& codes) { return R"({"system": ")" + system + R"(", "concept": [)" + codes + "]}"; }
std::string code(const std::string& name) { return R"({"code": ")" + name + "\"}"; }

KnowledgeFile value_set(const std::string& compose, const std::string& head = R"("id": "kras-result")") {
    return {"site/valuesets/x.json", R"({"resourceType": "ValueSet", "status": "active", )" + head + R"(, "compose": {)" + compose + "}}"};
}
KnowledgeFile kras(const std::string& codes, const std::string& system = lab) { return value_set("\"include\": [" + include(system, codes) + "]"); }

std::string element(const std::string& source, const std::string& target, const std::string& equivalence) {
    return R"({"code": ")" + source + R"(", "target": [{"code": ")" + target + R"(", "equivalence": ")" + equivalence + "\"}]}";
}
KnowledgeFile map(const std::string& source, const std::string& target, const std::string& elements, const std::string& more = "") {
    return {"site/conceptmaps/y.json", R"({"resourceType": "ConceptMap", "status": "active", "group": [{"source": ")" + source + R"(", "target": ")" + target + R"(", "element": [)" + elements + "]" + more + "}]}"};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(site_value_sets)

BOOST_AUTO_TEST_CASE(codes_join_the_set_that_the_file_names_by_id_url_or_extension) {
    const std::string include_kras = "\"include\": [" + include(lab, code("MOL-KRAS")) + "]";
    const std::string ours = "https://rectal-cds.example/fhir/ValueSet/kras-result";
    for (const std::string& head : {std::string(R"("id": "kras-result")"), R"("url": ")" + ours + '"',
                                    R"("id": "mercy-kras", "url": "https://mercy.example/ValueSet/kras", "extension": [{"url": "https://rectal-cds.example/fhir/StructureDefinition/adds-to", "valueCanonical": ")" + ours + "\"}]"}) {
        const Site site({value_set(include_kras, head)});
        BOOST_TEST((site.errors.empty() && site.is_in(ValueSet::kras_result, lab, "MOL-KRAS")), head);
        BOOST_TEST(site.is_in(ValueSet::kras_result, "http://loinc.org", "85509-8"));  // ours are still there
        BOOST_TEST(site.knowledge.site.codes == 1U);
    }
    BOOST_TEST(!Site(std::vector<KnowledgeFile>{}).is_in(ValueSet::kras_result, lab, "MOL-KRAS"));
}

BOOST_AUTO_TEST_CASE(a_result_under_the_sites_code_is_read) {
    const Site site({kras(code("MOL-KRAS"))});
    const DialectRecord record{observation(coded(lab, "MOL-KRAS"), value(loinc("LA9633-4")))};
    BOOST_TEST(record.read(site.knowledge.codes).genes.size() == 1U);
    BOOST_TEST(record.read().genes.empty());
}

BOOST_AUTO_TEST_CASE(an_exclude_is_refused) {
    const Site site({value_set("\"include\": [" + include(lab, code("A")) + "], \"exclude\": [" + include("http://loinc.org", code("85509-8")) + "]")});
    BOOST_TEST(site.only_error() == "site/valuesets/x.json: compose.exclude Nothing is expected here: a site adds codes and takes none away.");
    BOOST_TEST(site.is_in(ValueSet::kras_result, "http://loinc.org", "85509-8"));
}

BOOST_AUTO_TEST_CASE(a_look_alike_that_is_excluded_cannot_be_added) {
    const Site site({kras(code("85509-8") + ", " + code("21703-4"), "http://loinc.org")});
    BOOST_TEST(site.only_error().rfind("site/valuesets/x.json: compose.include[0].concept[1].code Another code is expected", 0) == 0U);
}

BOOST_AUTO_TEST_CASE(a_code_cannot_stand_for_two_answers) {
    const auto answer = [](const char* set, const std::string& name, const std::string& system) {
        KnowledgeFile file = value_set("\"include\": [" + include(system, code(name)) + "]", R"("id": ")" + std::string(set) + '"');
        return file;
    };
    const Site ours({answer("result-negative", "LA9633-4", "http://loinc.org")});  // LOINC: Present
    BOOST_TEST(ours.only_error().find("'result-negative', 'result-positive'") != std::string::npos);
    const Site own({answer("m-category-m0", "M", lab), answer("m-category-m1", "M", lab)});
    BOOST_TEST(own.only_error().find("compose.include[0].concept[0].code A code with one meaning is expected") != std::string::npos);
    const Site drugs({answer("drug-cetuximab", "RX1", pharmacy), answer("drug-panitumumab", "RX1", pharmacy)});
    BOOST_TEST(drugs.only_error().find("'drug-cetuximab', 'drug-panitumumab'") != std::string::npos);
    BOOST_TEST(Site({answer("kras-result", "RAS", lab), answer("nras-result", "RAS", lab)}).errors.empty());  // one test of both genes
}

BOOST_AUTO_TEST_CASE(a_file_that_names_no_set_of_ours_is_refused) {
    const std::string include_a = "\"include\": [" + include(lab, code("A")) + "]";
    BOOST_TEST(Site({value_set(include_a, R"("id": "kras")")}).only_error().rfind("site/valuesets/x.json: id The id or the url", 0) == 0U);
    BOOST_TEST(Site({value_set(include_a, R"("extension": [{"url": "https://rectal-cds.example/fhir/StructureDefinition/adds-to", "valueCanonical": "https://rectal-cds.example/fhir/ValueSet/kras"}])")})
                   .only_error().find(": extension[0].valueCanonical ") != std::string::npos);
    BOOST_TEST(Site({value_set(include_a, R"("id": "kras-result", "url": "https://rectal-cds.example/fhir/ValueSet/nras-result")")}).only_error().find(": url ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(codes_are_listed_one_by_one) {
    const auto error = [](const std::string& part) { return Site({value_set("\"include\": [" + part + "]")}).only_error(); };
    BOOST_TEST(error(R"({"system": "https://mercy.example/codes/lab"})").find("include[0].concept At least one code is expected") != std::string::npos);
    BOOST_TEST(error(R"({"system": "x", "concept": [{"code": "A"}], "filter": [{"property": "concept", "op": "is-a", "value": "B"}]})").find("include[0].filter Nothing") != std::string::npos);
    BOOST_TEST(error(R"({"system": "x", "concept": [{"code": "A"}], "valueSet": ["y"]})").find("include[0].valueSet Nothing") != std::string::npos);
    BOOST_TEST(error(R"({"concept": [{"code": "A"}]})").find("include[0].system A code system URI") != std::string::npos);
    BOOST_TEST(error(R"({"system": "x", "concept": [{"display": "A"}]})").find("include[0].concept[0].code A code is expected") != std::string::npos);
    BOOST_TEST(Site({value_set("\"include\": []")}).only_error().find("compose.include At least one") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_that_means_something_else_is_refused) {
    BOOST_TEST(Site({KnowledgeFile{"site/valuesets/x.json", "{"}}).errors.size() == 1U);
    BOOST_TEST(Site({KnowledgeFile{"site/valuesets/x.json", R"({"resourceType": "ConceptMap"})"}}).only_error().find("resourceType 'ValueSet'") != std::string::npos);
    BOOST_TEST(Site({KnowledgeFile{"site/valueset/x.json", "{}"}}).only_error().find("No JSON file is expected here") != std::string::npos);
    const Site retired({value_set("\"include\": [" + include(lab, code("A")) + "]", R"("id": "kras-result", "implicitRules": "x")")});
    BOOST_TEST(retired.only_error().find("implicitRules Nothing") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(site_concept_maps)

BOOST_AUTO_TEST_CASE(a_local_code_gets_the_memberships_of_its_target) {
    for (const char* word : {"equivalent", "equal", "wider", "subsumes"}) {
        const Site site({map(pharmacy, rxnorm, element("RX-1", "318341", word))});
        BOOST_TEST((site.errors.empty() && site.is_in(ValueSet::drug_cetuximab, pharmacy, "RX-1")), word);
    }
    const Site icd({map(lab, "http://hl7.org/fhir/sid/icd-10-cm", element("DX", "C18.3", "equivalent"))});
    BOOST_TEST(icd.is_in(ValueSet::colon_or_anal_cancer, lab, "DX"));  // by the category of its target
}

BOOST_AUTO_TEST_CASE(a_mapping_to_something_narrower_or_uncertain_is_refused) {
    for (const char* word : {"narrower", "specializes", "inexact", "relatedto", ""}) {
        const Site site({map(pharmacy, rxnorm, element("RX-1", "318341", word))});
        BOOST_TEST(site.only_error().find("group[0].element[0].target[0].equivalence 'equivalent'") != std::string::npos, word);
        BOOST_TEST(!site.is_in(ValueSet::drug_cetuximab, pharmacy, "RX-1"), word);
    }
    for (const char* word : {"unmatched", "disjoint"}) BOOST_TEST(Site({map(pharmacy, rxnorm, element("RX-1", "318341", word))}).errors.empty(), word);
}

BOOST_AUTO_TEST_CASE(a_look_alike_as_target_stays_a_look_alike) {
    const Site site({map(pharmacy, rxnorm, element("RX-2", "310379", "equivalent"))});  // fluorouracil for the skin
    BOOST_TEST((site.errors.empty() && !site.is_in(ValueSet::drug_fluorouracil, pharmacy, "RX-2")));
}

BOOST_AUTO_TEST_CASE(a_known_code_keeps_its_meaning) {
    const Site site({map("http://loinc.org", "http://loinc.org", element("LA9634-2", "LA9633-4", "equivalent"))});
    BOOST_TEST(site.only_error().find("group[0].element[0].code A code of the site is expected") != std::string::npos);
    BOOST_TEST(site.is_in(ValueSet::result_negative, "http://loinc.org", "LA9634-2"));
    const Site twice({map(pharmacy, rxnorm, element("RX-1", "318341", "equivalent") + ", " + element("RX-1", "263034", "equivalent"))});
    BOOST_TEST(twice.only_error().find("'drug-cetuximab', 'drug-panitumumab'") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_target_that_nothing_knows_is_refused) {
    const Site site({map(pharmacy, rxnorm, element("RX-1", "99999999", "equivalent"))});
    BOOST_TEST(site.only_error().find("group[0].element[0].target[0].code A code that a value set") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_mapping_that_depends_on_more_is_refused) {
    const auto error = [](const std::string& part) { return Site({map(pharmacy, rxnorm, R"({"code": "RX-1", "target": [{"code": "318341", "equivalence": "equivalent", )" + part + "}]}")}).only_error(); };
    BOOST_TEST(error(R"("dependsOn": [{"property": "x", "value": "y"}])").find("target[0].dependsOn Nothing") != std::string::npos);
    BOOST_TEST(Site({map(pharmacy, rxnorm, element("RX-1", "318341", "equal"), R"(, "unmapped": {"mode": "fixed", "code": "318341"})")}).only_error().find("group[0].unmapped Nothing") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(all_errors_of_all_files_come_at_once) {
    const Site site({value_set("\"include\": []"), map(pharmacy, rxnorm, element("RX-1", "1", "equal") + ", " + element("RX-2", "2", "equal"))});
    BOOST_TEST(site.errors.size() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(site_orderable_items)

namespace {

std::string written(const Site& site, const char* id) {
    json::Writer writer;
    fhir::OrderContext context;
    context.patient_reference = "Patient/1";
    context.authored = *base::parse_day("2026-03-02");
    fhir::write_order(writer, site.knowledge.orders.at(id), context);
    return writer.take();
}

bool holds(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_CASE(a_suggested_order_carries_the_sites_item_beside_our_code) {
    const Site site({map(orders, lab, element("cea", "L-CEA", "equivalent")), map(orders, pharmacy, element("oxaliplatin-85-q14d", "ONC-OX", "narrower"))});
    BOOST_TEST_REQUIRE(site.errors.empty());
    BOOST_TEST(site.knowledge.site.orderables == 2U);
    const std::string cea = written(site, "cea"), oxaliplatin = written(site, "oxaliplatin-85-q14d");
    BOOST_TEST((holds(cea, R"("code":"2039-6")") && holds(cea, R"({"system":"https://mercy.example/codes/lab","code":"L-CEA"})")));
    BOOST_TEST((holds(oxaliplatin, R"("code":"32592")") && holds(oxaliplatin, R"("code":"ONC-OX")") && holds(oxaliplatin, R"("text":"oxaliplatin")")));
    BOOST_TEST(!holds(written(site, "oxaliplatin-130-q21d"), "ONC-OX"));
}

BOOST_AUTO_TEST_CASE(an_order_without_a_code_of_ours_gets_the_sites) {
    const Site site({map(orders, lab, element("thoracic-surgery-referral", "REF-THO", "equivalent"))});
    BOOST_TEST(holds(written(site, "thoracic-surgery-referral"), R"("code":"REF-THO")"));
    BOOST_TEST(!holds(written(Site(std::vector<KnowledgeFile>{}), "thoracic-surgery-referral"), "mercy"));
}

BOOST_AUTO_TEST_CASE(the_code_of_a_product_stands_for_every_order_of_it) {
    const Site site({map(rxnorm, pharmacy, element("32592", "ONC-OX", "equivalent"))});
    BOOST_TEST_REQUIRE(site.errors.empty());
    for (const char* id : {"oxaliplatin-85-q14d", "oxaliplatin-130-q21d"}) BOOST_TEST(holds(written(site, id), "ONC-OX"), id);
}

// Otherwise the order that the service suggested would come back unknown, and no safety rule would see it.
BOOST_AUTO_TEST_CASE(an_item_is_recognised_when_it_is_ordered) {
    const Site site({map(orders, pharmacy, element("cetuximab-500-q14d", "ONC-CET", "equivalent")), map(orders, lab, element("cea", "L-CEA", "equivalent"))});
    BOOST_TEST(site.is_in(ValueSet::drug_cetuximab, pharmacy, "ONC-CET"));
    const auto& keys = site.knowledge.orders.at("cea").keys;
    BOOST_TEST((std::find(keys.begin(), keys.end(), std::string(lab) + "|L-CEA") != keys.end()));
    const Site two({map(orders, pharmacy, element("cetuximab-500-q14d", "ONC-1", "equivalent") + ", " + element("panitumumab-6-q14d", "ONC-1", "equivalent"))});
    BOOST_TEST(two.only_error().find("'drug-cetuximab', 'drug-panitumumab'") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_item_may_be_mapped_in_both_directions_in_either_order) {
    const KnowledgeFile item = map(orders, pharmacy, element("cetuximab-500-q14d", "ONC-CET", "equivalent")), local = map(pharmacy, rxnorm, element("ONC-CET", "318341", "wider"));
    BOOST_TEST((Site({item, local}).errors.empty() && Site({local, item}).errors.empty()));
}

BOOST_AUTO_TEST_CASE(a_code_that_is_known_may_be_an_item_if_it_means_the_order) {
    const Site product({map(orders, rxnorm, element("oxaliplatin-85-q14d", "1736786", "narrower"))});  // oxaliplatin 100 mg
    BOOST_TEST((product.errors.empty() && holds(written(product, "oxaliplatin-85-q14d"), "1736786")));
    const Site other({map(orders, "http://loinc.org", element("cea", "85509-8", "equivalent"))});
    BOOST_TEST(other.only_error().find("target[0].code An item for this order is expected") != std::string::npos);
    BOOST_TEST(!other.is_in(ValueSet::cea_mass_observation, "http://loinc.org", "85509-8"));
}

BOOST_AUTO_TEST_CASE(an_item_that_does_not_fit_is_refused) {
    BOOST_TEST(Site({map(orders, lab, element("cea-test", "L-CEA", "equivalent"))}).only_error().find("group[0].element[0].code The id of an order") != std::string::npos);
    BOOST_TEST(Site({map(orders, lab, element("cea", "L-ALL", "wider"))}).only_error().find("target[0].equivalence 'equivalent', 'equal', 'narrower'") != std::string::npos);
    BOOST_TEST(Site({map(orders, lab, element("cea", "L-1", "equal") + ", " + element("cea", "L-2", "equal"))}).only_error().find("element[1].target[0].code One item") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
