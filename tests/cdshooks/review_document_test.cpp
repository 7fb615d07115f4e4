// hooks/REVIEW.md is what the program prints, and holds what a committee needs to sign.
#include <boost/test/unit_test.hpp>

#include <sstream>

#include "cdshooks/review.hpp"
#include "cdshooks/review_words.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

const std::string& printed() {
    static const std::string text = cdshooks::review(real_knowledge());
    return text;
}

bool says(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// From its heading to the next one of any level.
std::string section(std::string_view heading) {
    const auto start = printed().find("# " + std::string(heading) + "\n");
    if (start == std::string::npos) return {};
    return printed().substr(start, printed().find("\n#", start) - start);
}

std::string first_difference(const std::string& a, const std::string& b) {
    std::istringstream left(a), right(b);
    std::string x, y;
    for (int line = 1;; ++line) {
        const bool more_left = static_cast<bool>(std::getline(left, x)), more_right = static_cast<bool>(std::getline(right, y));
        if (!more_left && !more_right) return {};
        if (more_left != more_right || x != y) return "line " + std::to_string(line);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(review_document)

BOOST_AUTO_TEST_CASE(the_committed_file_is_what_the_program_prints) {
    const std::string committed = read_text(source_folder() / "hooks" / "REVIEW.md");
    BOOST_TEST((committed == printed()), "hooks/REVIEW.md differs from what ./dev review writes, first at " << first_difference(committed, printed()));
}

BOOST_AUTO_TEST_CASE(every_recommendation_is_there_with_every_part_and_a_line_to_sign) {
    const auto& all = real_knowledge().recommendations;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string text = section(cdshooks::numbered_title(i, all[i]));
        BOOST_TEST(says(text, "(`" + all[i].id + "`)"), all[i].id);
        for (const char* part : {"**Status**", "**When**", "**Then**", "**Orders**", "**Evidence**", "**For whom, and limits**",
                                 "**Claims of the source document**", "**Reasons for overriding**", "**Source attributes**",
                                 "| Decision: approve, change, reject | Name and function | Date | Signature |"}) {
            BOOST_TEST(says(text, part), all[i].id << " lacks " << part);
        }
        BOOST_TEST(says(text, all[i].summary), all[i].id);
        BOOST_TEST(says(text, all[i].limits), all[i].id);
    }
}

BOOST_AUTO_TEST_CASE(conditions_stand_with_their_meaning_and_citations_with_what_was_seen) {
    const auto& all = real_knowledge().recommendations;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string text = section(cdshooks::numbered_title(i, all[i]));
        for (const domain::FactId fact : all[i].conditions) {
            const domain::Fact& entry = domain::vocabulary()[fact];
            BOOST_TEST(says(text, "- **" + std::string(entry.name) + "**: " + std::string(entry.meaning)), all[i].id);
        }
        for (const auto& work : all[i].citations) BOOST_TEST(says(text, work.full), all[i].id);
        for (const auto& work : all[i].citations) BOOST_TEST(says(text, "Seen: " + work.seen), all[i].id);
    }
}

BOOST_AUTO_TEST_CASE(every_suggested_dose_stands_there_as_text_and_as_coded) {
    const std::string text = section("8. Doublet with bevacizumab (RAS mutant, MSS)");
    BOOST_TEST(says(text, "At most one of these can be taken"));
    BOOST_TEST(says(text, "85 mg/m2 intravenously over 2 hours on day 1 of each 14-day cycle (coded: 85 mg/m2; 1 x per 14 d, over 2 h; route: intravenous)"));
    BOOST_TEST(says(text, "recommended when **Factors favour an oxaliplatin backbone only**"));
    BOOST_TEST(says(text, "Cycle: 14 days, given on day 1."));
    BOOST_TEST(says(text, "Source of the dose: from knowledge, needs review."));
    for (const auto& recommendation : real_knowledge().recommendations) {
        for (const auto& suggestion : recommendation.suggestions) {
            for (const std::string& order : suggestion.orders) BOOST_TEST(says(printed(), "(`" + order + "`)"), order);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_wordings_for_nurses_and_patients_are_to_be_signed_too) {
    for (const auto& recommendation : real_knowledge().recommendations) {
        BOOST_TEST(says(printed(), recommendation.for_nurses.summary), recommendation.id);
        BOOST_TEST(says(printed(), recommendation.for_patients.summary), recommendation.id);
    }
    BOOST_TEST(says(section("4. Multidisciplinary discussion not documented"), "**Worded for patients**, without orders"));
    BOOST_TEST(!says(section("39. EGFR antibody ordered in RAS-mutant disease"), "**Worded for"));
}

BOOST_AUTO_TEST_CASE(a_service_shows_its_fractionation_and_note) {
    BOOST_TEST(says(printed(), "Prescription: 25 Gy in 5 fractions. Note: No fluoropyrimidine at the same time"));
}

BOOST_AUTO_TEST_CASE(no_mark_of_a_template_is_left) {
    BOOST_TEST(!says(printed(), "{{"));
    BOOST_TEST(!says(printed(), "}}"));
    BOOST_TEST(says(printed(), "Days since stage IV was first recorded: «days since stage IV»"));
}

BOOST_AUTO_TEST_CASE(all_thirteen_source_attributes_stand_there) {
    const std::string text = section("39. EGFR antibody ordered in RAS-mutant disease");
    for (const char* attribute : {"bibliographic citation", "developer", "funding", "release and revision dates", "race", "ethnicity", "language",
                                  "sexual orientation", "gender identity", "sex", "date of birth", "social determinants", "health status assessments"}) {
        BOOST_TEST(says(text, attribute), attribute);
    }
}

BOOST_AUTO_TEST_CASE(claims_stand_in_words_with_the_verdict) {
    BOOST_TEST(says(section("39. EGFR antibody ordered in RAS-mutant disease"),
                    "- S15, \"Cetuximab and panitumumab are for KRAS wild-type tumours only.\" Verdict: outdated, too narrow"));
}

BOOST_AUTO_TEST_CASE(what_is_open_stands_at_the_end) {
    BOOST_TEST(says(section("Watch list"), "| 2026-12-03 | FDA | zanzalintinib with atezolizumab"));
    BOOST_TEST(says(section("Open questions"), "Should the rectosigmoid be in?"));
    BOOST_TEST(says(section("Thresholds"), "| Perioperative therapy in total | 6 months | **Perioperative therapy beyond 26 weeks**"));
    BOOST_TEST(says(section("Not read by this version"), "Haemoptysis"));
    BOOST_TEST(says(section("Codes on weak evidence"), "| Rectal or pelvic pain | http://snomed.info/sct | 77880009 |"));
    BOOST_TEST(says(section("Doses on weak evidence"), "- Irinotecan 165 mg/m2 every 14 days: from knowledge, needs review"));
    BOOST_TEST(says(section("Works cited from knowledge"), "ESMO guideline on metastatic colorectal cancer"));
    BOOST_TEST(says(section("Claims of the source document"), "| S40 |"));
}

BOOST_AUTO_TEST_CASE(links_lead_to_headings) {
    BOOST_TEST(cdshooks::anchor("9. Doublet with an EGFR antibody preferred (RAS/BRAF wild-type, MSS)") ==
               "9-doublet-with-an-egfr-antibody-preferred-rasbraf-wild-type-mss");
    BOOST_TEST(cdshooks::placeholder_in_words("daysSinceStageIv") == "days since stage IV");
    BOOST_TEST(cdshooks::cell("a | b") == "a \\| b");
    BOOST_TEST(cdshooks::cell("") == "-");
}

BOOST_AUTO_TEST_SUITE_END()
