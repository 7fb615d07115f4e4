// Answer: what goes back to the client, and what the log, the metrics and the audit may know of it. No patient data
// outside `body`.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "cdshooks/card_history.hpp"
#include "cdshooks/fetched.hpp"
#include "domain/source.hpp"
#include "guideline/recommendation.hpp"

namespace rectal_cds::cdshooks {

// Why an answer has its status. Closed list: the label of a metric.
enum class Reason : unsigned char {
    answered,                  // 200
    malformed,                 // 400: not JSON as it should be
    invalid,                   // 400: a rule of the protocol is broken
    patient_mismatch,          // 400: something that was sent is about another patient
    fetched_patient_mismatch,  // 412: something that the FHIR server returned is about another patient
    unsupported,               // 422: another FHIR version
    too_large,                 // 413
    unobtainable,              // 412: without these data nothing can be judged
    exhausted,                 // 503: time or memory ran out before anything could be said
    internal                   // 500: a fault of this service
};

// Why a 200 has no cards (decisions.md 1). Closed list.
enum class Silence : unsigned char {
    none,  // there are cards
    audience,
    deceased,
    under_18,
    out_of_scope,  // no active rectal adenocarcinoma
    m0,
    hospice,
    silent_call,   // the client's calls are evaluated in silence
    switched_off,  // all that fires is switched off for this client
    suppressed,    // all that fires was shown to this user before, or overridden at order selection
    nothing_fired  // everything needed was read and usable
};

// What stood in the way of data that a 412 is about. Closed list: it goes into the log.
enum class Obstacle : unsigned char {
    none,
    no_fhir_server,         // the call names none
    other_fhir_server,      // sandbox mode: it is not the one that may be asked
    no_fhir_authorization,  // the client's server is asked with a token only, and the call has none
    fetching_is_off,        // evaluate, doctor: a server is named, and none is asked
    fhir_server_failed,     // asked, or to be asked, in vain
    delivered_unusable      // delivered as null, an OperationOutcome or a failed search, which is not repeated
};

// What came of one prefetch key, from the request and from the FHIR server together.
enum class InputState : unsigned char {
    not_asked,   // this hook does not read it
    absent,      // not delivered, and not to be fetched
    empty,       // asked for, and known to be empty
    present,     // read whole
    incomplete,  // read in part: absence is not known
    unreadable   // delivered as failed or as nonsense, or fetched in vain
};

struct Reasons;  // reasons.hpp

struct InputReport {
    InputState state = InputState::not_asked;
    bool is_fetched = false;                    // the FHIR server was asked for it, or for its next pages
    FetchFailure failure = FetchFailure::none;  // why that failed
};

struct Recommended {
    std::string id;
    guideline::Indicator indicator{};
    friend bool operator==(const Recommended&, const Recommended&) = default;
};

struct Answer {
    int status = 200;  // HTTP
    std::string body;  // cards, or an OperationOutcome
    Reason reason = Reason::answered;
    Silence silence = Silence::none;
    Obstacle obstacle = Obstacle::none;  // of Reason::unobtainable
    std::array<InputReport, domain::input_count> inputs{};  // by domain::Input; all not_asked where nothing was read
    std::vector<Recommended> shown{}, folded{};             // of a silent call: what would have been shown
    std::vector<Recommended> switched_off{};                // fire, and are not shown because they are switched off
    std::vector<Recommended> suppressed{};                  // fire, and are not shown again (decisions.md 41)
    std::vector<WrittenCard> cards{};                       // as they stand in `body`; none of a silent call
    std::vector<std::string> not_assessed{};                // ids of those that unread or unusable data left open
    std::vector<const char*> not_assessed_because{};        // by not_assessed: "unreadable", "unusable", "expired", "late"
    std::shared_ptr<Reasons> reasons{};                     // of `cards`; null unless the Call keeps them
    std::vector<std::string> failed{};                      // ids of those that a fault of this service left open
};

const char* name(Reason reason);     // "patient_mismatch"
const char* name(Silence silence);   // "under_18"
const char* name(Obstacle obstacle); // "no_fhir_server"
const char* name(InputState state);  // "incomplete"

}  // namespace rectal_cds::cdshooks
