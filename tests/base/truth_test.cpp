// Three-valued truth: strong Kleene logic, so that "not known" is never taken for "no".
#include "base/truth.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using rectal_cds::base::Truth;
using rectal_cds::base::truth_of;
using rectal_cds::base::word;

namespace {

constexpr Truth no = Truth::no, unknown = Truth::unknown, yes = Truth::yes;
constexpr Truth all[] = {no, unknown, yes};

}  // namespace

namespace rectal_cds::base {

std::ostream& operator<<(std::ostream& stream, Truth truth) { return stream << word(truth); }

}  // namespace rectal_cds::base

BOOST_AUTO_TEST_SUITE(three_valued_truth)

BOOST_AUTO_TEST_CASE(conjunction_is_no_when_any_part_is_and_yes_only_when_all_are) {
    constexpr Truth expected[3][3] = {{no, no, no}, {no, unknown, unknown}, {no, unknown, yes}};
    for (int a = 0; a < 3; ++a) {
        for (int b = 0; b < 3; ++b) BOOST_TEST((all[a] && all[b]) == expected[a][b], word(all[a]) << " and " << word(all[b]));
    }
}

BOOST_AUTO_TEST_CASE(disjunction_is_yes_when_any_part_is_and_no_only_when_all_are) {
    constexpr Truth expected[3][3] = {{no, unknown, yes}, {unknown, unknown, yes}, {yes, yes, yes}};
    for (int a = 0; a < 3; ++a) {
        for (int b = 0; b < 3; ++b) BOOST_TEST((all[a] || all[b]) == expected[a][b], word(all[a]) << " or " << word(all[b]));
    }
}

BOOST_AUTO_TEST_CASE(negation_leaves_what_is_not_known_unknown) {
    BOOST_TEST(!no == yes);
    BOOST_TEST(!unknown == unknown);
    BOOST_TEST(!yes == no);
}

BOOST_AUTO_TEST_CASE(de_morgan_holds_for_all_nine_pairs) {
    for (const Truth a : all) {
        for (const Truth b : all) {
            BOOST_TEST(!(a && b) == (!a || !b));
            BOOST_TEST(!(a || b) == (!a && !b));
        }
    }
}

BOOST_AUTO_TEST_CASE(learning_what_was_unknown_never_turns_an_answer_round) {
    for (const Truth known : all) {
        for (const Truth learned : {no, yes}) {
            const Truth before = unknown && known, after = learned && known;
            BOOST_TEST((before == unknown || before == after));
            const Truth either_before = unknown || known, either_after = learned || known;
            BOOST_TEST((either_before == unknown || either_before == either_after));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_plain_truth_value_is_never_unknown) {
    BOOST_TEST(truth_of(true) == yes);
    BOOST_TEST(truth_of(false) == no);
}

BOOST_AUTO_TEST_CASE(each_value_has_its_word) {
    BOOST_TEST(std::string(word(no)) == "no");
    BOOST_TEST(std::string(word(unknown)) == "unknown");
    BOOST_TEST(std::string(word(yes)) == "yes");
}

BOOST_AUTO_TEST_SUITE_END()
