// Drugs by ingredient, product, brand, biosimilar, ATC and HCPCS; look-alikes; what counts as an order or a dose
// (terminology.md 7, pitfalls 34 to 38).
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <tuple>

#include "fhir/dialect_record.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using domain::Drug;
using domain::Topic;

namespace {

std::string rxnorm(std::string_view code) { return coded("http://www.nlm.nih.gov/research/umls/rxnorm", code); }
std::string atc(std::string_view code) { return coded("http://www.whocc.no/atc", code); }
std::string hcpcs(std::string_view code) { return coded("https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", code); }

std::vector<Drug> given(const std::string& medication, const std::string& members = "") {
    std::vector<Drug> drugs;
    for (const domain::Dose& dose : DialectRecord({administration(medication, members)}).read().doses) drugs.push_back(dose.drug);
    return drugs;
}

bool is(const std::string& medication, Drug drug) { return given(medication) == std::vector<Drug>{drug}; }

// Neither one of our drugs nor a doubt about one.
bool is_another_drug(const std::string& medication) {
    const domain::Case record = DialectRecord({administration(medication)}).read();
    return record.doses.empty() && record.unusable.empty();
}

// A doubt about one of our drugs, and nothing used.
bool is_only_named(const std::string& medication) {
    const domain::Case record = DialectRecord({administration(medication)}).read();
    return record.doses.empty() && is_unusable(record, Topic::medication);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dialect_drugs)

BOOST_AUTO_TEST_CASE(a_drug_is_known_by_ingredient_product_brand_atc_and_hcpcs) {
    for (const char* code : {"194000", "200328", "213293", "371250"}) BOOST_TEST(is(rxnorm(code), Drug::capecitabine), code);
    BOOST_TEST(is(atc("L01BC06"), Drug::capecitabine));
    BOOST_TEST(is(hcpcs("J8520"), Drug::capecitabine));
    BOOST_TEST(is(coded("urn:oid:2.16.840.1.113883.6.88", "318341"), Drug::cetuximab));
    for (const char* code : {"1670310", "1670311", "1670322"}) BOOST_TEST(is(rxnorm(code), Drug::trifluridine_tipiracil), code);
    BOOST_TEST(is(atc("L01XX77"), Drug::adagrasib));
}

BOOST_AUTO_TEST_CASE(biosimilars_are_the_drug) {
    for (const char* code : {"253337", "2046138", "2268037", "2046140", "2268039"}) BOOST_TEST(is(rxnorm(code), Drug::bevacizumab), code);
    for (const char* code : {"J9035", "Q5107", "Q5118"}) BOOST_TEST(is(hcpcs(code), Drug::bevacizumab), code);
    for (const char* code : {"Q5112", "Q5113", "Q5114", "Q5116", "Q5117"}) BOOST_TEST(is(hcpcs(code), Drug::trastuzumab), code);
}

BOOST_AUTO_TEST_CASE(old_and_new_atc_are_one_drug) {
    for (const auto& [drug, now, before] : {std::tuple{Drug::bevacizumab, "L01FG01", "L01XC07"}, std::tuple{Drug::cetuximab, "L01FE01", "L01XC06"},
                                            std::tuple{Drug::irinotecan, "L01CE02", "L01XX19"}, std::tuple{Drug::regorafenib, "L01EX05", "L01XE21"},
                                            std::tuple{Drug::encorafenib, "L01EC03", "L01XE46"}}) {
        BOOST_TEST((is(atc(now), drug) && is(atc(before), drug)), now);
    }
}

// Creams and eye drops share the ingredient; liposomes and antibody conjugates share the name.
BOOST_AUTO_TEST_CASE(look_alikes_are_other_drugs) {
    for (const char* code : {"105583", "310379", "377700", "1669868"}) BOOST_TEST(is_another_drug(rxnorm(code)), code);  // skin
    for (const char* code : {"1719768", "1719772", "2284502"}) BOOST_TEST(is_another_drug(rxnorm(code)), code);          // liposomal irinotecan
    BOOST_TEST(is_another_drug(hcpcs("J9205")));
    for (const char* code : {"10803", "1232150", "1723182"}) BOOST_TEST(is_another_drug(rxnorm(code)), code);            // eye
    for (const char* code : {"2267582", "1371041"}) BOOST_TEST(is_another_drug(rxnorm(code)), code);                     // conjugates
    BOOST_TEST(is_another_drug(hcpcs("J9354")));
    BOOST_TEST(is_another_drug(atc("L01FD04")));
}

// A product list may carry the ingredient beside the product; the look-alike decides.
BOOST_AUTO_TEST_CASE(a_look_alike_beside_the_ingredient_is_not_the_drug) {
    const std::string cream = R"({"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "4492"}, {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "310379"}]})";
    BOOST_TEST(is_another_drug(cream));
    BOOST_TEST(is(rxnorm("4492"), Drug::fluorouracil));
}

