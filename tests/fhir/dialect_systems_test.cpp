// One code, many spellings: systems as OIDs and in older URIs, codes with dots, prefixes and refinements.
#include <boost/test/unit_test.hpp>

#include "fhir/dialect_record.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using fhir::ValueSet;

namespace {

bool is_in(ValueSet set, std::string_view system, std::string_view code) {
    const fhir::Membership found = code_book().look_up(system, code);
    const auto index = static_cast<std::size_t>(set);
    return found.included.test(index) && !found.excluded.test(index);
}

constexpr const char* snomed = "http://snomed.info/sct";
const std::string oid = "urn:oid:2.16.840.1.113883.6.";

}  // namespace

BOOST_AUTO_TEST_SUITE(dialect_systems)

BOOST_AUTO_TEST_CASE(systems_as_oids_are_the_same_systems) {
    BOOST_TEST(is_in(ValueSet::rectal_cancer, oid + "96", "93984006"));
    BOOST_TEST(is_in(ValueSet::kras_result, oid + "1", "85509-8"));
    BOOST_TEST(is_in(ValueSet::rectal_cancer, oid + "90", "C20"));
    BOOST_TEST(is_in(ValueSet::drug_cetuximab, oid + "88", "318341"));
    BOOST_TEST(is_in(ValueSet::rectal_resection, oid + "12", "45110"));
    BOOST_TEST(is_in(ValueSet::rectal_resection, oid + "4", "0DTP0ZZ"));
    BOOST_TEST(is_in(ValueSet::drug_cetuximab, oid + "285", "J9055"));
    BOOST_TEST(is_in(ValueSet::rectum_body_site, oid + "43.1", "C20.9"));
}

BOOST_AUTO_TEST_CASE(an_unknown_oid_or_no_system_at_all_is_no_system_we_know) {
    BOOST_TEST(!is_in(ValueSet::rectal_cancer, oid + "103", "C20"));
    BOOST_TEST(!is_in(ValueSet::rectal_cancer, "", "C20"));
    BOOST_TEST(!is_in(ValueSet::gene_kras, oid + "281", "6407"));  // no source says that this is HGNC
}

BOOST_AUTO_TEST_CASE(icd_10_of_germany_and_of_the_who_is_read_like_the_american_one) {
    for (const char* system : {"http://fhir.de/CodeSystem/bfarm/icd-10-gm", "http://fhir.de/CodeSystem/dimdi/icd-10-gm",
                               "http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-cm"}) {
        BOOST_TEST(is_in(ValueSet::rectal_cancer, system, "C20"), system);
    }
    BOOST_TEST(!is_in(ValueSet::rectal_cancer, "http://hl7.org/fhir/sid/icd-9-cm", "154.1"));
}

BOOST_AUTO_TEST_CASE(icd_codes_without_dot_or_in_lower_case_are_read) {
    constexpr const char* icd = "http://hl7.org/fhir/sid/icd-10-cm";
    BOOST_TEST(is_in(ValueSet::colon_or_anal_cancer, icd, "C187"));
    BOOST_TEST(is_in(ValueSet::colon_or_anal_cancer, icd, "c18.7"));
    BOOST_TEST(is_in(ValueSet::metastasis_liver, icd, "c787"));
    BOOST_TEST(!is_in(ValueSet::rectal_cancer, icd, "C20; C78.7"));  // several codes in one cell are none
    BOOST_TEST(!is_in(ValueSet::metastasis_liver, icd, "C20; C78.7"));
}

BOOST_AUTO_TEST_CASE(genes_count_with_and_without_prefix_and_by_the_older_uri) {
    for (const char* code : {"HGNC:6407", "6407"}) {
        BOOST_TEST(is_in(ValueSet::gene_kras, "http://www.genenames.org", code));
        BOOST_TEST(is_in(ValueSet::gene_kras, "http://www.genenames.org/geneId", code));
    }
    BOOST_TEST(!is_in(ValueSet::gene_kras, "http://www.genenames.org", "KRAS"));
}

BOOST_AUTO_TEST_CASE(the_thesaurus_is_known_under_each_of_its_uris) {
    for (const char* system : {"http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl", "http://ncimeta.nci.nih.gov",
                               "http://ncithesaurus-stage.nci.nih.gov"}) {
        BOOST_TEST(is_in(ValueSet::regimen_folfox, system, "C11197"), system);
    }
    BOOST_TEST(!is_in(ValueSet::regimen_folfox, "http://example.org/ncit", "C11197"));
}

