// Calls whose data come from the request and from a FHIR server, as tests write them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cdshooks/respond.hpp"
#include "json/document.hpp"

namespace rectal_cds::testing {

inline constexpr std::string_view fhir_base = "https://fhir.example.org/r4";

// The body with fhirServer and fhirAuthorization, so that the server may be asked.
std::string with_access(const std::string& body);

// The value under a prefetch key of the body, as a text; and the body without it.
std::string delivered(const std::string& body, std::string_view key);
std::string leaving_out(std::string body, std::initializer_list<std::string_view> keys);

// A cdshooks::Fetched, before its pages are parsed.
struct Came {
    std::string key;
    cdshooks::FetchFailure failure = cdshooks::FetchFailure::none;
    std::vector<std::string> pages;
    bool is_incomplete = false;
};
Came fetched(std::string key, std::vector<std::string> pages);
Came not_fetched(std::string key, cdshooks::FetchFailure failure);
std::vector<cdshooks::Fetched> parsed(const std::vector<Came>& came);

using Change = std::function<void(cdshooks::Call&)>;

// Precondition: the hook of the body is one of the three. The day is that of the examples. prepared() requires that
// the call was not answered at once.
cdshooks::Call call_of(const std::string& body);
cdshooks::Prepared prepared(const std::string& body, const Change& change = {});
cdshooks::Answer answered(const std::string& body, const std::vector<Came>& came = {},
                          cdshooks::FhirAccess access = cdshooks::FhirAccess::possible, const Change& change = {});
cdshooks::Answer answered_without_access(const std::string& body, const Change& change = {});

std::vector<std::string> topics(const cdshooks::Answer& answer);  // of its cards, in order
bool shows(const cdshooks::Answer& answer, std::string_view topic);
std::string detail(const cdshooks::Answer& answer, std::string_view topic);  // "" when there is no such card
std::string indicator(const cdshooks::Answer& answer, std::string_view topic);
bool says(const std::string& text, std::string_view part);

const cdshooks::InputReport& report(const cdshooks::Answer& answer, domain::Input input);

}  // namespace rectal_cds::testing
