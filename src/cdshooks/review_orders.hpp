// The orders that a recommendation suggests, in words, for hooks/REVIEW.md.
#pragma once

#include <string>

#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

// The suggestions of a card and then every order of theirs once: dose as text and as coded, route, cycle, rounding,
// source of the dose; or the service with code, body site, fractionation and note. Empty without suggestions.
std::string orders_in_words(const fhir::Knowledge& knowledge, const guideline::Recommendation& recommendation);

// What is said of one order, on one line.
std::string order_in_words(const fhir::OrderTemplate& order);

}  // namespace rectal_cds::cdshooks
