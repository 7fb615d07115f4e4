#include "cdshooks/fetched.hpp"

namespace rectal_cds::cdshooks {

const char* name(FetchFailure failure) {
    switch (failure) {
        case FetchFailure::none: return "none";
        case FetchFailure::not_attempted: return "not_attempted";
        case FetchFailure::not_allowed: return "not_allowed";
        case FetchFailure::timed_out: return "timed_out";
        case FetchFailure::unreachable: return "unreachable";
        case FetchFailure::refused: return "refused";
        case FetchFailure::not_found: return "not_found";
        case FetchFailure::overloaded: return "overloaded";
        case FetchFailure::not_fhir: return "not_fhir";
        case FetchFailure::too_large: return "too_large";
        case FetchFailure::circuit_open: return "circuit_open";
    }
    return "none";
}

}  // namespace rectal_cds::cdshooks
