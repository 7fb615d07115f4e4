// Procedure, ServiceRequest and DiagnosticReport (terminology.md 8-10; local-codes.md 2, D18-D20).
#include <algorithm>
#include <cstdio>
#include <utility>

#include "fhir/quantity.hpp"
#include "fhir/readers.hpp"
#include "fhir/text_forms.hpp"

namespace rectal_cds::fhir {

using domain::Input;
using domain::Intervention;
using domain::Mark;
using domain::OpenTest;
using domain::Radiotherapy;
using domain::Topic;

namespace {

constexpr std::string_view delivered_url =
    "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-radiotherapy-dose-delivered-to-volume";
constexpr std::string_view prescription_url = "https://rectal-cds.example/fhir/StructureDefinition/radiotherapy-prescription";

// Of several volumes, the one with the highest dose.
void read_dose(Radiotherapy& radiation, json::Value resource) {
    for (const json::Value volume : resource["extension"].elements()) {
        const bool delivered = volume["url"].text() == delivered_url;
        if (!delivered && volume["url"].text() != prescription_url) continue;
        const auto gy = read_gray(extension(volume, delivered ? "totalDoseDelivered" : "totalDose")["valueQuantity"]);
        const auto fractions = extension(volume, delivered ? "fractionsDelivered" : "fractions")["valueUnsignedInt"].integer();
        if (!gy || (radiation.total_gy && *gy <= *radiation.total_gy)) continue;
        radiation.total_gy = gy;
        if (fractions) radiation.fractions = static_cast<int>(*fractions);
    }
    for (const json::Value detail : resource["orderDetail"].elements()) {
        const auto text = fractionation_text(detail["text"].text());
        if (text && !radiation.total_gy) radiation.total_gy = text->total_gy, radiation.fractions = text->fractions;
    }
}

bool mentions_pelvis(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        for (const std::string_view word : {"rectum", "rectal", "pelvis", "pelvic"}) {
            if (equals_ignoring_case(rest.substr(0, word.size()), word)) return true;
        }
    }
    return false;
}

// Ordered radiotherapy is pelvic when it says so; given radiotherapy unless it names another site.
bool is_pelvic(const Reading& reading, json::Value resource, const Concept& code) {
    bool site_named = false;
    for (const json::Value site : resource["bodySite"].elements()) {
        const Concept where = read_concept(reading.book, site);
        if (where.in(ValueSet::rectum_body_site) || mentions_pelvis(where.shown)) return true;
        site_named = site_named || !where.shown.empty();
    }
    if (mentions_pelvis(code.text)) return true;
    return !site_named && resource["resourceType"].text() == "Procedure";
}

Radiotherapy radiation_of(const Reading& reading, json::Value resource, const Concept& code) {
    Radiotherapy radiation;
    read_dose(radiation, resource);
    radiation.pelvic = is_pelvic(reading, resource, code);
    radiation.combined_with_chemotherapy = code.in(ValueSet::combined_chemoradiotherapy);
    using Course = Radiotherapy::Course;
    if (code.in(ValueSet::rt_short_course)) radiation.course = Course::short_course;
    if (code.in(ValueSet::rt_palliative)) radiation.course = Course::palliative;
    if (code.in(ValueSet::rt_long_course)) radiation.course = Course::long_course;
    return radiation;
}

bool has_category(const Reading& reading, json::Value resource, ValueSet set) {
    const json::Value category = resource["category"];  // an object in Procedure, an array in ServiceRequest
    if (category.is_object()) return read_concept(reading.book, category).in(set);
    for (const json::Value item : category.elements()) {
        if (read_concept(reading.book, item).in(set)) return true;
    }
    return false;
}

void read_procedure(Reading& reading, json::Value procedure) {
    const Concept code = read_concept(reading.book, procedure["code"]);
    const auto when = date_of(procedure, {"performedDateTime", "performedPeriod.end", "performedPeriod.start"});
    Intervention done = read_intervention(reading, procedure, code, when);
    const bool mdt = code.in(ValueSet::mdt_discussion) && !about_another_cancer(reading, procedure, "reasonReference");
    const Standing status = standing(procedure["status"].text(), {"completed"},
                                     {"not-done", "entered-in-error", "preparation"}, {"in-progress", "on-hold", "stopped"});
    if (status == Standing::absent) return;
    const Topic topic = mdt ? Topic::mdt : done.radiation ? Topic::radiotherapy : done.kinds[Intervention::stent] ? Topic::stent : Topic::surgery;
    const auto refuse = [&](const char* problem) {
        if (mdt || done.kinds.any()) mark_unusable(reading, procedure, topic, std::string(code.shown), problem);
    };
    if (status == Standing::pending) {
        if (is_recent(reading, procedure, {"performedDateTime", "performedPeriod.start"})) refuse(begun_not_completed);
        return;
    }
    if (status == Standing::unusable) return refuse("The status is not understood.");
    if (has_unknown_modifier(procedure)) return refuse("It carries a modifier that is not understood.");
    if (in_future(reading, when)) return refuse("It is dated in the future.");
    read_intent_extension(reading, procedure, when);
    if (mdt) reading.into.marks.push_back({source_of(procedure, std::string(code.shown), when), Mark::Kind::mdt_discussion});
    if (!done.kinds.any()) return;
    if (!when && done.kinds[Intervention::major_surgery]) refuse("The date is missing.");
    reading.into.done.push_back(std::move(done));
}

void read_open_test(Reading& reading, json::Value request, const Concept& code, const std::optional<base::DateInterval>& authored) {
    static constexpr std::pair<ValueSet, OpenTest::Kind> tests[] = {{ValueSet::order_ras_test, OpenTest::Kind::ras},
                                                                    {ValueSet::order_braf_test, OpenTest::Kind::braf},
                                                                    {ValueSet::order_mmr_test, OpenTest::Kind::mmr},
                                                                    {ValueSet::order_genomic_panel, OpenTest::Kind::panel}};
    for (const auto& [set, kind] : tests) {
        if (code.in(set)) reading.into.open_tests.push_back({source_of(request, std::string(code.shown) + " ordered", authored), kind});
    }
}

void read_service_request(Reading& reading, json::Value request) {
    const Concept code = read_concept(reading.book, request["code"]);
    const std::string_view status_code = request["status"].text(), intent = request["intent"].text();
    const Standing status = standing(status_code, {"active", "completed"}, {"draft", "on-hold", "revoked", "entered-in-error"});
    if (status == Standing::absent || request["doNotPerform"].boolean().value_or(false) || intent == "proposal" || intent == "option") return;
    const bool hospice = code.in(ValueSet::hospice_care), palliative = code.in(ValueSet::palliative_care_referral);
    Intervention booked = read_intervention(reading, request, code, date_of(request, {"occurrenceDateTime", "occurrencePeriod.start"}));
    if (status == Standing::unusable || has_unknown_modifier(request)) {
        if (booked.kinds.any()) mark_unusable(reading, request, Topic::surgery, std::string(code.shown), "Its status or a modifier is not understood.");
        return;
    }
    const auto authored = date_of(request, {"authoredOn"});
    if (palliative) reading.into.marks.push_back({source_of(request, std::string(code.shown), authored), Mark::Kind::palliative_referral});
    if (status_code != "active") return;
    if (hospice) reading.into.marks.push_back({source_of(request, std::string(code.shown), authored), Mark::Kind::hospice});
    read_open_test(reading, request, code, authored);
    reading.into.active_services.push_back({source_of(request, std::string(code.shown), authored), service_keys(request, code)});
    if (booked.kinds.any()) reading.into.booked.push_back(std::move(booked));
}

// As Observations of the input, that is. What the report only contains is not read.
bool delivers_results(const Reading& reading, json::Value report) {
    bool delivers = false;
    for (const json::Value result : report["result"].elements()) {
        if (result["reference"].text().starts_with('#')) return false;
        delivers = delivers || resolve(reading, report, result).exists();
    }
    return delivers;
}

// A genetic report without Observations, a PDF or a conclusion in words: what no Observation tells may stand there
// (pitfall 28). Results that are on record are not put in doubt by it.
void note_unread_report(Reading& reading, json::Value report, std::string says) {
    const domain::Case& record = reading.into;
    const auto tells = [&](domain::Gene gene) {
        return std::any_of(record.genes.begin(), record.genes.end(), [&](const auto& result) { return result.gene == gene; });
    };
    const std::pair<Topic, bool> topics[] = {{Topic::kras, tells(domain::Gene::kras)},
                                             {Topic::nras, tells(domain::Gene::nras)},
                                             {Topic::braf, tells(domain::Gene::braf)},
                                             {Topic::mmr, !record.mmr.empty()}};
    for (const auto& [topic, told] : topics) {
        if (!told) mark_unusable(reading, report, topic, says, "The report is on record as a document; it was not read.");
    }
}

Topic topic_of(domain::Gene gene) {
    switch (gene) {
        case domain::Gene::kras: return Topic::kras;
        case domain::Gene::nras: return Topic::nras;
        case domain::Gene::braf: return Topic::braf;
        case domain::Gene::erbb2: break;
    }
    return Topic::her2;
}

// A result that a report contains has no copy among the Observations: where it tells something else than they do, they
// are in doubt. Of what it is, date and patient are the report's, so it is not taken for a result itself.
void doubt_by_contained_results(Reading& reading, json::Value report, const std::string& says) {
    domain::Case apart;
    apart.today = reading.into.today;
    Reading aside{reading.book, reading.from, apart};
    for (const json::Value inner : report["contained"].elements()) {
        if (inner["resourceType"].text() == "Observation") read_observation(aside, inner);
    }
    const domain::Case& record = reading.into;
    const auto doubt = [&](Topic topic) {
        mark_unusable(reading, report, topic, says, "The report contains results of its own; they were not read.");
    };
    const auto doubt_unless_known = [&](const auto& inner, const auto& known, Topic topic, const auto& is_same) {
        using Outcome = decltype(inner.outcome);
        if (inner.outcome == Outcome::pending || inner.outcome == Outcome::no_result) return;
        if (std::none_of(known.begin(), known.end(), [&](const auto& result) { return is_same(result) && result.outcome == inner.outcome; }))
            doubt(topic);
    };
    for (const auto& gene : apart.genes)
        doubt_unless_known(gene, record.genes, topic_of(gene.gene), [&](const auto& known) { return known.gene == gene.gene; });
    for (const auto& mmr : apart.mmr) doubt_unless_known(mmr, record.mmr, Topic::mmr, [](const auto&) { return true; });
    for (const domain::Unusable& unusable : apart.unusable) doubt(unusable.topic);
}

void read_diagnostic_report(Reading& reading, json::Value report) {
    static const Members images = set_of({ValueSet::ct_imaging, ValueSet::mri_pelvis, ValueSet::mri_liver, ValueSet::pet_imaging});
    const Concept code = read_concept(reading.book, report["code"]);
    const bool genetic = code.in(ValueSet::genetic_report);
    if (!code.in_any(images) && !genetic) return;
    const Standing status = standing(report["status"].text(), {"final", "amended", "corrected", "appended"}, {"cancelled", "entered-in-error"},
                                     {"registered", "partial", "preliminary"});
    if (status == Standing::absent || status == Standing::pending) return;
    if (genetic) {
        doubt_by_contained_results(reading, report, std::string(code.shown));
        if (!delivers_results(reading, report)) note_unread_report(reading, report, std::string(code.shown));
        return;
    }
    const auto when = date_of(report, {"effectiveDateTime", "effectivePeriod.end", "effectivePeriod.start", "issued"});
    const bool usable = status == Standing::counts && !has_unknown_modifier(report) && when && !in_future(reading, when);
    if (!usable) return mark_unusable(reading, report, Topic::imaging, std::string(code.shown), "Its status, date or a modifier is not understood.");
    reading.into.images.push_back(source_of(report, std::string(code.shown), when));
}

}  // namespace

