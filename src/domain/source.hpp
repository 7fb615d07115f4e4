// Where a statement about the patient comes from, so that a card can show its basis.
#pragma once

#include <optional>
#include <string>

#include "base/date.hpp"

namespace rectal_cds::domain {

struct Source {
    std::string reference;                   // "Observation/kras-1", without the server's address
    std::string says;                        // what it says in a tumour board's words: "KRAS p.G12D (final)"
    std::optional<base::DateInterval> when;  // the clinically relevant date; empty when none is recorded
};

// The parts of a record, as the prefetch keys of the service name them (local-codes.md 1).
enum class Input : unsigned char {
    patient,
    conditions,
    observations,
    procedures,
    medication_requests,
    medication_administrations,
    service_requests,
    diagnostic_reports,
    allergies
};
inline constexpr int input_count = 9;
const char* name(Input input);  // the prefetch key: "medicationRequests"

// How much of an input was read. Only `complete` lets "nothing found" mean "nothing recorded".
enum class Readability : unsigned char {
    complete,    // read whole, perhaps known to be empty
    incomplete,  // a page was missing, or some entries could not be used: what was found stands
    unreadable,  // not supplied, refused, failed or garbage
    not_asked    // this hook does not read it by design
};

// Why an input was not read, or not completely. Closed list: it becomes words on a card.
enum class Shortfall : unsigned char {
    none,
    not_supplied,     // left out, and the FHIR server could not be asked
    reported_failed,  // an OperationOutcome with an error stood in its place, or among the entries
    not_fhir,         // what was delivered or answered is not what was asked for
    pages_missing,    // a further page exists, or fewer entries came than were announced
    unattributable,   // some entries name no patient
    value_missing,    // the query needs a value that the call does not have
    timed_out,
    unreachable,
    refused,
    not_found,
    overloaded,
    too_large,
    left_alone,     // the FHIR server failed repeatedly a moment ago
    not_allowed,    // its address is not among those configured for the client
    not_attempted,  // no time was left, or no token for a further page
};
const char* words(Shortfall shortfall);  // "timed out"; for parentheses

}  // namespace rectal_cds::domain
