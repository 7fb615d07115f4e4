// The body of error answers, as FHIR R4 has it.
#include "cdshooks/operation_outcome.hpp"

#include <boost/test/unit_test.hpp>

using rectal_cds::cdshooks::operation_outcome;

BOOST_AUTO_TEST_SUITE(an_operation_outcome)

BOOST_AUTO_TEST_CASE(has_one_issue_with_its_place_and_a_sentence) {
    BOOST_TEST(operation_outcome("error", "required", "context.patientId", "The patient is missing.") ==
               R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"required",)"
               R"("details":{"text":"The patient is missing."},"diagnostics":"The patient is missing.",)"
               R"("expression":["context.patientId"]}]})");
}

// FHIR allows neither empty strings nor empty arrays.
BOOST_AUTO_TEST_CASE(leaves_out_what_is_empty) {
    BOOST_TEST(operation_outcome("fatal", "exception", "", "") ==
               R"({"resourceType":"OperationOutcome","issue":[{"severity":"fatal","code":"exception"}]})");
}

BOOST_AUTO_TEST_SUITE_END()
