#include "cdshooks/answer.hpp"

namespace rectal_cds::cdshooks {

const char* name(Reason reason) {
    switch (reason) {
    case Reason::answered: return "answered";
    case Reason::malformed: return "malformed";
    case Reason::invalid: return "invalid";
    case Reason::patient_mismatch: return "patient_mismatch";
    case Reason::fetched_patient_mismatch: return "fetched_patient_mismatch";
    case Reason::unsupported: return "unsupported";
    case Reason::too_large: return "too_large";
    case Reason::unobtainable: return "unobtainable";
    case Reason::exhausted: return "exhausted";
    case Reason::internal: break;
    }
    return "internal";
}

const char* name(Silence silence) {
    switch (silence) {
    case Silence::none: return "none";
    case Silence::audience: return "audience";
    case Silence::deceased: return "deceased";
    case Silence::under_18: return "under_18";
    case Silence::out_of_scope: return "out_of_scope";
    case Silence::m0: return "m0";
    case Silence::hospice: return "hospice";
    case Silence::silent_call: return "silent_call";
    case Silence::switched_off: return "switched_off";
    case Silence::suppressed: return "suppressed";
    case Silence::nothing_fired: break;
    }
    return "nothing_fired";
}

const char* name(Obstacle obstacle) {
    switch (obstacle) {
    case Obstacle::no_fhir_server: return "no_fhir_server";
    case Obstacle::other_fhir_server: return "other_fhir_server";
    case Obstacle::no_fhir_authorization: return "no_fhir_authorization";
    case Obstacle::fetching_is_off: return "fetching_is_off";
    case Obstacle::fhir_server_failed: return "fhir_server_failed";
    case Obstacle::delivered_unusable: return "delivered_unusable";
    case Obstacle::none: break;
    }
    return "none";
}

const char* name(InputState state) {
    switch (state) {
    case InputState::not_asked: return "not_asked";
    case InputState::absent: return "absent";
    case InputState::empty: return "empty";
    case InputState::present: return "present";
    case InputState::incomplete: return "incomplete";
    case InputState::unreadable: break;
    }
    return "unreadable";
}

}  // namespace rectal_cds::cdshooks
