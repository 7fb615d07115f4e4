// Three-valued truth (strong Kleene logic): what a record says about a fact.
// `unknown` is a value of its own: never tested is not negative, unread is not absent.
#pragma once

#include <algorithm>

namespace rectal_cds::base {

// The order no < unknown < yes makes conjunction the minimum and disjunction the maximum.
enum class Truth : unsigned char { no, unknown, yes };

//      and | no       unknown  yes          or  | no       unknown  yes        not |
//  --------+--------------------------  --------+-------------------------  -------+--------
//  no      | no       no       no       no      | no       unknown  yes     no     | yes
//  unknown | no       unknown  unknown  unknown | unknown  unknown  yes     unknown| unknown
//  yes     | no       unknown  yes      yes     | yes      yes      yes     yes    | no
constexpr Truth operator&&(Truth a, Truth b) { return std::min(a, b); }
constexpr Truth operator||(Truth a, Truth b) { return std::max(a, b); }
constexpr Truth operator!(Truth a) {
    return a == Truth::yes ? Truth::no : a == Truth::no ? Truth::yes : Truth::unknown;
}

constexpr Truth truth_of(bool value) { return value ? Truth::yes : Truth::no; }

constexpr const char* word(Truth truth) {
    return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown";
}

}  // namespace rectal_cds::base
