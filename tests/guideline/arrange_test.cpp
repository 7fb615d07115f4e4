// arrange: the order of cards and the cap (clinical.md 3.1, Card rules; decisions.md 11 and 40).
#include <boost/test/unit_test.hpp>

#include <deque>

#include "guideline/judge.hpp"

using namespace rectal_cds;
using domain::Hook;
using guideline::Arranged;
using guideline::Indicator;
using guideline::Recommendation;
using guideline::Verdict;

namespace {

// Verdicts that fire, of recommendations that live as long as this.
class Firing {
public:
    Firing& add(std::string id, Indicator indicator, char group = 'A') {
        Recommendation recommendation;
        recommendation.id = std::move(id);
        recommendation.group = group;
        recommendations_.push_back(std::move(recommendation));
        verdicts_.push_back({&recommendations_.back(), base::Truth::yes, indicator, false});
        return *this;
    }

    Firing& add_many(const std::string& id, std::size_t count, Indicator indicator) {
        for (std::size_t i = 0; i < count; ++i) add(id + std::to_string(i), indicator);
        return *this;
    }

    Arranged at(Hook hook) const { return guideline::arrange(verdicts_, hook); }

private:
    std::deque<Recommendation> recommendations_;
    std::vector<Verdict> verdicts_;
};

std::string ids(const std::vector<Verdict>& verdicts) {
    std::string joined;
    for (const Verdict& verdict : verdicts) joined += (joined.empty() ? "" : " ") + verdict.recommendation->id;
    return joined;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(order_of_cards)

BOOST_AUTO_TEST_CASE(critical_comes_before_warning_before_info) {
    Firing firing;
    firing.add("info", Indicator::info, 'F')
        .add("critical", Indicator::critical, 'A')
        .add("warning", Indicator::warning, 'E');
    BOOST_TEST(ids(firing.at(Hook::patient_view).shown) == "critical warning info");
}

BOOST_AUTO_TEST_CASE(within_a_severity_order_safety_comes_before_the_course_of_the_disease) {
    Firing firing;
    for (const char group : {'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'})
        firing.add(std::string(1, group), Indicator::critical, group);
    BOOST_TEST(ids(firing.at(Hook::order_sign).shown) == "F G H C B D E A");
}

BOOST_AUTO_TEST_CASE(equals_keep_the_order_of_the_guideline) {
    Firing firing;
    firing.add("one", Indicator::info, 'B').add("two", Indicator::info, 'B').add("three", Indicator::info, 'B');
    BOOST_TEST(ids(firing.at(Hook::patient_view).shown) == "one two three");
}

BOOST_AUTO_TEST_CASE(nothing_that_fires_gives_nothing) {
    BOOST_TEST(Firing().at(Hook::patient_view).shown.empty());
    BOOST_TEST(Firing().at(Hook::patient_view).folded.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(cap)

BOOST_AUTO_TEST_CASE(is_five_beside_the_critical_ones_when_the_chart_is_opened) {
    Firing firing;
    firing.add_many("c", 4, Indicator::critical).add_many("i", 7, Indicator::info);
    const Arranged arranged = firing.at(Hook::patient_view);
    BOOST_TEST(ids(arranged.shown) == "c0 c1 c2 c3 i0 i1 i2 i3 i4");
    BOOST_TEST(ids(arranged.folded) == "i5 i6");
}

BOOST_AUTO_TEST_CASE(is_three_beside_the_critical_ones_while_ordering) {
    for (const Hook hook : {Hook::order_select, Hook::order_sign}) {
        Firing firing;
        firing.add_many("w", 5, Indicator::warning).add_many("c", 2, Indicator::critical);
        const Arranged arranged = firing.at(hook);
        BOOST_TEST(ids(arranged.shown) == "c0 c1 w0 w1 w2");
        BOOST_TEST(ids(arranged.folded) == "w3 w4");
    }
}

BOOST_AUTO_TEST_CASE(never_folds_a_critical_card) {
    Firing firing;
    firing.add_many("c", 12, Indicator::critical);
    const Arranged arranged = firing.at(Hook::order_sign);
    BOOST_TEST(arranged.shown.size() == 12U);
    BOOST_TEST(arranged.folded.empty());
}

BOOST_AUTO_TEST_CASE(folds_nothing_that_just_fits) {
    BOOST_TEST(Firing().add_many("i", 5, Indicator::info).at(Hook::patient_view).folded.empty());
    BOOST_TEST(Firing().add_many("i", 3, Indicator::info).at(Hook::order_select).folded.empty());
    BOOST_TEST(Firing().add_many("i", 4, Indicator::info).at(Hook::order_select).folded.size() == 1U);
}

// What was not checked is said even among many warnings, and takes no place from them.
BOOST_AUTO_TEST_CASE(never_folds_or_counts_unavailable_data) {
    Firing firing;
    firing.add("data-unavailable", Indicator::info).add_many("w", 4, Indicator::warning);
    const Arranged arranged = firing.at(Hook::order_sign);
    BOOST_TEST(ids(arranged.shown) == "w0 w1 w2 data-unavailable");
    BOOST_TEST(ids(arranged.folded) == "w3");
}

BOOST_AUTO_TEST_SUITE_END()
