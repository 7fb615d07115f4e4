// An answer of `evaluate` for people: the cards, and the explanation where it is there.
#pragma once

#include <string>
#include <vector>

#include "cdshooks/answer.hpp"

namespace rectal_cds {

// Several lines, each with its end. What it holds of a patient, the answer holds too. `only`: ids of recommendations
// whose cards alone are written out, the others in one line each; empty: all.
std::string in_words(const cdshooks::Answer& answer, const std::vector<std::string>& only);

}  // namespace rectal_cds
