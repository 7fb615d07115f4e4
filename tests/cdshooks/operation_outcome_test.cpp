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

BOOST_AUTO_TEST_CASE(names_every_place_that_is_at_fault) {
    BOOST_TEST(operation_outcome("error", "incomplete", std::vector<std::string>{"prefetch.patient", "prefetch.conditions"}, "Both are missing.") ==
               R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"incomplete",)"
               R"("details":{"text":"Both are missing."},"diagnostics":"Both are missing.",)"
               R"("expression":["prefetch.patient","prefetch.conditions"]}]})");
}

// issue.expression is FHIRPath of an element; text that is no JSON has none.
BOOST_AUTO_TEST_CASE(says_an_offset_in_its_sentence_and_not_as_an_expression) {
    BOOST_TEST(operation_outcome("error", "structure", "byte 17", "The text is cut off.") ==
               R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"structure",)"
               R"("details":{"text":"The text is cut off. At byte 17 of the body."},)"
               R"("diagnostics":"The text is cut off. At byte 17 of the body."}]})");
}

// FHIR allows neither empty strings nor empty arrays.
BOOST_AUTO_TEST_CASE(leaves_out_what_is_empty) {
    BOOST_TEST(operation_outcome("fatal", "exception", "", "") ==
               R"({"resourceType":"OperationOutcome","issue":[{"severity":"fatal","code":"exception"}]})");
}

BOOST_AUTO_TEST_SUITE_END()