BOOST_AUTO_TEST_CASE(leucovorin_and_levoleucovorin_are_told_apart) {
    BOOST_TEST(is(rxnorm("6313"), Drug::leucovorin));
    BOOST_TEST(is(atc("V03AF04"), Drug::levoleucovorin));
    BOOST_TEST(is(hcpcs("J0641"), Drug::levoleucovorin));
}

// clinical.md 6: product codes that openFDA lists. A regeneration of the value sets must not lose them.
BOOST_AUTO_TEST_CASE(products_seen_in_openfda_are_the_drug) {
    for (const char* code : {"1657066", "1657068", "1657073", "1657074"}) BOOST_TEST(is(rxnorm(code), Drug::bevacizumab), code);
    for (const char* code : {"1657658", "1657660", "1657663", "1657664"}) BOOST_TEST(is(rxnorm(code), Drug::cetuximab), code);
    BOOST_TEST(is(rxnorm("1657703"), Drug::panitumumab));
    BOOST_TEST(is(rxnorm("1657746"), Drug::pembrolizumab));
    BOOST_TEST(is_another_drug(rxnorm("1657661")));
}

// local-codes.md 2: the text form ^warfarin; other coumarins have no verified code, and by name are a doubt of their own.
BOOST_AUTO_TEST_CASE(warfarin_counts_by_text_beside_any_code_and_other_coumarins_are_named_only) {
    const auto beside = [](const char* code, const char* words) {
        return R"({"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": ")" + std::string(code) + R"("}], "text": ")" + words + "\"}";
    };
    BOOST_TEST((DialectRecord({medication_request(beside("11289", "Warfarin 5 mg"))}).read().orders.at(0).drug == Drug::warfarin));
    BOOST_TEST(DialectRecord({medication_request(beside("11289", "no warfarin"))}).read().orders.empty());
    for (const char* name : {"Coumadin 5 mg", "Marcumar", "Phenprocoumon", "acenocoumarol", "no warfarin"}) {
        for (const std::string& medication : {beside("99999999", name), text(name)}) {
            const domain::Case record = DialectRecord({medication_request(medication)}).read();
            BOOST_TEST((record.orders.empty() && is_unusable(record, Topic::anticoagulant) && !is_unusable(record, Topic::medication)), medication);
        }
    }
    BOOST_TEST(is_another_drug(text("rivaroxaban")));
}

// Numbers that public code gives for these drugs and that belong to others, or to nothing.
BOOST_AUTO_TEST_CASE(codes_that_are_wrong_or_unverified_match_nothing) {
    for (const char* code : {"1643507", "2569878", "2641288", "472407780", "40048"}) BOOST_TEST(is_another_drug(rxnorm(code)), code);
    for (const char* code : {"Q5126", "Q5129", "J9272"}) BOOST_TEST(is_another_drug(hcpcs(code)), code);
    BOOST_TEST(is(rxnorm("1547545"), Drug::pembrolizumab));  // not nivolumab
    BOOST_TEST(is(rxnorm("2049108"), Drug::encorafenib));    // not sotorasib
}

BOOST_AUTO_TEST_CASE(a_medication_is_found_by_reference_and_inside_the_resource) {
    const std::string medication = R"({"resourceType": "Medication", "id": "med1", "code": )" + coded("http://fhir.de/CodeSystem/bfarm/atc", "L01XA03") + "}";
    for (const char* reference : {"Medication/med1", "https://ehr.example/fhir/Medication/med1"}) {
        const std::string dose = administration("", "\"medicationReference\": {\"reference\": \"" + std::string(reference) + "\"}");
        BOOST_TEST((DialectRecord({dose, medication}).read().doses.at(0).drug == Drug::oxaliplatin), reference);
    }
    for (const char* elsewhere : {"https://other.example/fhir/Medication/med1", "https://ehr.example/fhir/x/Medication/med1", "https://ehr.example/Medication/med1"}) {
        const std::string dose = administration("", "\"medicationReference\": {\"reference\": \"" + std::string(elsewhere) + "\"}");
        BOOST_TEST(DialectRecord({dose, medication}).read().doses.empty(), elsewhere);
    }
    const std::string contained = administration("", "\"contained\": [" + medication + "], \"medicationReference\": {\"reference\": \"#med1\"}");
    BOOST_TEST((DialectRecord({contained}).read().doses.at(0).drug == Drug::oxaliplatin));
    const domain::Case missing = DialectRecord({administration("", R"("medicationReference": {"reference": "Medication/med9"})")}).read();
    BOOST_TEST((missing.doses.empty() && is_unusable(missing, Topic::medication)));
}

