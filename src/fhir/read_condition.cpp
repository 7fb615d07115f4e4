// Condition: the primary, secondaries and other cancers; what is none of these goes to read_problem.cpp.
// Paths: Condition.code, clinicalStatus, verificationStatus, severity, category, bodySite, onset[x],
// recordedDate, abatement[x]; extensions condition-related, condition-dueTo, condition-assertedDate
// (local-codes.md 2, terminology.md 1, 2, 5). Histology: read_histology.cpp; stage: read_stage.cpp.
#include <algorithm>
#include <charconv>
#include <utility>

#include "fhir/code_spelling.hpp"
#include "fhir/read_problem.hpp"
#include "fhir/readers.hpp"

namespace rectal_cds::fhir {

using base::DateInterval;
using domain::ClinicalStatus;
using domain::Primary;
using domain::Secondary;
using domain::Topic;

namespace {

constexpr std::string_view related_url = "http://hl7.org/fhir/StructureDefinition/condition-related";
constexpr std::string_view asserted_url = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate";

std::optional<ClinicalStatus> clinical(json::Value condition) {
    const std::string_view status =
        status_code(condition["clinicalStatus"], "http://terminology.hl7.org/CodeSystem/condition-clinical");
    if (status == "active" || status == "recurrence" || status == "relapse") return ClinicalStatus::active;
    if (status == "remission" || status == "resolved" || status == "inactive") return ClinicalStatus::remission;
    if (!status.empty()) return std::nullopt;
    const bool abated = condition["abatementDateTime"].exists() || condition["abatementPeriod"].exists() ||
                        condition["abatementString"].exists() || condition["abatementAge"].exists();
    return abated ? ClinicalStatus::remission : ClinicalStatus::active;
}

std::optional<DateInterval> onset(json::Value condition) {
    if (const auto date = date_of(condition, {"onsetDateTime", "onsetPeriod.start"})) return date;
    return date_of(extension(condition, asserted_url), {"valueDateTime"});
}

std::optional<DateInterval> onset_or_recorded(json::Value condition) {
    const auto date = onset(condition);
    return date ? date : date_of(condition, {"recordedDate"});
}

std::optional<Secondary::Site> metastasis_site(const Concept& code) {
    if (code.in(ValueSet::metastasis_liver)) return Secondary::Site::liver;
    if (code.in(ValueSet::metastasis_lung)) return Secondary::Site::lung;
    if (code.in(ValueSet::metastasis_peritoneum)) return Secondary::Site::peritoneum;
    if (code.in(ValueSet::metastasis_other)) return Secondary::Site::other;
    return std::nullopt;
}

// The code may leave the organ to bodySite (128462008); two organs there tell no one site.
Secondary::Site organ_of(const Reading& reading, json::Value condition, Secondary::Site by_code) {
    static constexpr std::pair<ValueSet, Secondary::Site> organs[] = {{ValueSet::liver_body_site, Secondary::Site::liver},
                                                                      {ValueSet::lung_body_site, Secondary::Site::lung},
                                                                      {ValueSet::peritoneum_body_site, Secondary::Site::peritoneum}};
    if (by_code != Secondary::Site::other || condition["bodySite"].size() != 1) return by_code;
    const Concept where = read_concept(reading.book, condition["bodySite"].at(0));
    for (const auto& [set, organ] : organs) {
        if (where.in(set)) return organ;
    }
    return by_code;
}

bool is_other_cancer(const Concept& code) {
    static const Members others = set_of({ValueSet::colon_or_anal_cancer, ValueSet::rectosigmoid_or_overlapping_cancer,
                                          ValueSet::other_rectal_neoplasm});
    return code.in_any(others);
}

// Cancer of the rectum, whatever its histology; a contradictory coding of another site excludes it.
bool is_rectal_primary(const Reading& reading, json::Value condition, const Concept& code) {
    static const Members rectal =
        set_of({ValueSet::rectal_adenocarcinoma, ValueSet::rectal_cancer, ValueSet::anorectal_cancer});
    if (is_other_cancer(code)) return false;
    if (code.in_any(rectal)) return true;
    if (!code.in(ValueSet::colorectal_cancer_unspecified)) return false;
    for (const json::Value site : condition["bodySite"].elements()) {
        if (read_concept(reading.book, site).in(ValueSet::rectum_body_site)) return true;
    }
    return false;
}

// SNOMED states adenocarcinoma, C20 does not: presumed. Anorectal cancers are often squamous: not presumed.
Primary::Histology histology(const Reading& reading, json::Value condition, const Concept& code) {
    Primary::Histology by_code = Primary::Histology::presumed;
    if (code.in(ValueSet::rectal_adenocarcinoma)) by_code = Primary::Histology::adenocarcinoma;
    else if (code.in(ValueSet::anorectal_cancer)) by_code = Primary::Histology::unrecognised;
    return stated_histology(reading, condition, by_code);
}

void read_primary(Reading& reading, json::Value condition, const Concept& code, ClinicalStatus status) {
    Primary primary;
    primary.id = condition["id"].text();
    primary.clinical = status;
    primary.histology = histology(reading, condition, code);
    primary.onset = onset(condition);
    primary.recorded = date_of(condition, {"recordedDate"});
    primary.source = source_of(condition, std::string(code.shown), onset_or_recorded(condition));
    read_stage_summaries(reading, condition, primary.recorded ? primary.recorded : primary.onset);
    reading.into.primaries.push_back(std::move(primary));
}

// ICD-10 C00 to C75 without the large bowel and what is not told from it: another organ's primary, and certainly so.
bool is_primary_of_another_organ(json::Value condition) {
    for (const json::Value coding : condition["code"]["coding"].elements()) {
        if (canonical_system(trimmed(coding["system"].text())) != code_system::icd_10) continue;
        const std::string code = canonical_code(code_system::icd_10, trimmed(coding["code"].text()));
        int category = -1;
        if (code.size() < 3 || code[0] != 'C') continue;
        const auto read = std::from_chars(code.data() + 1, code.data() + 3, category);
        if (read.ptr != code.data() + 3 || category > 75) continue;
        if ((category < 18 || category > 21) && category != 26) return true;
    }
    return false;
}

// Whether condition-related names Conditions, and each of them is certainly another cancer. Anything else keeps it ours.
bool is_of_another_cancer(const Reading& reading, json::Value condition) {
    bool another = false;
    for (const json::Value item : condition["extension"].elements()) {
        if (item["url"].text() != related_url) continue;
        const json::Value related = resolve(reading, condition, item["valueReference"]);
        const Concept code = read_concept(reading.book, related["code"]);
        if (is_rectal_primary(reading, related, code) || metastasis_site(code)) return false;
        if (!is_other_cancer(code) && !is_primary_of_another_organ(related)) return false;
        another = true;
    }
    return another;
}

void read_secondary(Reading& reading, json::Value condition, const Concept& code, Secondary::Site site) {
    Secondary secondary{source_of(condition, std::string(code.shown), onset_or_recorded(condition)), organ_of(reading, condition, site), {}};
    for (const json::Value item : condition["extension"].elements()) {
        if (item["url"].text() != related_url) continue;
        const std::string target = relative_reference(item["valueReference"]["reference"].text());
        secondary.related_to.push_back(target.substr(target.find('/') + 1));
    }
    reading.into.secondaries.push_back(std::move(secondary));
}

// Unusable Conditions cast doubt only on what they could have said.
void doubt(Reading& reading, json::Value condition, const Concept& code, const char* problem) {
    if (is_rectal_primary(reading, condition, code)) mark_unusable(reading, condition, Topic::primary, std::string(code.shown), problem);
    else if (metastasis_site(code)) mark_unusable(reading, condition, Topic::metastases, std::string(code.shown), problem);
    else if (const auto kind = problem_kind(code)) mark_unusable(reading, condition, topic_of(*kind), std::string(code.shown), problem);
}

void read_condition(Reading& reading, json::Value condition) {
    const Concept code = read_concept(reading.book, condition["code"]);
    const Standing verified = verification(condition);
    if (verified == Standing::absent) return;
    const auto status = clinical(condition);
    if (verified == Standing::unusable || !status) return doubt(reading, condition, code, "The status is not understood.");
    if (has_unknown_modifier(condition)) return doubt(reading, condition, code, "It carries a modifier that is not understood.");
    const bool active = *status == ClinicalStatus::active;
    if (is_rectal_primary(reading, condition, code)) return read_primary(reading, condition, code, *status);
    if (is_other_cancer(code)) {
        if (active) reading.into.other_primaries.push_back({source_of(condition, std::string(code.shown), onset_or_recorded(condition)), std::string(condition["id"].text())});
        return;
    }
    if (const auto site = metastasis_site(code)) {
        if (active && !is_of_another_cancer(reading, condition)) read_secondary(reading, condition, code, *site);
        return;
    }
    read_problem(reading, condition, code, *status, onset_or_recorded(condition));
}

// A morphology with the rectum as its site, or that site alone, instead of a diagnosis: nothing is concluded from it, but
// where no rectal cancer is coded it may be meant as one.
bool may_mean_a_rectal_primary(const Reading& reading, json::Value condition) {
    const Concept code = read_concept(reading.book, condition["code"]);
    if (verification(condition) == Standing::absent || clinical(condition) == ClinicalStatus::remission) return false;
    if (code.in(ValueSet::rectum_body_site)) return true;
    if (!code.in(ValueSet::adenocarcinoma_histology)) return false;
    for (const json::Value site : condition["bodySite"].elements()) {
        if (read_concept(reading.book, site).in(ValueSet::rectum_body_site)) return true;
    }
    return false;
}

}  // namespace

bool about_another_cancer(const Reading& reading, json::Value resource, std::string_view element) {
    static const Members ours = set_of({ValueSet::colorectal_cancer_unspecified, ValueSet::metastasis_lymph_node,
                                        ValueSet::adenocarcinoma_histology, ValueSet::non_adenocarcinoma_histology});
    bool another = false;
    for (const json::Value reference : resource[element].elements()) {
        const json::Value condition = resolve(reading, resource, reference);
        if (condition["resourceType"].text() != "Condition") continue;
        const Concept code = read_concept(reading.book, condition["code"]);
        if (is_rectal_primary(reading, condition, code) || metastasis_site(code) || code.in_any(ours) || !code.coded) return false;
        another = true;
    }
    return another;
}

// Confirmed or silent counts; a doubtful or refuted diagnosis is as if absent (clinical.md 3.1).
Standing verification(json::Value condition) {
    if (!condition["verificationStatus"].exists()) return Standing::counts;
    const std::string_view status =
        status_code(condition["verificationStatus"], "http://terminology.hl7.org/CodeSystem/condition-ver-status");
    return standing(status, {"confirmed"}, {"entered-in-error", "refuted", "unconfirmed", "provisional", "differential"});
}

void read_conditions(Reading& reading) {
    const auto& conditions = reading.from[domain::Input::conditions].resources;
    for (const json::Value condition : conditions) read_condition(reading, condition);
    if (!reading.into.primaries.empty()) return;
    for (const json::Value condition : conditions) {
        if (!may_mean_a_rectal_primary(reading, condition)) continue;
        const std::string says(read_concept(reading.book, condition["code"]).shown);
        mark_unusable(reading, condition, Topic::primary, says, "It states a morphology or a site in the rectum, not a diagnosis.");
    }
}

}  // namespace rectal_cds::fhir
