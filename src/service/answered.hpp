// What is told of a request: to the log, the metrics and the log of decisions.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace rectal_cds::service {

// What a log may know of an answered request: no path segment that a caller chose, no body, no identifier of a patient.
struct Answered {
    std::string correlation_id, trace_id;
    std::string method, route;  // "POST", "/cds-services/rectal-cancer-order-sign"; route "unknown"
    int status = 0;
    std::size_t cards = 0;
    std::chrono::microseconds duration{};
    std::string client;         // its name in the registry; "sandbox"; empty before it is known
    std::string hook_instance;  // empty unless a hook call was read
    std::string reason;         // of a status that is not 200, or of an answer without cards: "patient_mismatch", "under_18"
    std::string obstacle;       // of reason "unobtainable": "no_fhir_server"
    std::string hook, content_version;  // of a hook call that was judged
    bool silent = false;        // judged and recorded; the client got no card, and `shown` and `folded` are what would be
    std::vector<std::string> shown, folded, suppressed, switched_off, not_assessed, failed;  // ids of recommendations
    std::vector<std::string> not_assessed_because;                     // by not_assessed
    std::vector<std::string> did_not_fire;  // the others of the hook; with Settings::logs_decisions alone
    std::vector<std::pair<std::string, std::string>> inputs;           // of a hook call: "conditions", "unreadable:timed_out"
};

// Something that an operator should look at: "token_refused", "fhir_server_not_allowed", "patient_mismatch",
// "store_unavailable", "body_too_large".
struct Alarm {
    std::string name, correlation_id, client, reason;
};

}  // namespace rectal_cds::service
