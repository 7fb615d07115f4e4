// One reader for each R4 resource type; each adds statements, or an Unusable, to the Case.
#pragma once

#include <string>
#include <vector>

#include "fhir/element.hpp"

namespace rectal_cds::fhir {

void read_patient(Reading& reading, json::Value patient);                        // Patient
void read_conditions(Reading& reading);                                          // Condition
void read_observations(Reading& reading);                                        // Observation
void read_observation(Reading& reading, json::Value observation);                // one of them
void read_procedures(Reading& reading);                                          // Procedure
void read_service_requests(Reading& reading);                                    // ServiceRequest
void read_diagnostic_reports(Reading& reading);                                  // DiagnosticReport
void read_medications(Reading& reading);                                         // MedicationRequest, MedicationAdministration
void read_allergies(Reading& reading);                                           // AllergyIntolerance
void read_drafts(Reading& reading);                                              // context.draftOrders
void count_uncoded(Reading& reading);                                            // after all others: what they passed over

// A draft that ends an order instead of writing one: cancelled, stopped, doNotPerform.
bool is_being_ended(json::Value order);

// The drugs of a MedicationRequest, MedicationAdministration or Medication. `named_only` is set when a drug
// that this service knows is mentioned, in text or a display, without a code of its value set.
struct DrugsRead {
    std::vector<domain::Drug> drugs;
    std::string shown;        // the text or display of the medication
    bool named_only = false;
    bool coumarin_only = false;  // named_only, and no other drug than a vitamin K antagonist is mentioned
    bool unresolved = false;  // a reference that was not delivered, without a telling display
};
DrugsRead read_drugs(const Reading& reading, json::Value resource);
std::vector<domain::Drug> drugs_in(const Concept& medication);

// Kinds, date, priority and radiation of a Procedure or ServiceRequest that is an intervention; no kind set otherwise.
domain::Intervention read_intervention(const Reading& reading, json::Value resource, const Concept& code,
                                       std::optional<base::DateInterval> when);

// Every spelling of a service's code, for telling equivalent orders (domain::ActiveService).
std::vector<std::string> service_keys(json::Value service, const Concept& code);

// Observations whose date, status and focus were accepted, for the readers of single topics.
struct ObservationAt {
    json::Value resource;
    json::Value holder;  // of value[x]: the Observation, or the component of a panel that has this code
    const Concept& code;
    Standing standing;  // counts or pending
    std::optional<base::DateInterval> when;
};
bool read_biomarker(Reading& reading, const ObservationAt& observation);    // false: not one
bool read_measurement(Reading& reading, const ObservationAt& observation);
bool read_stage(Reading& reading, const ObservationAt& observation);
bool read_statement(Reading& reading, const ObservationAt& observation);

// After all observations: corrected reports replace earlier ones of the same accession (local-codes.md D13).
void replace_corrected(Reading& reading);
// Condition.stage.summary, dated by its assessment if that was delivered, otherwise `recorded`.
void read_stage_summaries(Reading& reading, json::Value condition, std::optional<base::DateInterval> recorded);
// After all observations: a summary is a copy and never outranks the Observations (pitfall 10).
void settle_stage_summaries(Reading& reading);

// Histology by the extensions of a Condition; `unstated` where they say nothing.
domain::Primary::Histology stated_histology(const Reading& reading, json::Value condition,
                                            domain::Primary::Histology unstated);
// After all observations: histology observations, and Conditions that hold nothing but a morphology, settle what the
// Condition of the primary left open.
void settle_histology(Reading& reading);

Standing verification(json::Value condition);  // Condition.verificationStatus

// Whether every Condition that the references of this element name, and that was delivered, is a disease other than
// the rectal cancer and its metastases (clinical.md 3.1: fire only results linked to the rectal primary or unlinked).
bool about_another_cancer(const Reading& reading, json::Value resource, std::string_view element);

// mcode-procedure-intent (mCODE STU1: mcode-treatment-intent) on a MedicationRequest or Procedure.
void read_intent_extension(Reading& reading, json::Value resource, const std::optional<base::DateInterval>& when);

}  // namespace rectal_cds::fhir