// A coding without a code, as German records send it, leaves only the text.
BOOST_AUTO_TEST_CASE(a_drug_by_text_alone_is_said_and_not_used) {
    const std::string as_text = R"({"coding": [{"system": "http://fhir.de/CodeSystem/bfarm/atc", "_code": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "as-text"}]}}], "text": "5-Fluorouracil"})";
    for (const std::string& medication : {as_text, text("bevacizumab-maly 400 mg"), text("Alymsys"), text("XELODA 500 mg tablet"), text("Lonsurf")}) {
        const domain::Case record = DialectRecord({administration(medication)}).read();
        BOOST_TEST((record.doses.empty() && is_unusable(record, Topic::medication)), medication);
    }
    for (const std::string& medication : {text("aspirin"), text("cetuximabus-free cream base"), text("5-full"), text("CAPOXX")}) BOOST_TEST(is_another_drug(medication), medication);
    BOOST_TEST((DialectRecord({medication_request(text("Warfarin 5 mg"))}).read().orders.at(0).drug == Drug::warfarin));
}

BOOST_AUTO_TEST_CASE(a_regimen_used_as_a_medication_is_its_drugs) {
    constexpr const char* ncit = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl";
    const auto holds = [](const std::vector<Drug>& drugs, Drug drug) { return std::find(drugs.begin(), drugs.end(), drug) != drugs.end(); };
    const auto folfox = given(coded(ncit, "C11197"));
    BOOST_TEST((folfox.size() == 3U && holds(folfox, Drug::oxaliplatin) && holds(folfox, Drug::fluorouracil) && holds(folfox, Drug::leucovorin)));
    BOOST_TEST((holds(given(coded(ncit, "C63593")), Drug::irinotecan) && given(coded(ncit, "C11764")).size() == 4U));
    for (const char* name : {"FOLFOX", "mFOLFOX6 cycle 3", "FOLFIRI + bev", "XELOX", "CapOx"}) BOOST_TEST(is_only_named(text(name)), name);
}

BOOST_AUTO_TEST_CASE(abbreviations_biosimilars_and_brands_are_names_too) {
    for (const char* name : {"5-FU 46 h", "5FU", "Folins\u00e4ure 400 mg", "Calciumfolinat", "bevacizumab-tnjn", "Avzivi 100 mg", "Vegzelma", "Ogivri", "Campto"})
        BOOST_TEST(is_only_named(text(name)), name);
}