std::vector<std::string> service_keys(json::Value service, const Concept& code) {
    std::vector<std::string> keys;
    for (const json::Value coding : service["code"]["coding"].elements()) keys.push_back(CodeBook::key(coding["system"].text(), coding["code"].text()));
    for (std::size_t i = 0; i < value_set_count; ++i) {
        if (code.sets.test(i)) keys.push_back(std::string("ValueSet/") + id_of(static_cast<ValueSet>(i)));
    }
    if (!code.text.empty()) keys.push_back("text " + std::string(code.text));
    return keys;
}

Intervention read_intervention(const Reading& reading, json::Value resource, const Concept& code, std::optional<base::DateInterval> when) {
    Intervention result;
    static constexpr std::pair<ValueSet, Intervention::Kind> kinds[] = {{ValueSet::rectal_resection, Intervention::rectal_resection},
                                                                        {ValueSet::liver_resection, Intervention::liver_resection},
                                                                        {ValueSet::lung_resection, Intervention::lung_resection},
                                                                        {ValueSet::colostomy, Intervention::colostomy},
                                                                        {ValueSet::colonic_stent, Intervention::stent}};
    for (const auto& [set, kind] : kinds) {
        if (code.in(set)) result.kinds.set(kind);
    }
    const bool operation = result.kinds.any() && !result.kinds[Intervention::stent];
    const bool says_surgery = code.in(ValueSet::surgical_procedure_category) ||
                              has_category(reading, resource, ValueSet::surgical_procedure_category);
    const bool categorised = says_surgery && !result.kinds[Intervention::stent];
    if (operation || categorised) result.kinds.set(Intervention::major_surgery);
    if (code.in(ValueSet::radiotherapy_procedure) || code.in(ValueSet::combined_chemoradiotherapy)) {
        result.kinds.set(Intervention::radiotherapy);
        result.radiation = radiation_of(reading, resource, code);
    }
    if (about_another_cancer(reading, resource, "reasonReference")) {
        result.kinds.reset(Intervention::rectal_resection);
        if (result.radiation) result.radiation->pelvic = false;
    }
    const std::string_view priority = resource["priority"].text();
    result.urgent = priority == "urgent" || priority == "asap" || priority == "stat";
    std::string says(code.shown);
    if (result.radiation && result.radiation->total_gy) {
        char gray[32];
        std::snprintf(gray, sizeof gray, ", %g Gy", *result.radiation->total_gy);
        says += gray;
        if (result.radiation->fractions) says += " in " + std::to_string(*result.radiation->fractions) + " fractions";
    }
    result.source = source_of(resource, std::move(says), when);
    return result;
}

void read_procedures(Reading& reading) {
    for (const json::Value item : reading.from[Input::procedures].resources) read_procedure(reading, item);
}

void read_service_requests(Reading& reading) {
    for (const json::Value item : reading.from[Input::service_requests].resources) read_service_request(reading, item);
}

void read_diagnostic_reports(Reading& reading) {
    for (const json::Value item : reading.from[Input::diagnostic_reports].resources) read_diagnostic_report(reading, item);
}

}  // namespace rectal_cds::fhir
