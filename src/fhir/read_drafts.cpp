// context.draftOrders: what is being ordered in this session (cds-hooks.md 5.1; local-codes.md D20).
#include <utility>

#include "fhir/readers.hpp"

namespace rectal_cds::fhir {

namespace {

bool is_removable(json::Value order) { return !order["id"].text().empty() && order["status"].text() == "draft"; }

void read_medication_draft(Reading& reading, const DraftOrder& draft) {
    const DrugsRead read = read_drugs(reading, draft.resource);
    domain::Case& into = reading.into;
    if (read.named_only && draft.selected) into.unrecognised_drafts.push_back(read.shown);
    if (read.unresolved && draft.selected && draft.resource["medicationReference"].exists()) ++into.unread_drafts;
    if (read.named_only || read.unresolved) return;
    for (const domain::Drug drug : read.drugs) {
        domain::DraftDrug item{source_of(draft.resource, std::string(domain::name(drug)) + " in this draft", std::nullopt), drug,
                               is_removable(draft.resource)};
        (draft.selected ? into.drafts : into.other_drafts).push_back(std::move(item));
    }
}

void read_service_draft(Reading& reading, const DraftOrder& draft) {
    const Concept code = read_concept(reading.book, draft.resource["code"]);
    const auto when = date_of(draft.resource, {"occurrenceDateTime", "occurrencePeriod.start"});
    reading.into.active_services.push_back({source_of(draft.resource, std::string(code.shown), std::nullopt), service_keys(draft.resource, code)});
    domain::Intervention item = read_intervention(reading, draft.resource, code, when);
    if (!item.kinds.any()) return;
    item.source.says += " in this draft";
    item.removable = is_removable(draft.resource);
    (draft.selected ? reading.into.draft_interventions : reading.into.other_draft_interventions).push_back(std::move(item));
}

}  // namespace

// Statuses other than `draft` occur on re-signing; these end an order instead of writing one.
bool is_being_ended(json::Value order) {
    const std::string_view status = order["status"].text();
    for (const std::string_view ended : {"cancelled", "entered-in-error", "stopped", "completed", "revoked"}) {
        if (status == ended) return true;
    }
    return order["doNotPerform"].boolean().value_or(false);
}

void read_drafts(Reading& reading) {
    reading.into.selection_unmatched = reading.from.selection_unmatched;
    for (const DraftOrder& draft : reading.from.drafts) {
        if (is_being_ended(draft.resource)) continue;
        const std::string_view type = draft.resource["resourceType"].text();
        if (type == "MedicationRequest") read_medication_draft(reading, draft);
        if (type == "ServiceRequest") read_service_draft(reading, draft);
    }
}

}  // namespace rectal_cds::fhir
