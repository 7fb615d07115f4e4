// An answer of `evaluate` for people: the cards, and the explanation where it is there.
#pragma once

#include <string>

#include "cdshooks/answer.hpp"

namespace rectal_cds {

// Several lines, each with its end. What it holds of a patient, the answer holds too.
std::string in_words(const cdshooks::Answer& answer);

}  // namespace rectal_cds
