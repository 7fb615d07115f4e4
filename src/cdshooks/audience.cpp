#include "cdshooks/audience.hpp"

#include "cdshooks/governance.hpp"

namespace rectal_cds::cdshooks {

using guideline::Recommendation;

namespace {

// The last part of every card for patients.
std::string origin(const fhir::Knowledge& knowledge, const std::string& status) {
    return "**Where this comes from**\n\n"
           "A computer program, rectal-cds, compared the record with published guidelines and studies. Your cancer team "
           "can see which ones. The record may be incomplete, and the program can be wrong.\n\n"
           "**Talk to your cancer team** before you change anything about your treatment. They know you and decide "
           "together with you. If you feel very unwell, call them or your emergency number right away.\n\n"
           "Content version " +
           knowledge.version + " of " + base::iso(knowledge.date) + ", " + status +
           ". This is information, not a medical device, and it does not replace advice from your cancer team.";
}

}  // namespace

std::optional<Audience> audience_of(const Request& request, const AudienceSettings& settings) {
    if (request.hook != domain::Hook::patient_view) return Audience::clinician;
    const bool patient = request.user_type() == "Patient" || request.user_type() == "RelatedPerson";
    if (patient) return settings.plain_patient_cards ? std::optional{Audience::patient} : std::nullopt;
    return settings.nurse_wording ? Audience::nurse : Audience::clinician;
}

const std::string& summary_for(Audience audience, const Recommendation& recommendation) {
    if (audience == Audience::nurse) return recommendation.for_nurses.summary;
    return audience == Audience::patient ? recommendation.for_patients.summary : recommendation.summary;
}

const std::string& text_for(Audience audience, const Recommendation& recommendation) {
    if (audience == Audience::nurse) return recommendation.for_nurses.detail;
    return audience == Audience::patient ? recommendation.for_patients.detail : recommendation.detail;
}

std::string patient_detail(const fhir::Knowledge& knowledge, const Recommendation& recommendation) {
    return text_for(Audience::patient, recommendation) + "\n\n" + origin(knowledge, review_status(recommendation));
}

std::string patient_fold_summary(std::size_t folded) {
    return std::to_string(folded) + (folded == 1 ? " more topic" : " more topics") + " for your next talk with your cancer team: see the list.";
}

std::string patient_fold_detail(const fhir::Knowledge& knowledge, const std::vector<guideline::Verdict>& folded) {
    std::string text;
    for (const auto& verdict : folded) text += "- " + summary_for(Audience::patient, *verdict.recommendation) + "\n";
    return text + "\n" + origin(knowledge, review_status(knowledge));
}

}  // namespace rectal_cds::cdshooks
