// Suggestions on the wire: card.suggestions with actions and orders (cds-hooks.md 8.3, 8.4 and 12).
#include "cdshooks/suggestions.hpp"
#include "domain/body_size.hpp"

namespace rectal_cds::cdshooks {

namespace {

constexpr const char* protocol_note = "Protocol default, adjust for organ function; pharmacist verification.";
constexpr const char* service_note =
    "Suggested by decision support with draft content; to be confirmed by the ordering clinician.";

std::string description_of(const fhir::OrderTemplate& order) {
    return (order.medication ? "Draft order: " : "Draft request: ") + order.title;
}

// Drugs are named in our words; services by code only, as their text is the client's.
std::string description_of(const Deletion& deletion) {
    const bool drug = deletion.reference.rfind("MedicationRequest/", 0) == 0;
    return drug ? "Delete " + deletion.says : "Delete the drafted order";
}

void write_actions(json::Writer& writer, const ChosenSuggestion& chosen, const WireProfile& profile,
                   fhir::OrderContext context) {
    writer.key("actions").begin_array();
    for (const Deletion& deletion : chosen.deletions) {
        writer.begin_object().member("type", "delete").member("description", description_of(deletion));
        writer.member(profile.deletes_by_resource() ? "resource" : "resourceId", deletion.reference).end_object();
    }
    for (const auto* order : chosen.orders) {
        context.note = order->medication ? protocol_note : service_note;
        const std::string description = description_of(*order) + chosen.belongs_to;
        writer.begin_object().member("type", "create").member("description", description).key("resource");
        fhir::write_order(writer, *order, context);
        writer.end_object();
    }
    writer.end_array();
}

// All actions of a suggestion belong together; 3.0 can say so to a client that is known to understand it.
void write_suggestion(json::Writer& writer, const ChosenSuggestion& chosen, const WireProfile& profile,
                      const fhir::OrderContext& context) {
    writer.begin_object().member("label", chosen.label).member("uuid", chosen.uuid);
    if (chosen.recommended && profile.has_members_of_1_1()) writer.member("isRecommended", true);
    write_actions(writer, chosen, profile, context);
    if (profile.writes_action_selection_behavior()) writer.member("actionSelectionBehavior", "all");
    writer.end_object();
}

}  // namespace

fhir::OrderContext order_context(const Request& request, const domain::Assessment& assessment) {
    fhir::OrderContext context;
    context.patient_reference = "Patient/" + request.patient_id;
    const domain::Primary* cancer =
        assessment.staging.primary ? assessment.staging.primary : assessment.staging.in_remission;
    if (cancer) context.condition_reference = cancer->source.reference;
    if (!request.encounter_id.empty()) context.encounter_reference = "Encounter/" + request.encounter_id;
    if (request.user_type() == "Practitioner" || request.user_type() == "PractitionerRole")
        context.requester_reference = request.user_id;
    context.authored = assessment.record.today;
    context.body_size = domain::body_size(assessment.record);
    return context;
}

void write_suggestions(json::Writer& writer, const Suggestions& suggestions, const WireProfile& profile,
                       fhir::OrderContext context) {
    using Part = ChosenSuggestion::Part;
    if (suggestions.chosen.empty()) return;
    context.proposal = profile.intent == OrderIntent::proposal;
    writer.key("suggestions").begin_array();
    for (const ChosenSuggestion& chosen : suggestions.chosen) {
        if (chosen.part != Part::further)
            context.group = chosen.orders.size() > 1 || chosen.part == Part::first ? chosen.uuid : "";
        write_suggestion(writer, chosen, profile, context);
    }
    writer.end_array();
    writer.member("selectionBehavior", suggestions.any_number ? "any" : "at-most-one");
}

}  // namespace rectal_cds::cdshooks
