#include "cdshooks/placeholders.hpp"

#include <algorithm>
#include <cstdio>

#include "domain/measurements.hpp"

namespace rectal_cds::cdshooks {

using domain::Assessment;
using domain::Gap;
using domain::Quantity;

namespace {

std::string joined(const std::vector<std::string>& items) {
    std::string result;
    for (const std::string& item : items) result += (result.empty() ? "" : ", ") + item;
    return result;
}

std::string plain(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

std::string drafted_drugs(const domain::Case& record) {
    std::vector<std::string> names;
    for (const auto& draft : record.drafts) {
        const std::string name(domain::name(draft.drug));
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return joined(names);
}

std::string cea_values(const domain::Case& record) {
    std::vector<const domain::Measurement*> values;
    for (const auto& m : record.measurements) {
        if ((m.quantity == Quantity::cea_mass || m.quantity == Quantity::cea_other_units) && m.source.when) values.push_back(&m);
    }
    std::stable_sort(values.begin(), values.end(), [](const auto* a, const auto* b) { return a->source.when->first < b->source.when->first; });
    std::vector<std::string> texts;
    for (std::size_t i = values.size() > 3 ? values.size() - 3 : 0; i < values.size(); ++i) {
        const auto* m = values[i];
        texts.push_back(plain(m->value) + " " + (m->unit.empty() ? "ng/mL" : m->unit) + " (" + iso(*m->source.when) + ")");
    }
    return joined(texts);
}

std::string missing_tests(domain::Facts& facts) {
    std::vector<std::string> tests;
    if (facts["RAS test missing"].yes()) tests.emplace_back("RAS");
    if (facts["BRAF test missing"].yes()) tests.emplace_back("BRAF V600E");
    if (facts["MMR test missing"].yes()) tests.emplace_back("MMR/MSI");
    return joined(tests);
}

std::string allergy_entries(domain::Facts& facts) {
    std::vector<std::string> entries;
    for (const auto* source : facts["Allergy to an ordered drug"].evidence) entries.push_back(source->says);
    return joined(entries);
}

std::string clearance(domain::Facts& facts) {
    const auto& finding = facts["Creatinine clearance 50 or below"];
    if (!finding.note.empty()) return finding.note;
    return finding.evidence.empty() ? "" : finding.evidence.front()->says;
}

std::string unread_inputs(const domain::Case& record) {
    std::vector<std::string> keys;
    for (int i = 0; i < domain::input_count; ++i) {
        const auto input = static_cast<domain::Input>(i);
        const auto state = record.readable(input);
        const std::string why = domain::words(record.shortfall_of(input));
        const std::string key = domain::name(input);
        if (state == domain::Readability::unreadable) keys.push_back(key + (why.empty() ? "" : " (" + why + ")"));
        if (state == domain::Readability::incomplete) keys.push_back(key + " (in part" + (why.empty() ? "" : ": " + why) + ")");
    }
    return joined(keys);
}

void add_bevacizumab(NamedValues& values, const Assessment& a) {
    if (const auto last = domain::last_bevacizumab(a.record)) {
        values.emplace_back("lastBevacizumabDate", iso(last->when));
        values.emplace_back("earliestSurgeryDate", base::iso(last->when.last + std::chrono::days{42}));
    }
    if (const auto surgery = domain::next_dated_surgery(a.record)) values.emplace_back("surgeryDate", iso(*surgery->when));
    if (a.surgery.days) values.emplace_back("bevacizumabToSurgeryDays", std::to_string(*a.surgery.days));
}

void add_therapy(NamedValues& values, const Assessment& a) {
    if (const auto days = domain::days_since_stage_iv(a.record, a.staging)) values.emplace_back("daysSinceStageIv", std::to_string(*days));
    if (!a.therapy.lines.empty()) values.emplace_back("line", std::to_string(a.therapy.lines.size()));
    if (a.therapy.cycles_known && a.therapy.started) values.emplace_back("cycles", std::to_string(a.therapy.cycles.size()));
    if (const auto days = domain::treated_days(a.therapy); days && a.therapy.started) values.emplace_back("treatedWeeks", std::to_string(*days / 7));
    if (a.restaging) {
        values.emplace_back("restagingDays", std::to_string(a.restaging->days));
        if (a.restaging->cycles) values.emplace_back("restagingCycles", std::to_string(*a.restaging->cycles));
    }
}

// Whether nothing but unread data stands against the rule: its only "no" is a word about the data themselves.
bool waits_for_readable_data(domain::Facts& facts, const guideline::Verdict& verdict) {
    bool waits = false;
    if (verdict.failed || verdict.unreached) return false;
    for (const domain::FactId condition : verdict.recommendation->conditions) {
        if (!facts[condition].no()) continue;
        const std::string_view name = domain::vocabulary()[condition].name;
        if (name != "Observations readable" && name != "Medications readable" && name != "Procedures readable") return false;
        waits = true;
    }
    return waits;
}

}  // namespace

bool undecided_because(domain::Facts& facts, const guideline::Verdict& verdict, std::initializer_list<Gap::Cause> causes) {
    if (verdict.applies != base::Truth::unknown || verdict.failed || verdict.unreached) return false;
    for (const domain::FactId condition : verdict.recommendation->conditions) {
        const domain::Finding& finding = facts[condition];
        if (finding.truth != base::Truth::unknown) continue;
        for (const Gap& gap : finding.gaps) {
            if (std::find(causes.begin(), causes.end(), gap.cause) != causes.end()) return true;
        }
    }
    return false;
}

std::string read_inputs(const domain::Case& record) {
    std::vector<std::string> keys;
    for (int i = 0; i < domain::input_count; ++i) {
        if (record.complete(static_cast<domain::Input>(i))) keys.emplace_back(domain::name(static_cast<domain::Input>(i)));
    }
    return joined(keys);
}

std::vector<std::string> withheld_titles(domain::Facts& facts, const std::vector<guideline::Verdict>& verdicts) {
    std::vector<std::string> critical, others;
    for (const auto& verdict : verdicts) {
        const bool withheld = undecided_because(facts, verdict, {Gap::Cause::unreadable}) || waits_for_readable_data(facts, verdict);
        if (!withheld) continue;
        const std::string& title = verdict.recommendation->title;
        if (verdict.recommendation->indicator == guideline::Indicator::critical) critical.push_back(title + " (critical if it applies)");
        else others.push_back(title);
    }
    critical.insert(critical.end(), others.begin(), others.end());
    return critical;
}

NamedValues placeholder_values(domain::Facts& facts, const std::vector<guideline::Verdict>& verdicts) {
    const Assessment& a = facts.assessment();
    NamedValues values;
    add_bevacizumab(values, a);
    add_therapy(values, a);
    values.emplace_back("missingTests", missing_tests(facts));
    values.emplace_back("rasDetail", facts["RAS not established"].note);
    values.emplace_back("draftedDrugs", drafted_drugs(a.record));
    values.emplace_back("unreadInputs", unread_inputs(a.record));
    values.emplace_back("withheldAdvice", joined(withheld_titles(facts, verdicts)));
    if (const auto* status = domain::performance_status(a.record)) values.emplace_back("ecog", plain(status->value));
    if (const auto* height = domain::latest(a.record, Quantity::distance_from_anal_verge, domain::any_age)) {
        values.emplace_back("tumourHeightCm", plain(height->value));
    }
    values.emplace_back("ceaValues", cea_values(a.record));
    values.emplace_back("creatinineClearance", clearance(facts));
    values.emplace_back("allergyEntries", allergy_entries(facts));
    values.erase(std::remove_if(values.begin(), values.end(), [](const auto& v) { return v.second.empty(); }), values.end());
    return values;
}

}  // namespace rectal_cds::cdshooks
