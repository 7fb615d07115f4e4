// examine: a captured request in plain terms, for the analyst who connects an EHR. What came, what of it could be read,
// what stays unknown because of that, and what would be answered.
//
// No patient data: keys, types, counts, places, statuses, units, codes with their system, names of facts and
// recommendations. Never a display, a text, a value, an id, a date or a token.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cdshooks/answer.hpp"
#include "cdshooks/call.hpp"

namespace rectal_cds::cdshooks {

enum class Delivery : unsigned char {
    absent,             // the key is not there
    null,               // the client asked and found nothing
    empty,              // the same, as a Bundle without entries
    supplied,           // read whole
    partial,            // what is there counts, what is not there is unknown
    operation_outcome,  // the client's search failed, or remarked something
    garbage             // no resource of the expected kind
};
const char* name(Delivery delivery);  // "OperationOutcome"

// What stood under one prefetch key of the service.
struct InputExamination {
    std::string key;
    std::string type;             // the resource type asked for
    Delivery delivery = Delivery::absent;
    bool is_read = false;         // absence counts: nothing found means nothing recorded
    bool is_fetched = false;      // the service would ask the FHIR server for it, where it may
    std::size_t resources = 0;    // of the expected type
    std::size_t others = 0;       // entries of other types
    std::vector<std::string> remarks;
};

// A coding of a resource that is in no value set; all codings of a concept of which none is in one.
struct UnknownCode {
    std::string input;    // prefetch key, or "draftOrders"
    std::string element;  // "Observation.valueCodeableConcept"
    std::string system;   // "" when it has none
    std::string code;
    std::size_t count = 0;
    bool answers_question = false;  // the value of an Observation whose code is read
};

// A resource that speaks of something the service reads, and that may not be used.
struct UnusableResource {
    std::string place;    // "prefetch.observations.entry[3].resource"; the first of `count`
    std::string about;    // "creatinine"
    std::string problem;  // a sentence
    std::string status;   // as sent; "" where that is not the problem
    std::string unit;     // the same
    std::size_t count = 0;
};

struct UnknownFact {
    std::string name;
    std::vector<std::string> causes;  // "could not be read", "recorded but unusable", "not recorded"
};

struct OpenAdvice {
    std::string id;
    std::string title;
    std::vector<std::string> facts;  // the unknown ones it waits for
    bool is_withheld = false;        // for want of readable data; otherwise nothing is recorded
};

struct CardGiven {
    std::string topic;  // id of a recommendation, or the topic code of a service card
    std::string title;
    std::string indicator;
    bool is_folded = false;  // named on the card of further recommendations only
};

struct Examination {
    bool is_json = false;
    std::optional<base::Error> fault;  // why it would be refused; the first one
    std::string hook;                  // of the service that was picked; "" when none was
    std::string service;
    std::string user_type;  // "Practitioner"
    std::vector<InputExamination> inputs;
    std::vector<std::string> other_keys;  // delivered, and not read by the service
    std::size_t drafts = 0, selections = 0;
    std::vector<UnknownCode> unknown_codes;  // answers first, then by count
    std::vector<UnusableResource> unusable;
    std::vector<UnknownFact> unknown_facts;  // those that a recommendation of the hook waits for
    std::vector<OpenAdvice> open_advice;     // withheld first
    std::vector<CardGiven> cards;
    Answer answer;
};

// The call without FHIR access. `call.explain` is set by it.
Examination examine(const fhir::Knowledge& knowledge, Call call);

}  // namespace rectal_cds::cdshooks
