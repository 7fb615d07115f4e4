// One answer of a FHIR server: a page that can be used, or why not; and where its next page is.
#pragma once

#include <optional>
#include <string>

#include "auth/fhir_base_url.hpp"
#include "cdshooks/fetched.hpp"
#include "fetch/circuit_breaker.hpp"
#include "fetch/transport.hpp"
#include "json/document.hpp"

namespace rectal_cds::fetch {

struct Page {
    cdshooks::FetchFailure failure = cdshooks::FetchFailure::none;
    std::optional<json::Document> document;  // unless there is a failure
    bool is_bundle = false;
    bool has_next = false;
    std::optional<auth::Url> next;  // empty in spite of has_next: not under the base, or more than one
    std::size_t bytes = 0;

    CircuitBreaker::Outcome health = CircuitBreaker::Outcome::unknown;  // what this says about the server
    bool is_passing = false;        // lost connection, 502, 503, 504: a second attempt may mend it
    bool is_token_refused = false;  // 401
    std::optional<std::chrono::seconds> retry_after;
};

// A page is status 200 and a JSON object with a resourceType; an OperationOutcome is one too.
Page read_page(Answer answer, const auth::BaseUrl& base);

// The URL of a query: relative to the base, or absolute and under it. Empty otherwise.
std::optional<auth::Url> url_of(const std::string& target, const auth::BaseUrl& base);
bool is_absolute(const std::string& target);

}  // namespace rectal_cds::fetch
