// For whom the cards are worded (clinical.md S60, decisions.md 32). The audience changes words, never logic: the same
// recommendations fire with the same indicators for everyone who gets cards.
//
//   hook           user                       cards
//   patient-view   Patient, RelatedPerson     none, or plain-language cards without suggestions, as configured
//   patient-view   anyone else                the clinicians' or the nurses' wording, as configured
//   order hooks    anyone                     the clinicians' wording: a safety card is never silenced by user type
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cdshooks/request.hpp"
#include "fhir/knowledge.hpp"
#include "guideline/judge.hpp"

namespace rectal_cds::cdshooks {

enum class Audience : unsigned char { clinician, nurse, patient };

struct AudienceSettings {
    bool nurse_wording = false;       // for professionals at patient-view
    bool plain_patient_cards = false; // for patients and relatives at patient-view; otherwise they get none
};

// Empty when this user gets no cards at all.
std::optional<Audience> audience_of(const Request& request, const AudienceSettings& settings);

const std::string& summary_for(Audience audience, const guideline::Recommendation& recommendation);
const std::string& text_for(Audience audience, const guideline::Recommendation& recommendation);  // Markdown

// Cards for patients: the text for patients, where it comes from, version, state of review, and whom to talk to. No
// clinical evidence, no value of the record.
std::string patient_detail(const fhir::Knowledge& knowledge, const guideline::Recommendation& recommendation);
std::string patient_fold_summary(std::size_t folded);
std::string patient_fold_detail(const fhir::Knowledge& knowledge, const std::vector<guideline::Verdict>& folded);

}  // namespace rectal_cds::cdshooks
