// Elements that many resources share: dates, statuses, references, values.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "domain/case.hpp"
#include "fhir/concept.hpp"
#include "fhir/record.hpp"

namespace rectal_cds::fhir {

// What Observations beside a variant say of its clinical significance.
struct Significance {
    bool pathogenic = false;
    bool not_pathogenic = false;
};

// What is being read, and into what. One per Case.
struct Reading {
    const CodeBook& book;
    const Record& from;
    domain::Case& into;
    std::unordered_map<std::string, Significance> significance = {};  // by reference of the variant
};

// Whether a resource may be used (decisions.md 9): `absent` is as if it were not there.
enum class Standing : unsigned char { counts, pending, absent, unusable };

// Standing of a status code by the three lists; anything else, and a missing status, is unusable.
Standing standing(std::string_view status, std::initializer_list<std::string_view> counts,
                  std::initializer_list<std::string_view> absent, std::initializer_list<std::string_view> pending = {});

// The code that a status CodeableConcept has in the HL7 code system `system`, whatever local codings stand beside it;
// the first code when it has none there, "contradictory" when it has several. A plain string or a text counts where it
// is one of the codes, and is "not understood" otherwise. "" when the status is missing.
std::string_view status_code(json::Value codeable, std::string_view system);

// modifierExtension or implicitRules change the meaning of a resource in ways this service does not know.
bool has_unknown_modifier(json::Value resource);

// "Observation/kras-1"
std::string reference_to(json::Value resource);

// The first of the named elements that holds a readable date. "effectivePeriod.end" reads an element of a Period.
std::optional<base::DateInterval> date_of(json::Value resource, std::initializer_list<std::string_view> elements);

domain::Source source_of(json::Value resource, std::string says, std::optional<base::DateInterval> when);

// Results dated later than tomorrow are not used (decisions.md 39).
bool in_future(const Reading& reading, const std::optional<base::DateInterval>& when);

// Whether an event that was begun and not completed still matters: its date is within the last 90 days, or missing.
// Records leave old courses "in progress" for years (terminology.md, pitfall 39).
bool is_recent(const Reading& reading, json::Value resource, std::initializer_list<std::string_view> dates);
inline constexpr const char* begun_not_completed = "It was begun, and is not recorded as completed.";

void mark_unusable(Reading& reading, json::Value resource, domain::Topic topic, std::string says, std::string problem);

// The value of the extension with this URL; missing when there is none. `value` names the element: "valueCode".
json::Value extension(json::Value element, std::string_view url);

// The resource that a Reference names: contained, or delivered with the request; missing otherwise.
json::Value resolve(const Reading& reading, json::Value resource, json::Value reference);

}  // namespace rectal_cds::fhir
