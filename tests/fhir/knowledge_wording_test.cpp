// What a summary, a label and a detail may say (decisions.md 46), and the figure that is never shown.
#include <boost/test/unit_test.hpp>

#include "fhir/knowledge_edit.hpp"
#include "fhir/knowledge_wording.hpp"

using namespace rectal_cds::fhir;
using namespace rectal_cds::testing;

namespace {

const std::string ras = plan_path("anti-egfr-ras-mutant");

void check_summary(const std::string& summary, std::string_view words) {
    EditedKnowledge edited;
    check_one_error(edited.set(ras, "action[0].title", quoted(summary)), ras, "action[0].title", words);
}

void check_detail(const std::string& detail, std::string_view words) {
    EditedKnowledge edited;
    check_one_error(edited.set(ras, "action[0].description", quoted(detail)), ras, "action[0].description", words);
}

bool is_good_summary(std::string_view summary) { return summary_faults(summary).empty(); }

std::string times(std::size_t count, const char* character) {
    std::string text;
    while (count-- > 0) text += character;
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(summary)

BOOST_AUTO_TEST_CASE(has_fewer_than_140_code_points) {
    BOOST_TEST(is_good_summary(times(139, "x")));
    check_summary(times(140, "x"), "At most 139 characters are expected; these are 140.");
}

BOOST_AUTO_TEST_CASE(is_counted_in_code_points_not_in_bytes) {
    BOOST_TEST(is_good_summary(times(139, "\u2264")));
    BOOST_TEST(summary_faults(times(140, "\U0001F9EC")).size() == 1U);
}

BOOST_AUTO_TEST_CASE(is_one_line) {
    check_summary("RAS mutant:\\nno benefit", "One line without a line break is expected.");
}

BOOST_AUTO_TEST_CASE(is_plain_text) {
    for (const char* summary :
         {"RAS **mutant**", "`RAS`", "[RAS](x)", "_RAS_", "# RAS", "- RAS", "> RAS", "<b>RAS</b>", "{{line}}"}) {
        BOOST_TEST(summary_faults(summary).size() == 1U, summary);
    }
    check_summary("RAS **mutant**", "Plain text is expected, without Markdown, HTML or placeholders.");
    BOOST_TEST(is_good_summary("ANC below 1.5 x10^9/L, CrCl <30: MSI-H/dMMR (50%) + 2 + 3 #4"));
}

BOOST_AUTO_TEST_CASE(gives_no_command_in_any_clause) {
    for (const char* word :
         {"start", "stop", "give", "order", "use", "remove", "keep", "hold", "omit", "postpone", "reduce", "do not"}) {
        const std::string command(word);
        check_summary(command + " it", "no clause may begin with '" + command + "'");
        for (const char* before :
             {"RAS mutant: ", "RAS mutant; ", "RAS mutant. ", "RAS mutant - ", "RAS mutant \u2013 ", "RAS mutant:"}) {
            BOOST_TEST(summary_faults(before + command + " it").size() == 1U, before << command);
        }
    }
    BOOST_TEST(!is_good_summary("Stop it"));
}

BOOST_AUTO_TEST_CASE(may_hold_those_words_elsewhere) {
    BOOST_TEST(is_good_summary(
        "RAS mutant: the label advises not to use it; consider options. Review before the start - discuss at MDT."));
    BOOST_TEST(
        is_good_summary("Orders conflict: useful options; starting dose 0.5. Holding is an option, long-stop order"));
}

BOOST_AUTO_TEST_CASE(promises_nothing) {
    check_summary("Bevacizumab is safe 6 weeks after surgery", "without the word 'safe'");
    check_summary("CEA normal", "without the word 'normal'");
    check_summary("Cleared by the MDT", "without the word 'cleared'");
    check_summary("RAS wild-type, no issues", "without the word 'no issues'");
    BOOST_TEST(is_good_summary("Unsafe, abnormal, safety: consider"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(detail)

BOOST_AUTO_TEST_CASE(has_no_html_and_no_heading) {
    check_detail("See <b>this</b>.", "Markdown without raw HTML is expected.");
    check_detail("Text\\n## Heading", "Markdown without headings is expected.");
    BOOST_TEST(!markdown_fault("CrCl <30, *emphasis*, item #4\n- a list"));
}

BOOST_AUTO_TEST_CASE(gives_no_command_in_any_line_and_promises_nothing) {
    check_detail("RAS is mutant.\\n\\n- stop the antibody", "no clause may begin with 'stop'");
    check_detail("RAS is mutant\\nUse bevacizumab", "no clause may begin with 'use'");
    check_detail("Oxaliplatin is cleared by the kidneys.", "without the word 'cleared'");
    BOOST_TEST(
        prose_faults("The options:\n\n- deletion of the draft\n- no further use\n\nReview before the next order.")
            .empty());
}

BOOST_AUTO_TEST_CASE(the_texts_beside_it_are_held_to_the_same) {
    for (const char* member : {"usage", "description"}) {
        EditedKnowledge command, promise;
        check_one_error(command.set(ras, member, "\"For adults. Give nothing else.\""), ras, member,
                        "begin with 'give'");
        check_one_error(promise.set(ras, member, "\"For adults with normal counts.\""), ras, member, "'normal'");
    }
    EditedKnowledge label;
    check_one_error(label.set(ras, "action[0].action[0].title", "\"Remove the antibody\""), ras,
                    "action[0].action[0].title", "begin with 'remove'");
}

BOOST_AUTO_TEST_CASE(uses_known_placeholders_inside_their_sections) {
    BOOST_TEST(!placeholder_fault("Text.{{#line}} Line {{line}}{{#cycles}}, {{cycles}} cycles{{/cycles}}.{{/line}}"));
    check_detail("{{#line}}{{lime}}{{/line}}", "instead of 'lime'. The nearest is 'line'.");
    check_detail("{{#lime}}{{line}}{{/lime}}", "instead of 'lime'.");
    check_detail("Line {{line}}.", "inside the section of its name");
    check_detail("{{#line}}{{{line}}}{{/line}}", "closed list");
    check_detail("{{^line}}none{{/line}}", "closed list");
}

BOOST_AUTO_TEST_CASE(closes_its_sections_in_order) {
    check_detail("{{#line}} Line {{line}}.", "The end of the section 'line' is expected.");
    check_detail("Line.{{/line}}", "inside the section of its name");
    check_detail("{{#line}}{{#cycles}}{{line}}{{/line}}{{/cycles}}",
                 "The end of the section 'cycles' is expected before this one.");
    check_detail("{{#line}}{{line}}{{/line}", "Placeholders between {{ and }} are expected.");
    check_detail("{{#line}}{{line}}{{/line}}}}", "Placeholders between {{ and }} are expected.");
}

BOOST_AUTO_TEST_CASE(never_shows_the_untraced_range) {
    check_detail("Complete remission in 17.5 to 22.5 % of patients.", "no source of that figure is known.");
    const std::string order = order_path("liver-surgery-referral");
    EditedKnowledge note, entry, card;
    check_one_error(note.set(order, "usage", "\"17.5-22.5%\""), order, "usage", "no source of that figure is known.");
    const std::string service = service_path("patient-view");
    check_one_error(entry.set(service, "description", "\"22.5 or 17.5\""), service, "description",
                    "no source of that figure");
    const std::string text = "hooks/templates/card-detail.mustache";
    check_one_error(card.write(text, "17.5-22.5"), text, "", "without the range 17.5 to 22.5 %");
    BOOST_TEST(!shows_untraced_figure("17.5 only"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(way_out)

BOOST_AUTO_TEST_CASE(every_card_offers_a_reason_to_override_it) {
    const std::string plan = plan_path("low-blood-counts");
    EditedKnowledge edited;
    while (edited.errors().empty()) edited.remove(plan, extension_at(plan, "action[0]", "override-reason"));
    check_one_error(edited, plan, "action[0].extension", "At least one extension override-reason is expected.");
}

BOOST_AUTO_TEST_CASE(a_critical_card_is_not_overridden_without_a_word) {
    EditedKnowledge edited;
    edited.remove(ras, extension_at(ras, "action[0]", "free-text-required"));
    check_one_error(edited, ras, "action[0].extension", "The extension free-text-required, true, is expected");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(citation)

BOOST_AUTO_TEST_CASE(tells_its_year_or_that_none_is_recorded) {
    const std::string evidence = "hooks/guideline/evidence.json";
    EditedKnowledge undated, unrecorded;
    check_one_error(undated.set(evidence, "relatedArtifact[0].display", "\"ACR criteria\""), evidence,
                    "relatedArtifact[0].display", "The year of the work is expected, or 'year not recorded'.");
    BOOST_TEST(
        unrecorded.set(evidence, "relatedArtifact[0].display", "\"ACR criteria, year not recorded\"").errors().empty());
}

BOOST_AUTO_TEST_CASE(a_year_is_four_digits_of_this_or_the_last_century) {
    for (const char* text : {"2014", "ACR, 1999", "2013 and 2017", "J Oncol 2009:9"})
        BOOST_TEST(tells_a_year(text), text);
    for (const char* text : {"", "204", "12014", "20140", "grade 3", "1899", "2100", "20 14"})
        BOOST_TEST(!tells_a_year(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
