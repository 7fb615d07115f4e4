// Findings: truth with evidence and gaps, and absence that must be earned (decisions.md 7 and 9).
#include "domain/finding.hpp"

#include <boost/test/unit_test.hpp>

#include "domain/absence.hpp"
#include "domain/changes.hpp"

using namespace rectal_cds::testing;
using rectal_cds::domain::all_of;
using rectal_cds::domain::any_of;
using rectal_cds::domain::Finding;
using rectal_cds::domain::Gap;
using rectal_cds::domain::none_found;

namespace {

const rectal_cds::domain::Source a{"Observation/a", "a", undated}, b{"Observation/b", "b", undated};
const Finding yes_by_a = rectal_cds::domain::yes({&a}, "by a"), yes_by_b = rectal_cds::domain::yes({&b}, "by b");
const Finding no_by_b = rectal_cds::domain::no({&b}, "not by b");
const Finding open = rectal_cds::domain::unknown({Gap::Cause::not_recorded, "c"});

}  // namespace

BOOST_AUTO_TEST_SUITE(a_finding)

BOOST_AUTO_TEST_CASE(of_all_parts_rests_on_the_parts_that_decide) {
    const Finding both = all_of({yes_by_a, yes_by_b});
    BOOST_TEST(both.truth == yes);
    BOOST_TEST(both.evidence.size() == 2U);
    BOOST_TEST(both.note == "by a; by b");
    const Finding refuted = all_of({yes_by_a, no_by_b, open});
    BOOST_TEST(refuted.truth == no);
    BOOST_TEST((refuted.evidence == std::vector<const rectal_cds::domain::Source*>{&b}));
    BOOST_TEST(refuted.gaps.empty());
}

BOOST_AUTO_TEST_CASE(of_any_part_rests_on_the_parts_that_decide) {
    const Finding one = any_of({no_by_b, yes_by_a, open});
    BOOST_TEST(one.truth == yes);
    BOOST_TEST((one.evidence == std::vector<const rectal_cds::domain::Source*>{&a}));
    const Finding undecided = any_of({no_by_b, open});
    BOOST_TEST(undecided.truth == unknown);
    BOOST_TEST_REQUIRE(undecided.gaps.size() == 1U);
    BOOST_TEST(undecided.gaps[0].what == "c");
}

BOOST_AUTO_TEST_CASE(names_the_same_evidence_and_the_same_gap_once) {
    BOOST_TEST(all_of({yes_by_a, yes_by_a}).evidence.size() == 1U);
    BOOST_TEST(all_of({open, open}).gaps.size() == 1U);
}

BOOST_AUTO_TEST_CASE(of_nothing_is_the_neutral_answer) {
    BOOST_TEST(all_of({}).truth == yes);
    BOOST_TEST(any_of({}).truth == no);
}

BOOST_AUTO_TEST_CASE(negated_keeps_its_evidence) {
    const Finding negated = rectal_cds::domain::negate(yes_by_a);
    BOOST_TEST(negated.truth == no);
    BOOST_TEST(negated.evidence.size() == 1U);
    BOOST_TEST(rectal_cds::domain::negate(open).truth == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(absence)

namespace {

Finding cea_missing(std::initializer_list<Change> changes) {
    return none_found(patient(changes), {Input::observations, Input::diagnostic_reports}, {Topic::cea}, "CEA");
}

}  // namespace

BOOST_AUTO_TEST_CASE(is_certain_when_every_input_was_read_and_nothing_unusable_speaks_of_it) {
    const Finding found = cea_missing({});
    BOOST_TEST(found.truth == no);
    BOOST_TEST_REQUIRE(found.gaps.size() == 1U);
    BOOST_TEST((found.gaps[0].cause == Gap::Cause::not_recorded));
    BOOST_TEST(found.gaps[0].what == "CEA");
}

BOOST_AUTO_TEST_CASE(is_unknown_for_each_way_of_not_having_read_and_says_which) {
    for (const auto& [how, cause] : {std::pair{Readability::unreadable, Gap::Cause::unreadable}, {Readability::incomplete, Gap::Cause::unreadable},
                                     {Readability::not_asked, Gap::Cause::not_asked}}) {
        const Finding found = cea_missing({reads(Input::observations, how)});
        BOOST_TEST(found.truth == unknown);
        BOOST_TEST_REQUIRE(found.gaps.size() == 1U);
        BOOST_TEST((found.gaps[0].cause == cause));
        BOOST_TEST(found.gaps[0].what.find("observations") == 0U);
    }
    BOOST_TEST(cea_missing({unread(Input::observations), unread(Input::diagnostic_reports)}).gaps.size() == 2U);
}

BOOST_AUTO_TEST_CASE(is_unknown_beside_something_unusable_of_its_topic_only) {
    BOOST_TEST(cea_missing({unusable(Topic::cea)}).truth == unknown);
    BOOST_TEST(cea_missing({unusable(Topic::kras)}).truth == no);
    BOOST_TEST(cea_missing({unread(Input::procedures)}).truth == no);
}

BOOST_AUTO_TEST_CASE(says_in_words_what_was_not_read_and_why) {
    using rectal_cds::domain::Shortfall;
    const auto said = [](Readability how, Shortfall why) {
        const Change read = reads(Input::observations, how);
        return cea_missing({read, [=](Case& c) { c.shortfall[static_cast<std::size_t>(Input::observations)] = why; }}).gaps.at(0).what;
    };
    BOOST_TEST(said(Readability::unreadable, Shortfall::not_supplied) == "observations were not supplied");
    BOOST_TEST(said(Readability::unreadable, Shortfall::timed_out) == "observations could not be read (the FHIR server timed out)");
    BOOST_TEST(said(Readability::unreadable, Shortfall::none) == "observations could not be read");
    BOOST_TEST(said(Readability::incomplete, Shortfall::not_supplied) == "observations were not read completely (not supplied)");
}

BOOST_AUTO_TEST_CASE(counts_in_words_what_carries_no_code) {
    const auto said = [](int count) {
        const Case record = patient({[=](Case& c) { c.uncoded[static_cast<std::size_t>(Input::procedures)] = count; }});
        return none_found(record, {Input::procedures}, {Topic::cea}, "CEA").gaps.back().what;
    };
    BOOST_TEST(said(0) == "CEA");
    BOOST_TEST(said(1) == "1 procedure without a code that this service reads was not considered");
    BOOST_TEST(said(2) == "2 procedures without a code that this service reads were not considered");
}

BOOST_AUTO_TEST_CASE(weakens_a_no_but_never_a_yes) {
    const Case incomplete = patient({partly_read(Input::observations)});
    const auto weakened = [&](const Finding& found) {
        return rectal_cds::domain::no_only_if_read(incomplete, found, {Input::observations}, {Topic::cea}, "CEA");
    };
    BOOST_TEST(weakened(no_by_b).truth == unknown);
    BOOST_TEST(weakened(no_by_b).evidence.size() == 1U);
    BOOST_TEST(weakened(yes_by_a).truth == yes);
    BOOST_TEST(weakened(open).truth == unknown);
}

BOOST_AUTO_TEST_SUITE_END()
