#include "fhir/element.hpp"

#include <algorithm>
#include <utility>

#include "fhir/text_forms.hpp"

namespace rectal_cds::fhir {

using base::DateInterval;

std::string relative_reference(std::string_view reference) {
    reference = trimmed(reference);
    if (reference.empty() || reference[0] == '#' || reference.substr(0, 4) == "urn:") return std::string(reference);
    if (const auto history = reference.find("/_history/"); history != std::string_view::npos) {
        reference = reference.substr(0, history);
    }
    const auto id = reference.rfind('/');
    if (id == std::string_view::npos || id == 0) return std::string(reference);
    const auto type = reference.rfind('/', id - 1);
    return std::string(type == std::string_view::npos ? reference : reference.substr(type + 1));
}

std::string reference_key(const Record& record, std::string_view reference) {
    reference = trimmed(reference);
    if (record.by_reference.count(std::string(reference)) != 0) return std::string(reference);
    const bool absolute = reference.find("://") != std::string_view::npos;
    if (!absolute) return relative_reference(reference);
    const std::string base = record.fhir_base + '/';
    if (record.fhir_base.empty() || reference.substr(0, base.size()) != base) return {};
    const std::string_view rest = reference.substr(base.size());
    const std::string relative = relative_reference(rest);
    return rest.substr(0, relative.size()) == relative ? relative : std::string();
}

Standing standing(std::string_view status, std::initializer_list<std::string_view> counts,
                  std::initializer_list<std::string_view> absent, std::initializer_list<std::string_view> pending) {
    const auto in = [&](const auto& list) { return std::find(list.begin(), list.end(), status) != list.end(); };
    if (in(counts)) return Standing::counts;
    if (in(absent)) return Standing::absent;
    return in(pending) ? Standing::pending : Standing::unusable;
}

namespace {

// A status without a coding: the plain string of DSTU2 and STU3, or the text beside a missing coding, where it is one
// of the codes.
std::string_view status_word(json::Value codeable) {
    const std::string_view plain = trimmed(codeable.text());
    const std::string_view said = plain.empty() ? trimmed(codeable["text"].text()) : plain;
    for (const std::string_view word :
         {"active", "recurrence", "relapse", "inactive", "remission", "resolved", "confirmed", "unconfirmed",
          "provisional", "differential", "refuted", "entered-in-error"}) {
        if (equals_ignoring_case(said, word)) return word;
    }
    return "not understood";
}

}  // namespace

std::string_view status_code(json::Value codeable, std::string_view system) {
    std::string_view first, found;
    for (const json::Value coding : codeable["coding"].elements()) {
        const std::string_view code = trimmed(coding["code"].text());
        if (first.empty()) first = code;
        if (code.empty() || coding["system"].text() != system) continue;
        if (!found.empty() && found != code) return "contradictory";
        found = code;
    }
    if (!first.empty()) return found.empty() ? first : found;
    return codeable.exists() ? status_word(codeable) : first;
}

// Elements may be modified as well: a component, a dosage, a stage.
bool has_unknown_modifier(json::Value resource) {
    const auto is_modified = [](json::Value element) { return element["modifierExtension"].size() > 0; };
    if (is_modified(resource) || !resource["implicitRules"].text().empty()) return true;
    for (const json::Member& member : resource.members()) {
        if (is_modified(member.value)) return true;
        for (const json::Value element : member.value.elements()) {
            if (is_modified(element)) return true;
        }
    }
    return false;
}

std::string reference_to(json::Value resource) {
    const std::string id(resource["id"].text());
    return std::string(resource["resourceType"].text()) + '/' + (id.empty() ? "(no id)" : id);
}

std::optional<DateInterval> date_of(json::Value resource, std::initializer_list<std::string_view> elements) {
    for (const std::string_view element : elements) {
        const auto dot = element.find('.');
        json::Value value = resource[element.substr(0, dot)];
        if (dot != std::string_view::npos) value = value[element.substr(dot + 1)];
        if (const auto date = base::parse_fhir_date(value.text())) return date;
    }
    return std::nullopt;
}

domain::Source source_of(json::Value resource, std::string says, std::optional<DateInterval> when) {
    return {reference_to(resource), std::move(says), when};
}

bool in_future(const Reading& reading, const std::optional<DateInterval>& when) {
    return when && when->first > reading.from.today + std::chrono::days{1};
}

bool is_recent(const Reading& reading, json::Value resource, std::initializer_list<std::string_view> dates) {
    constexpr int still_matters_days = 90;
    const auto when = date_of(resource, dates);
    return !when || base::days_between(when->last, reading.into.today) <= still_matters_days;
}

void mark_unusable(Reading& reading, json::Value resource, domain::Topic topic, std::string says, std::string problem) {
    reading.into.unusable.push_back({source_of(resource, std::move(says), std::nullopt), topic, std::move(problem)});
}

json::Value extension(json::Value element, std::string_view url) {
    for (const json::Value item : element["extension"].elements()) {
        if (item["url"].text() == url) return item;
    }
    return {};
}

json::Value resolve(const Reading& reading, json::Value resource, json::Value reference) {
    const std::string target = relative_reference(reference["reference"].text());
    if (target.empty()) return {};
    if (target[0] == '#') {
        for (const json::Value contained : resource["contained"].elements()) {
            if (contained["id"].text() == std::string_view(target).substr(1)) return contained;
        }
        return {};
    }
    const auto found = reading.from.by_reference.find(reference_key(reading.from, reference["reference"].text()));
    return found == reading.from.by_reference.end() ? json::Value{} : found->second;
}

}  // namespace rectal_cds::fhir
