#include "fhir/order.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

#include "fhir/absolute_dose.hpp"
#include "fhir/element.hpp"
#include "fhir/knowledge_shape.hpp"

namespace rectal_cds::fhir {

namespace {

constexpr std::string_view needs_review = "from knowledge, needs review";

void write_reference(json::Writer& writer, std::string_view member, const std::string& reference) {
    if (reference.empty()) return;
    writer.key(member).begin_object().member("reference", reference).end_object();
}

void write_verbatim(json::Writer& writer, std::string_view member, json::Value value) {
    if (value.exists()) writer.member(member, value);
}

// The definition's concept, with the site's orderable items as further codings.
void write_coded(json::Writer& writer, std::string_view member, json::Value codeable, const std::vector<Coding>& site) {
    if (site.empty()) return write_verbatim(writer, member, codeable);
    writer.key(member).begin_object().key("coding").begin_array();
    for (const json::Value coding : codeable["coding"].elements()) writer.value(coding);
    for (const Coding& coding : site) {
        writer.begin_object().member("system", coding.system).member("code", coding.code);
        if (!coding.display.empty()) writer.member("display", coding.display);
        writer.end_object();
    }
    writer.end_array();
    for (const auto& [name, value] : codeable.members()) {
        if (name != "coding") writer.member(name, value);
    }
    writer.end_object();
}

// Who, for whom, when and why: the same in both resources.
void write_circumstances(json::Writer& writer, const OrderContext& context) {
    write_reference(writer, "subject", context.patient_reference);
    write_reference(writer, "encounter", context.encounter_reference);
    writer.member("authoredOn", base::iso(context.authored));
    write_reference(writer, "requester", context.requester_reference);
    if (context.condition_reference.empty()) return;
    writer.key("reasonReference").begin_array().begin_object();
    writer.member("reference", context.condition_reference);
    writer.end_object().end_array();
}

// The note of the call, what the definition says about use, and whether the dose was checked against a source.
void write_notes(json::Writer& writer, json::Value definition, const OrderContext& context) {
    std::vector<std::string> notes{context.note, std::string(definition["usage"].text())};
    if (context.body_size) notes.push_back(calculation_note(definition, *context.body_size));
    if (find_extension(definition, "dose-source")["valueString"].text() == needs_review) {
        notes.emplace_back("Source of the dose: " + std::string(needs_review) + ".");
    }
    notes.erase(std::remove(notes.begin(), notes.end(), std::string()), notes.end());
    if (notes.empty()) return;
    writer.key("note").begin_array();
    for (const std::string& text : notes) writer.begin_object().member("text", text).end_object();
    writer.end_array();
}

void write_group(json::Writer& writer, const std::string& group) {
    if (group.empty()) return;
    writer.key("groupIdentifier").begin_object();
    writer.member("system", std::string(canonical_base) + "/regimen-instance");
    writer.member("value", group);
    writer.end_object();
}

const char* intent_of(const OrderContext& context) { return context.proposal ? "proposal" : "order"; }

// "25 Gy in 5 fractions": the form in which this service also reads a prescription (local-codes.md 2).
std::string fractionation(json::Value prescription) {
    char digits[32];
    const double total = extension(prescription, "totalDose")["valueQuantity"]["value"].number().value_or(0);
    const auto end = std::to_chars(digits, digits + sizeof digits, total).ptr;
    const auto fractions = extension(prescription, "fractions")["valueUnsignedInt"].integer().value_or(0);
    return std::string(digits, end) + " Gy in " + std::to_string(fractions) + " fractions";
}

// R4 MedicationRequest.
void write_medication(json::Writer& writer, const OrderTemplate& order, const OrderContext& context) {
    const json::Value definition = order.definition;
    writer.begin_object();
    writer.member("resourceType", "MedicationRequest");
    writer.member("status", "draft");
    writer.member("intent", intent_of(context));
    write_coded(writer, "medicationCodeableConcept", definition["productCodeableConcept"], order.site_codings);
    write_circumstances(writer, context);
    write_group(writer, context.group);
    write_notes(writer, definition, context);
    writer.key("dosageInstruction");
    write_dosage(writer, definition, context.body_size);
    writer.end_object();
}

// R4 ServiceRequest.
void write_service(json::Writer& writer, const OrderTemplate& order, const OrderContext& context) {
    const json::Value definition = order.definition;
    const json::Value prescription = find_extension(definition, "radiotherapy-prescription");
    writer.begin_object();
    writer.member("resourceType", "ServiceRequest");
    if (prescription.exists()) writer.key("extension").begin_array().value(prescription).end_array();
    writer.member("status", "draft");
    writer.member("intent", intent_of(context));
    write_verbatim(writer, "priority", definition["priority"]);
    write_coded(writer, "code", definition["code"], order.site_codings);
    if (prescription.exists()) {
        writer.key("orderDetail").begin_array().begin_object();
        writer.member("text", fractionation(prescription));
        writer.end_object().end_array();
    }
    write_circumstances(writer, context);
    write_notes(writer, definition, context);
    write_verbatim(writer, "bodySite", definition["bodySite"]);
    writer.end_object();
}

}  // namespace

void OrderCopies::write(json::Writer& writer, const OrderTemplate& order, const OrderContext& context) {
    auto found = made_.find(&order);
    if (found == made_.end()) {
        json::Writer once;
        write_medication(once, order, context);
        const std::string text = once.take(),
                          member = "\"value\":\"";  // nothing else of an order has one with this text
        const std::size_t group = text.find(member + context.group) + member.size();
        found = made_.emplace(&order, Text{text.substr(0, group), text.substr(group + context.group.size())}).first;
    }
    const Text& text = found->second;
    writer.verbatim(text.before_group + context.group + text.after_group);
}

void write_order(json::Writer& writer, const OrderTemplate& order, const OrderContext& context) {
    if (context.copies && order.medication && !context.group.empty())
        context.copies->write(writer, order, context);
    else if (order.medication)
        write_medication(writer, order, context);
    else
        write_service(writer, order, context);
}

}  // namespace rectal_cds::fhir