// A pharmacy's own number, or a product that is newer than the value sets.
BOOST_AUTO_TEST_CASE(a_code_that_is_not_known_with_a_telling_display_is_said_and_not_used) {
    const auto shown = [](const char* system, const char* code, const char* display) {
        return R"({"coding": [{"system": ")" + std::string(system) + R"(", "code": ")" + code + R"(", "display": ")" + display + "\"}]}";
    };
    constexpr const char* rx = "http://www.nlm.nih.gov/research/umls/rxnorm";
    BOOST_TEST(is_only_named(shown("https://hospital.example/formulary", "ONC-17", "CETUXIMAB 500 MG VIAL")));
    BOOST_TEST(is_only_named(shown(rx, "99999999", "bevacizumab-tnjn 25 MG/ML Injection [Avzivi]")));
    BOOST_TEST(is_another_drug(shown("https://hospital.example/formulary", "ONC-18", "PACLITAXEL 100 MG VIAL")));
    BOOST_TEST(is_another_drug(shown(rx, "310379", "fluorouracil 50 MG/ML Topical Cream")));  // known, and for the skin
    BOOST_TEST(is(R"({"coding": [{"system": "https://hospital.example/formulary", "code": "1", "display": "Cetuximab"}, {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "318341"}]})", Drug::cetuximab));
}

BOOST_AUTO_TEST_CASE(what_is_not_given_is_no_dose) {
    for (const char* status : {"not-done", "entered-in-error"}) {
        const domain::Case record = DialectRecord({administration(rxnorm("318341"), "\"status\": \"" + std::string(status) + '"')}).read();
        BOOST_TEST((record.doses.empty() && record.unusable.empty()), status);
    }
    const domain::Case odd = DialectRecord({administration(rxnorm("318341"), "\"status\": \"unknown\"")}).read();
    BOOST_TEST((odd.doses.empty() && is_unusable(odd, Topic::medication)));
}

BOOST_AUTO_TEST_CASE(an_order_is_not_a_dose_and_a_proposal_is_no_order) {
    const auto orders = [](const std::string& members) { return DialectRecord({medication_request(rxnorm("318341"), members)}).read().orders; };
    BOOST_TEST((orders("").size() == 1U && orders("").at(0).active));
    for (const char* status : {"completed", "stopped"}) BOOST_TEST(!orders("\"status\": \"" + std::string(status) + '"').at(0).active, status);
    for (const char* status : {"draft", "cancelled", "entered-in-error", "on-hold"}) BOOST_TEST(orders("\"status\": \"" + std::string(status) + '"').empty(), status);
    for (const char* intent : {"proposal", "plan", "option"}) BOOST_TEST(orders("\"intent\": \"" + std::string(intent) + '"').empty(), intent);
    BOOST_TEST(orders("\"doNotPerform\": true").empty());
    const auto doses = DialectRecord({medication_request(rxnorm("318341"))}).read().doses;
    BOOST_TEST_REQUIRE(doses.size() == 1U);
    BOOST_TEST(!doses[0].administered);  // "ordered, not confirmed given"
}

// A fact found only in a resource type that is not asked for is "not found in the resources this service reads".
BOOST_AUTO_TEST_CASE(a_medication_statement_is_not_read) {
    const std::string statement = R"({"resourceType": "MedicationStatement", "id": "s1", "status": "completed", "medicationCodeableConcept": )" + rxnorm("318341") + "}";
    const domain::Case record = DialectRecord({statement}).read();
    BOOST_TEST((record.doses.empty() && record.orders.empty() && record.unusable.empty()));
}

BOOST_AUTO_TEST_CASE(an_allergy_in_words_is_a_doubt_about_the_drug_or_the_class_that_it_names) {
    using Of = domain::ClassAllergy::Of;
    const auto allergic = [](const std::string& code) { return DialectRecord({R"({"resourceType": "AllergyIntolerance", "id": "al1", "code": )" + code + "}"}).read(); };
    const auto bare = [](const char* code) { return R"({"coding": [{"system": "http://snomed.info/sct", "code": ")" + std::string(code) + "\"}]}"; };
    for (const char* words : {"Platinum compounds", "CISPLATIN", "carboplatin 450 mg", "Platinverbindungen", "Allergie auf Platin"}) {
        const domain::Case record = allergic(text(words));
        BOOST_TEST((record.allergies.empty() && record.class_allergies.size() == 1U && record.class_allergies[0].of == Of::platinum), words);
    }
    BOOST_TEST((allergic(text("Fluoropyrimidines")).class_allergies.at(0).of == Of::fluoropyrimidines));
    BOOST_TEST(is_unusable(allergic(text("Eloxatin")), Topic::allergy));
    for (const char* words : {"penicillin", "Platinen", "Warfarin", "latex"}) {
        const domain::Case record = allergic(text(words));
        BOOST_TEST((record.class_allergies.empty() && record.unusable.empty()), words);
    }
    const auto uncoded = [](const domain::Case& record) { return record.uncoded[static_cast<std::size_t>(domain::Input::allergies)]; };
    BOOST_TEST(uncoded(allergic(bare("395814003"))) == 1);
    BOOST_TEST(uncoded(allergic(text("penicillin"))) == 0);
    BOOST_TEST(uncoded(allergic(rxnorm("32592"))) == 0);
}

BOOST_AUTO_TEST_CASE(an_allergy_is_read_by_its_status_in_the_hl7_code_system) {
    const auto allergies = [](const std::string& codings) {
        const std::string resource = R"({"resourceType": "AllergyIntolerance", "id": "al1", "code": )" + rxnorm("32592") + ", \"verificationStatus\": {\"coding\": [" + codings + "]}}";
        return DialectRecord({resource}).read().allergies.size();
    };
    const std::string local = R"({"system": "https://ehr.example/certainty", "code": "2"})";
    const auto hl7 = [](const char* code) { return R"({"system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", "code": ")" + std::string(code) + "\"}"; };
    BOOST_TEST(allergies(local + ", " + hl7("confirmed")) == 1U);
    BOOST_TEST(allergies(local + ", " + hl7("refuted")) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
