// Texts for nurses and patients: what the loader refuses, one error each, at its place.
#include "fhir/audience_wording.hpp"

#include <boost/test/unit_test.hpp>

#include "fhir/knowledge_edit.hpp"

using namespace rectal_cds;
using namespace rectal_cds::fhir;
using namespace rectal_cds::testing;

namespace {

const std::string doublet = plan_path("first-line-doublet-bevacizumab");  // patient-view
const std::string ask = " Please ask your cancer team.";

bool refused(const std::string& text) { return patient_detail_fault(text + ask).has_value(); }

// "action[0].extension[6]": the variant for nurses; that for patients stands behind it.
std::string nurse_place() { return extension_at(doublet, "action[0]", "audience-text"); }
std::string patient_place() {
    std::string place = nurse_place();
    const auto open = place.rfind('[');
    return place.substr(0, open + 1) + std::to_string(std::stoi(place.substr(open + 1)) + 1) + "]";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_text_for_patients)

BOOST_AUTO_TEST_CASE(may_name_side_effects_and_whom_to_call) {
    BOOST_TEST(!refused("Tell them about numb hands, fever or loose stools. A scan may be due soon."));
}

BOOST_AUTO_TEST_CASE(holds_no_dose_no_figure_and_no_unit) {
    BOOST_TEST(refused("You get 85 of it."));
    BOOST_TEST(refused("You get some mg of it."));
    BOOST_TEST(refused("Your next dose is due."));
}

BOOST_AUTO_TEST_CASE(names_no_drug_and_no_regimen) {
    BOOST_TEST(refused("Bevacizumab can help."));
    BOOST_TEST(refused("You may get FOLFOX soon."));
    BOOST_TEST(refused("This is about Avastin."));
}

BOOST_AUTO_TEST_CASE(gives_no_order_about_medicines) {
    BOOST_TEST(refused("Stop your tablets."));
    BOOST_TEST(refused("Your hands are sore: reduce the tablets."));
    BOOST_TEST(refused("- Take it at night."));
    BOOST_TEST(refused("Please wait. Skip one day."));
    BOOST_TEST(!refused("You may take part in a study."));
}

BOOST_AUTO_TEST_CASE(promises_nothing) {
    for (const char* promise : {"This is safe.", "Your blood is normal.", "There is no need to worry.",
                                "Nothing is wrong.", "The treatment will work.", "It is harmless."})
        BOOST_TEST(refused(promise), promise);
}

BOOST_AUTO_TEST_CASE(tells_no_result_stage_or_outlook) {
    for (const char* disclosure : {"You have metastases.", "It is stage four.", "There is progression.",
                                   "Your tumour has a mutation.", "Palliative care can help."})
        BOOST_TEST(refused(disclosure), disclosure);
}

BOOST_AUTO_TEST_CASE(has_short_sentences) {
    std::string words = "One";
    for (std::size_t i = 1; i < longest_plain_sentence; ++i) words += " word";
    BOOST_TEST(!refused(words + "."));
    BOOST_TEST(refused(words + " more."));
}

BOOST_AUTO_TEST_CASE(shows_no_value_of_the_record) { BOOST_TEST(refused("{{#ecog}}Score {{ecog}}{{/ecog}}")); }

BOOST_AUTO_TEST_CASE(says_whom_to_ask) {
    BOOST_TEST(patient_detail_fault("A scan may be due.").has_value());
    BOOST_TEST(!patient_text_fault("A scan may be due.").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_text_for_nurses)

BOOST_AUTO_TEST_CASE(has_its_three_parts) {
    BOOST_TEST(!nurse_detail_fault("**For care:** a.\n\n**Watch for:** b.\n\n**Tell:** c.").has_value());
    BOOST_TEST(nurse_detail_fault("**For care:** a.\n\n**Watch for:** b.").has_value());
}

BOOST_AUTO_TEST_CASE(promises_nothing_and_uses_known_placeholders) {
    BOOST_TEST(nurse_detail_fault("**For care:** safe.\n\n**Watch for:** b.\n\n**Tell:** c.").has_value());
    BOOST_TEST(nurse_detail_fault("**For care:** {{x}}.\n\n**Watch for:** b.\n\n**Tell:** c.").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_plan_with_a_fault_in_its_variants)

BOOST_AUTO_TEST_CASE(lacks_one_of_them) {
    for (const std::string& place : {nurse_place(), patient_place()}) {
        EditedKnowledge edited;
        check_one_error(edited.remove(doublet, place), doublet, "action[0].extension",
                        "One audience-text for nurses and one for patients are expected.");
    }
}

BOOST_AUTO_TEST_CASE(has_one_twice) {
    EditedKnowledge edited;
    check_one_error(edited.set(doublet, patient_place() + ".extension[0].valueCode", "\"nurse\"")
                        .set(doublet, patient_place() + ".extension[2].valueMarkdown",
                             "\"**For care:** a. **Watch for:** b. **Tell:** c.\""),
                    doublet, "action[0].extension", "One audience-text for nurses and one for patients");
}

BOOST_AUTO_TEST_CASE(has_a_wrong_text) {
    const std::string detail = patient_place() + ".extension[2].valueMarkdown";
    EditedKnowledge dose, length, audience;
    check_one_error(dose.set(doublet, detail, "\"Your cancer team gives mg. Ask your cancer team.\""), doublet, detail,
                    "without the word 'mg'");
    check_one_error(length.set(doublet, nurse_place() + ".extension[1].valueString", quoted(std::string(140, 'x'))),
                    doublet, nurse_place() + ".extension[1].valueString", "At most 139 characters");
    check_one_error(audience.set(doublet, nurse_place() + ".extension[0].valueCode", "\"doctor\""), doublet,
                    nurse_place() + ".extension[0].valueCode", "nurse");
}

BOOST_AUTO_TEST_SUITE_END()
