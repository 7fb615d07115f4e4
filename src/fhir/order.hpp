// order: an ActivityDefinition becomes a draft MedicationRequest or ServiceRequest for one patient.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "domain/body_size.hpp"
#include "fhir/knowledge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::fhir {

class OrderCopies;

struct OrderContext {
    std::string patient_reference;    // "Patient/123"
    std::string condition_reference;  // the rectal cancer Condition; empty when unknown
    std::string encounter_reference;  // empty when the call has none
    std::string requester_reference;  // userId of the call; empty for users who cannot order
    std::string group;      // groupIdentifier.value shared by the orders of one regimen; empty for single orders
    std::string note;       // "Protocol default, adjust for organ function; pharmacist verification." …
    bool proposal = false;  // intent proposal instead of order (client configuration)
    base::Day authored{};
    std::optional<domain::BodySize> body_size;  // then doses per m2 or kg are calculated in mg as well
    OrderCopies* copies = nullptr;              // of the answer, where it is written compactly
};

// The orders of one answer that were written already. A drug recurs in the regimens of a card, and only `group`
// differs: its order is put together once and copied.
class OrderCopies {
public:
    // Precondition: a drug with a group; the context is otherwise that of the call before.
    void write(json::Writer& writer, const OrderTemplate& order, const OrderContext& context);

private:
    struct Text {
        std::string before_group, after_group;
    };
    std::unordered_map<const OrderTemplate*, Text> made_;
};

// Writes the complete resource: status draft, no id, drug or service code, dosage with dose per m2 or kg, route,
// infusion duration, cycle; subject, reasonReference, groupIdentifier (clinical.md 3.3, decisions.md 53-54).
void write_order(json::Writer& writer, const OrderTemplate& order, const OrderContext& context);

}  // namespace rectal_cds::fhir
