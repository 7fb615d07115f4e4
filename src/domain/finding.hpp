// Finding: the truth of one fact about a Case, with what it rests on and what was missing.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "base/truth.hpp"
#include "domain/source.hpp"

namespace rectal_cds::domain {

using base::Truth;

// Why a fact is not known.
struct Gap {
    enum class Cause : unsigned char {
        not_recorded,  // read, nothing found
        not_coded,     // read, but some of it carries no code that the reader knows
        unreadable,    // the input could not be read, wholly or in part
        not_asked,     // this hook does not read the input
        unusable,      // recorded, but no safe reading exists: unit, date, status, comparator
        undecided,     // recorded, but a partial date or a comparator leaves it open
        failed         // a fault of this service
    };
    Cause cause = Cause::not_recorded;
    std::string what;  // "KRAS and NRAS results", "observations"
};

struct Finding {
    Truth truth = Truth::unknown;
    std::vector<const Source*> evidence;  // owned by the Case, which outlives the Finding
    std::vector<Gap> gaps;
    std::string note;  // what was derived: "3 cycles since 2026-01-01"

    bool yes() const { return truth == Truth::yes; }
    bool no() const { return truth == Truth::no; }
};

Finding yes(std::vector<const Source*> evidence = {}, std::string note = {});
Finding no(std::vector<const Source*> evidence = {}, std::string note = {});
Finding unknown(Gap gap);
Finding truth(bool value, std::vector<const Source*> evidence = {}, std::string note = {});

// Kleene conjunction and disjunction. The parts that decide the answer give its evidence, gaps and notes.
Finding all_of(std::initializer_list<Finding> parts);
Finding any_of(std::initializer_list<Finding> parts);
Finding negate(Finding finding);

}  // namespace rectal_cds::domain
