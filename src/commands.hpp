// The commands of the program. Each returns the exit code: 0 done, 1 something was wrong with what it judged,
// 2 it could not begin.
#pragma once

#include <chrono>
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
    std::string listen = "127.0.0.1:8080", admin_listen;  // admin_listen: of operations; empty: they are at `listen`
    std::string tls_certificate, tls_key;  // PEM files; both or neither
    std::string public_url, why_url;       // of our addresses as clients write them; of explanations; empty: where it listens
    std::string clients;                   // client registry file; empty: sandbox mode
    bool sandbox = false;                  // accept calls from other machines without authentication
    bool discovery_needs_token = false;
    bool simulator = false;   // with a client registry too; in sandbox mode it always is served
    std::string pages_token;  // file with the token that opens /feedback; empty: none
    std::vector<std::string> frame_ancestors;  // origins that may show our pages in a frame
    bool jti_strict = false;  // no answer while used tokens cannot be recorded (decisions.md 27)

    std::string knowledge, site;  // site: folder with its valuesets/ and conceptmaps/; empty: none
    bool require_approved = false;
    WordingOptions wording;
    std::string shared_service_id;  // one id for all hooks; empty: three ids
    bool deprecated_hooks = false;

    std::string fhir_server;  // in sandbox mode the one server that may be asked
    std::string fhir_transport = "cpprest";  // or beast
    std::string fhir_ca_file;
    std::vector<std::string> fhir_address_ranges;  // non-public ones that --fhir-server may resolve to
    unsigned deadline_ms = 450, fetch_deadline_ms = 1500;

    std::string store = "rectal-cds.sqlite";  // or postgresql://…, or @FILE (store/place.hpp)
    std::string pseudonym_key;                // file; empty: beside the store's file
    bool remember = false;  // repeat suppression
    std::string location;

    std::optional<base::Day> today;  // a fixed clock, for tests
    std::optional<std::chrono::sys_time<std::chrono::milliseconds>> now;
    unsigned threads = 0;  // 0: as many as the machine has
    std::size_t max_body_bytes = 4u << 20, max_connections = 2000, max_buffered_bytes = 64u << 20;
    bool allow_core_dumps = false, check_config = false;  // check_config: say what is wrong with all of this, and end
    unsigned drain_delay_ms = 0;                   // from SIGTERM to the drain
    std::string log_level = "info", decision_log;  // decision_log: file, or "-"; empty: none
};

struct EvaluateOptions {
    std::vector<std::string> files;  // "-" is standard input
    std::string knowledge;
    std::string site;
    std::optional<base::Day> today;
    bool explain = false;
    std::vector<std::string> only;  // explain these recommendations alone; implies `explain`
    std::string format = "json";    // or text
    WordingOptions wording;
    bool require_approved = false;
};

struct CheckOptions {
    std::string knowledge;
    std::string site;
    std::optional<base::Day> today;  // for what is due
};

// What a captured request holds and what becomes of it, without patient data.
struct DoctorOptions {
    std::vector<std::string> files;  // "-" is standard input
    std::string knowledge;
    std::string site;
    std::string clients;             // client registry; empty: sandbox mode
    std::string fhir_server;         // of sandbox mode
    std::optional<base::Day> today;
    bool json = false;
    WordingOptions wording;
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

// What users made of the cards, out of a store (store/feedback_export.hpp).
struct FeedbackExportOptions {
    std::string store = "rectal-cds.sqlite";
    std::string format = "csv";           // or json
    std::optional<base::Day> from, to;    // days of the outcome in UTC
    std::string knowledge;                // displays of override reasons
};

int serve(const ServeOptions& options);
int evaluate(const EvaluateOptions& options);
int check(const CheckOptions& options);
int review(const std::string& folder);  // prints hooks/REVIEW.md

int doctor(const DoctorOptions& options);
int token(const TokenOptions& options);
int export_feedback(const FeedbackExportOptions& options);

base::Day today_utc();

}  // namespace rectal_cds
