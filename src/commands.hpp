// The commands of the program. Each returns the exit code: 0 done, 1 something was wrong with what it judged,
// 2 it could not begin.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"

namespace rectal_cds {

// For whom the cards are worded, and what the client can do with them (cdshooks/audience.hpp, wire_profile.hpp).
struct WordingOptions {
    std::string audience = "clinician";     // or nurse
    std::string patient_cards = "none";     // or plain
    std::string card_profile = "auto";  // or standard, 1.0, 1.1, 3.0, epic
};

struct ServeOptions {
    std::string listen = "127.0.0.1:8080";
    std::string knowledge;
    std::string site;  // folder with the site's valuesets/ and conceptmaps/; empty: none
    std::string fhir_server;
    std::optional<base::Day> today;  // a fixed clock, for tests
    bool sandbox = false;            // accept calls from other machines without authentication
    unsigned threads = 0;            // 0: as many as the machine has
    std::size_t max_body_bytes = 4u * 1024 * 1024;
    std::size_t max_connections = 2000;
    std::string log_level = "info";
    WordingOptions wording;
};

struct EvaluateOptions {
    std::vector<std::string> files;  // "-" is standard input
    std::string knowledge;
    std::string site;
    std::optional<base::Day> today;
    bool explain = false;
    WordingOptions wording;
    bool require_approved = false;
};

struct CheckOptions {
    std::string knowledge;
    std::string site;
    std::optional<base::Day> today;  // for what is due
};

// Test keys and the tokens signed with them (auth/jwt_signer.hpp).
struct TokenOptions {
    std::string new_key;                // "ES384" or "RS384": make a key; empty: sign with `key`
    std::string out;                    // folder for the new key
    std::string name = "test-client";   // of the client in the registry that is printed
    std::string key;                    // file with a private JWK
    std::string iss, aud, sub, tenant, jku;
    int lifetime = 300;                 // seconds
    bool epic = false;                  // nbf and sub as Epic sends them; a new key's client speaks Epic's dialect
    std::string now;                    // empty: the system's clock
};

int serve(const ServeOptions& options);
int evaluate(const EvaluateOptions& options);
int check(const CheckOptions& options);
int review(const std::string& folder);  // prints hooks/REVIEW.md

int token(const TokenOptions& options);

base::Day today_utc();

}  // namespace rectal_cds
