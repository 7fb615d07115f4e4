// PlanDefinition.action.extension audience-text: the card in the words of nurses and of patients (hooks/README.md).
#include <utility>

#include "fhir/audience_wording.hpp"
#include "fhir/element.hpp"
#include "fhir/knowledge_wording.hpp"
#include "fhir/read_plan.hpp"
#include "guideline/judge.hpp"

namespace rectal_cds::fhir {

using guideline::AudienceText;

namespace {

void check_text(const AudienceText& text, bool for_patients, json::Value element, const std::string& place,
                Faults& faults) {
    std::optional<std::string> summary_fault;
    for (std::string& fault : summary_faults(text.summary)) {
        if (!summary_fault) summary_fault = std::move(fault);
    }
    if (for_patients && !summary_fault) summary_fault = patient_text_fault(text.summary);
    if (summary_fault) faults.add(extension_place(element, place, "summary", "valueString"), std::move(*summary_fault));
    auto fault = for_patients ? patient_detail_fault(text.detail) : nurse_detail_fault(text.detail);
    if (fault) faults.add(extension_place(element, place, "detail", "valueMarkdown"), std::move(*fault));
}

}  // namespace

void read_audience_texts(guideline::Recommendation& into, json::Value card, bool is_sound, Faults& faults) {
    int nurses = 0, patients = 0;
    const json::Value list = card["extension"];
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list.at(i)["url"].text() != structure_url("audience-text")) continue;
        const std::string_view audience = extension(list.at(i), "audience")["valueCode"].text();
        const bool for_patients = audience == "patient";
        if (!for_patients && audience != "nurse") continue;
        ++(for_patients ? patients : nurses);
        AudienceText& text = for_patients ? into.for_patients : into.for_nurses;
        text = {std::string(extension(list.at(i), "summary")["valueString"].text()),
                std::string(extension(list.at(i), "detail")["valueMarkdown"].text())};
        check_text(text, for_patients, list.at(i), element_place("action[0].extension", i), faults);
    }
    if (!is_sound || !guideline::is_for(into, domain::Hook::patient_view) || (nurses == 1 && patients == 1)) return;
    faults.add("action[0].extension", "One audience-text for nurses and one for patients are expected.");
}

}  // namespace rectal_cds::fhir
