#include "auth/refusal.hpp"

namespace rectal_cds::auth {

const char* name(Refusal refusal) {
    switch (refusal) {
    case Refusal::none: return "none";
    case Refusal::no_token: return "no_token";
    case Refusal::several_headers: return "several_headers";
    case Refusal::not_bearer: return "not_bearer";
    case Refusal::too_large: return "too_large";
    case Refusal::not_three_parts: return "not_three_parts";
    case Refusal::not_base64url: return "not_base64url";
    case Refusal::header_unreadable: return "header_unreadable";
    case Refusal::header_not_allowed: return "header_not_allowed";
    case Refusal::type_not_jwt: return "type_not_jwt";
    case Refusal::algorithm_not_signature: return "algorithm_not_signature";
    case Refusal::key_id_missing: return "key_id_missing";
    case Refusal::payload_unreadable: return "payload_unreadable";
    case Refusal::issuer_missing: return "issuer_missing";
    case Refusal::issuer_unknown: return "issuer_unknown";
    case Refusal::algorithm_not_allowed: return "algorithm_not_allowed";
    case Refusal::key_url_differs: return "key_url_differs";
    case Refusal::audience_missing: return "audience_missing";
    case Refusal::audience_differs: return "audience_differs";
    case Refusal::times_ill_formed: return "times_ill_formed";
    case Refusal::times_contradict: return "times_contradict";
    case Refusal::expired: return "expired";
    case Refusal::not_yet_valid: return "not_yet_valid";
    case Refusal::lifetime_too_long: return "lifetime_too_long";
    case Refusal::subject_ill_formed: return "subject_ill_formed";
    case Refusal::tenant_ill_formed: return "tenant_ill_formed";
    case Refusal::tenant_not_allowed: return "tenant_not_allowed";
    case Refusal::token_id_ill_formed: return "token_id_ill_formed";
    case Refusal::key_unknown: return "key_unknown";
    case Refusal::key_unfit: return "key_unfit";
    case Refusal::signature_wrong: return "signature_wrong";
    case Refusal::replayed: return "replayed";
    }
    return "";
}

}  // namespace rectal_cds::auth
