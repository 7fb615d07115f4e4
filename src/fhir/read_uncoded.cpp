// What the readers passed over because it carries no code of a system that the value sets use: text alone, local codes.
// It may be anything, so that "not found" has to say how much of it there is (decisions.md 9 and 34).
#include <string>
#include <unordered_set>

#include "fhir/readers.hpp"

namespace rectal_cds::fhir {

using domain::Input;

namespace {

// References of what some statement was made of, or was found unusable.
class Used {
public:
    explicit Used(const domain::Case& record) {
        add_all(record.primaries, record.secondaries, record.other_primaries, record.problems, record.stages,
                record.intents, record.pregnancy, record.marks, record.doses, record.orders, record.done, record.booked,
                record.open_tests, record.unusable);
    }

    bool holds(json::Value resource) const {
        return !resource["id"].text().empty() && references_.count(reference_to(resource)) != 0;
    }

private:
    template <class... Lists> void add_all(const Lists&... lists) { (add(lists), ...); }

    template <class List> void add(const List& list) {
        for (const auto& statement : list) references_.insert(statement.source.reference);
    }

    std::unordered_set<std::string> references_;
};

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> list) {
    for (const std::string_view item : list) {
        if (text == item) return true;
    }
    return false;
}

// As if it were not there (the readers of the types have the same lists).
bool is_void(json::Value resource) {
    const std::string_view status = resource["status"].text(), intent = resource["intent"].text();
    if (resource["resourceType"].text() == "Condition") return verification(resource) == Standing::absent;
    return resource["doNotPerform"].boolean().value_or(false) || is_one_of(intent, {"proposal", "plan", "option"}) ||
           is_one_of(status,
                     {"entered-in-error", "not-done", "cancelled", "revoked", "draft", "on-hold", "preparation"});
}

bool has_readable_code(const Reading& reading, json::Value resource) {
    const std::string_view type = resource["resourceType"].text();
    if (type != "MedicationRequest" && type != "MedicationAdministration")
        return read_concept(reading.book, resource["code"]).readable;
    json::Value codeable = resource["medicationCodeableConcept"];
    if (!codeable.exists()) codeable = resolve(reading, resource, resource["medicationReference"])["code"];
    return read_concept(reading.book, codeable).readable;
}

bool is_uncoded_draft(const Reading& reading, const DraftOrder& draft) {
    if (!draft.selected || draft.resource["resourceType"].text() != "MedicationRequest") return false;
    const DrugsRead read = read_drugs(reading, draft.resource);
    const bool is_unread = read.unresolved && draft.resource["medicationReference"].exists();
    const bool is_told = !read.drugs.empty() || read.named_only || is_unread;
    return !is_told && !has_readable_code(reading, draft.resource);
}

}  // namespace

void count_uncoded(Reading& reading) {
    const Used used(reading.into);
    for (const Input input : {Input::conditions, Input::procedures, Input::medication_requests,
                              Input::medication_administrations, Input::service_requests}) {
        for (const json::Value resource : reading.from[input].resources) {
            if (is_void(resource) || used.holds(resource) || has_readable_code(reading, resource)) continue;
            ++reading.into.uncoded[static_cast<std::size_t>(input)];
        }
    }
    for (const DraftOrder& draft : reading.from.drafts) {
        if (!is_being_ended(draft.resource) && is_uncoded_draft(reading, draft)) ++reading.into.uncoded_drafts;
    }
}

}  // namespace rectal_cds::fhir