BOOST_AUTO_TEST_CASE(placeholders_of_mcode_stu2_stand_for_the_codes_issued_later) {
    constexpr const char* requested = "http://hl7.org/fhir/us/mcode/CodeSystem/snomed-requested-cs";
    BOOST_TEST(is_in(ValueSet::radiotherapy_procedure, requested, "USCRS-33529"));
    BOOST_TEST(is_in(ValueSet::radiotherapy_procedure, requested, "1217123003"));
    BOOST_TEST(is_in(ValueSet::disease_status_improved, requested, "USCRS-352236"));
    BOOST_TEST(is_in(ValueSet::disease_status_improved, requested, "USCRS-352237"));
    BOOST_TEST(!is_in(ValueSet::radiotherapy_procedure, requested, "USCRS-33517"));  // a technique of another kind
}

BOOST_AUTO_TEST_CASE(drugs_are_known_by_the_german_and_the_old_atc) {
    BOOST_TEST(is_in(ValueSet::drug_oxaliplatin, "http://fhir.de/CodeSystem/bfarm/atc", "L01XA03"));
    for (const char* code : {"L01CE02", "L01XX19"}) BOOST_TEST(is_in(ValueSet::drug_irinotecan, "http://www.whocc.no/atc", code));
    for (const char* code : {"L01FG01", "L01XC07"}) BOOST_TEST(is_in(ValueSet::drug_bevacizumab, "http://www.whocc.no/atc", code));
    BOOST_TEST(!is_in(ValueSet::drug_trifluridine_tipiracil, "http://www.whocc.no/atc", "S01AD02"));  // eye drops
}

BOOST_AUTO_TEST_CASE(a_refined_snomed_expression_is_read_as_its_focus) {
    for (const char* code : {"94381002:260716003=93761005", "94381002 : 260716003 = 93761005",
                             "94381002 |Secondary malignant neoplasm of liver|: 260716003=93761005", "===94381002:260716003=93761005",
                             "<<< 94381002 : 260716003 = 93761005"}) {
        BOOST_TEST(is_in(ValueSet::metastasis_liver, snomed, code), code);
    }
}

// A refinement may turn the meaning round: known absent, planned, of a family member, in the past.
BOOST_AUTO_TEST_CASE(an_expression_that_changes_the_context_is_not_its_focus) {
    for (const char* code : {"94381002:408729009=410516002", "94381002:408732007=444148008", "94381002:408731000=410513005",
                             "87677003:408730004=410516002"}) {
        BOOST_TEST(!is_in(ValueSet::metastasis_liver, snomed, code), code);
        BOOST_TEST(!is_in(ValueSet::rectal_resection, snomed, code), code);
    }
}

BOOST_AUTO_TEST_CASE(an_expression_with_two_foci_is_neither) {
    BOOST_TEST(!is_in(ValueSet::metastasis_liver, snomed, "94381002+94391008"));
    BOOST_TEST(!is_in(ValueSet::metastasis_lung, snomed, "94381002+94391008"));
}

BOOST_AUTO_TEST_CASE(the_profile_a_resource_claims_decides_nothing) {
    const std::string claims = R"("meta": {"profile": ["http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-primary-cancer-condition"]})";
    BOOST_TEST(DialectRecord({condition(coded("http://hl7.org/fhir/sid/icd-10-cm", "C20"))}).read().primaries.size() == 1U);
    BOOST_TEST(DialectRecord({condition(coded("http://hl7.org/fhir/sid/icd-10-cm", "C50.9"), claims)}).read().primaries.empty());
}

BOOST_AUTO_TEST_CASE(a_display_or_text_is_no_code) {
    BOOST_TEST(DialectRecord({condition(R"({"coding": [{"display": "Adenocarcinoma of rectum"}], "text": "Adenocarcinoma of rectum"})")}).read().primaries.empty());
    const std::string wrong_display = R"({"coding": [{"system": "http://snomed.info/sct", "code": "363346000", "display": "Adenocarcinoma of rectum"}]})";
    BOOST_TEST(DialectRecord({condition(wrong_display)}).read().primaries.empty());
}

BOOST_AUTO_TEST_SUITE_END()
