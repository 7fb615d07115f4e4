// Why a token was refused. For logs, the audit and the metric cds_auth_failures_total{reason}; never for the caller,
// who gets one constant 401 (cds-hooks.md 10.1, decisions.md 14).
#pragma once

namespace rectal_cds::auth {

// In the order in which the checks are made (reliability.md 1.3).
enum class Refusal {
    none,
    no_token,                 // no Authorization header, or an empty token
    several_headers,          // more than one Authorization header
    not_bearer,               // another scheme than Bearer
    too_large,                // token, header or payload above its limit
    not_three_parts,          // another form than header.payload.signature
    not_base64url,            // padding, whitespace, other alphabet, non-canonical bits
    header_unreadable,        // not one JSON object without duplicate members
    header_not_allowed,       // crit, b64, jwk, x5u, x5c, zip, enc, cty
    type_not_jwt,             // typ missing or another than JWT
    algorithm_not_signature,  // alg missing, none, symmetric or unknown
    key_id_missing,           // kid missing, empty or no text
    payload_unreadable,       // not one JSON object without duplicate members
    issuer_missing,           // iss missing, empty or no text
    issuer_unknown,           // iss in no entry of the client registry
    algorithm_not_allowed,    // alg not in the client's list
    key_url_differs,          // jku is not the registered one
    key_unknown,              // no key of the client has this kid
    key_unfit,                // keys have this kid, but none fits the algorithm
    signature_wrong,          // no fitting key made this signature
    audience_missing,         // aud missing, empty, of a wrong type, or too many
    audience_differs,         // aud names no public URL of this endpoint
    times_ill_formed,         // exp or iat missing, or one of exp, iat and nbf no plausible number
    times_contradict,         // exp not after iat, or not after nbf
    expired,                  // exp has passed
    not_yet_valid,            // iat or nbf lies ahead
    lifetime_too_long,        // exp - iat above the client's limit
    subject_ill_formed,       // sub is there and no text
    tenant_ill_formed,        // tenant is there and no text
    tenant_not_allowed,       // the client has tenants, and this is none of them
    token_id_ill_formed,      // jti missing, empty, too long or with control characters
    replayed                  // this jti has been used as often as the client's policy allows
};

// "issuer_unknown": the enumerator's own name.
const char* name(Refusal refusal);

}  // namespace rectal_cds::auth
