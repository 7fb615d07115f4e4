// What a call still needs from the client's FHIR server, and what came of asking. Values only: src/fetch asks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"

namespace rectal_cds::cdshooks {

// One GET. `target` is relative to the FHIR base URL ("Condition?patient=p-1&_count=200"; values percent-encoded), or
// absolute (the next page of a Bundle that was delivered); whoever asks must check that it lies under the base.
struct Query {
    std::string key;  // of the prefetch; "Medication/m1" for a resource that an order refers to
    std::string target;
};

// Why a query has no answer. Closed list: it becomes words on a card, and a label of a metric.
enum class FetchFailure : unsigned char {
    none,
    not_attempted,  // no time, no access, or a token in the template that the context does not have
    not_allowed,    // the address lies outside what is configured for the client
    timed_out,
    unreachable,    // name, connection, TLS
    refused,        // 401, 403
    not_found,      // 404, 410
    overloaded,     // 429, 5xx
    not_fhir,       // no FHIR JSON, a redirect, another status
    too_large,
    circuit_open    // the server failed repeatedly a moment ago and is left alone
};

const char* name(FetchFailure failure);  // "timed_out"

struct Fetched {
    std::string key;
    FetchFailure failure = FetchFailure::none;  // of the first page: `pages` is empty unless none
    bool is_incomplete = false;                 // a further page exists and was not read
    std::vector<json::Document> pages;          // as received, in order; a page may be an OperationOutcome
    std::size_t bytes = 0;                      // of them, as received
};

}  // namespace rectal_cds::cdshooks
