// Result: a value, or an Error that says where and what.
#include "base/result.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>

using namespace rectal_cds::base;

BOOST_AUTO_TEST_SUITE(a_result)

BOOST_AUTO_TEST_CASE(holds_a_value_when_the_input_was_good) {
    const Result<int> result = 7;
    BOOST_TEST((result && result.ok()));
    BOOST_TEST(result.value() == 7);
}

BOOST_AUTO_TEST_CASE(holds_kind_place_and_sentence_when_it_was_not) {
    const Result<int> result = Error{ErrorKind::malformed, "context.patientId", "A FHIR id is expected."};
    BOOST_TEST((!result && !result.ok()));
    BOOST_TEST((result.error().kind == ErrorKind::malformed));
    BOOST_TEST(result.error().where == "context.patientId");
    BOOST_TEST(result.error().what == "A FHIR id is expected.");
}

BOOST_AUTO_TEST_CASE(gives_away_what_cannot_be_copied) {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(3);
    const std::unique_ptr<int> taken = std::move(result).value();
    BOOST_TEST(*taken == 3);
}

BOOST_AUTO_TEST_CASE(of_an_action_is_done_or_an_error) {
    const Result<Done> done = Done{};
    BOOST_TEST(done.ok());
}

BOOST_AUTO_TEST_SUITE_END()
