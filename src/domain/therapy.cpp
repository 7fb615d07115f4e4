#include "domain/therapy.hpp"

#include <algorithm>
#include <array>

#include "domain/absence.hpp"

namespace rectal_cds::domain {

using base::Day;
using base::days_between;

namespace {

constexpr int days_between_cycles = 10;      // doses closer than this belong to one cycle (D7)
constexpr int default_cycle_days = 14;       // D9
constexpr int shortest_cycle_days = 7;       // a shorter timing.period is a dosing interval, not a cycle
constexpr int active_after_last_dose = 42;   // D10

void sort_doses(const Case& record, const Staging& staging, Therapy& therapy) {
    for (const Dose& dose : record.doses) {
        if (!is_antineoplastic(dose.drug)) continue;
        const bool before = staging.stage_iv && dose.when.last < staging.stage_iv->first;
        (before ? therapy.earlier : therapy.doses).push_back(&dose);
    }
    const auto older = [](const Dose* a, const Dose* b) { return a->when.first < b->when.first; };
    std::stable_sort(therapy.doses.begin(), therapy.doses.end(), older);
    std::stable_sort(therapy.earlier.begin(), therapy.earlier.end(), older);
}

bool worsened_between(const Case& record, Day after, Day until) {
    return std::any_of(record.disease_statuses.begin(), record.disease_statuses.end(), [&](const DiseaseStatus& s) {
        return s.value == DiseaseStatus::Value::worsened && s.source.when && after < s.source.when->first &&
               s.source.when->first <= until;
    });
}

// D6: fluorouracil and capecitabine may be swapped for one another within a line.
std::size_t partner(Drug drug) { return static_cast<std::size_t>(is_fluoropyrimidine(drug) ? Drug::fluorouracil : drug); }

// D6: the first antineoplastic dose starts line 1; a backbone drug not used before, first given after a
// "worsened" status of the current line, starts the next.
void find_lines(const Case& record, Therapy& therapy) {
    std::array<bool, drug_count> seen{};
    for (const Dose* dose : therapy.doses) {
        const Day day = dose->when.first;
        if (therapy.lines.empty()) {
            therapy.lines.push_back({day});
        } else if (is_backbone(dose->drug) && !seen[partner(dose->drug)] &&
                   worsened_between(record, therapy.lines.back().start, day)) {
            therapy.lines.push_back({day});
        }
        seen[partner(dose->drug)] = true;
    }
}

int cycle_days(const Case& record, const Dose& dose) {
    std::optional<int> longest;
    for (const MedicationOrder& order : record.orders) {
        if (order.drug != dose.drug || !order.period_days) continue;
        if (!dose.order_id.empty() && order.id != dose.order_id) continue;
        if (const int days = *order.period_days; days >= shortest_cycle_days) longest = std::max(longest.value_or(days), days);
    }
    return longest.value_or(default_cycle_days);
}

void count_cycles(const Case& record, Therapy& therapy) {
    bool ordered_only = std::any_of(record.orders.begin(), record.orders.end(),
                                    [](const MedicationOrder& o) { return o.active && is_backbone(o.drug); });
    for (const Dose* dose : therapy.doses) {
        if (!is_backbone(dose->drug)) continue;
        if (!dose->administered) {
            ordered_only = true;
            continue;
        }
        const Day day = dose->when.first;
        if (therapy.cycles.empty() || days_between(therapy.cycles.back().day_1, day) >= days_between_cycles) {
            therapy.cycles.push_back({day, cycle_days(record, *dose)});
        }
    }
    therapy.cycles_known = !(ordered_only && therapy.cycles.empty());
}

Finding on_therapy(const Case& record, const Therapy& therapy) {
    std::vector<const Source*> evidence;
    for (const MedicationOrder& order : record.orders) {
        if (order.active && is_backbone(order.drug)) evidence.push_back(&order.source);
    }
    if (!evidence.empty()) return yes(evidence, "backbone order active");
    for (auto dose = therapy.doses.rbegin(); dose != therapy.doses.rend(); ++dose) {
        if (!is_backbone((*dose)->drug)) continue;
        const int days = days_between((*dose)->when.last, record.today);
        if (days > active_after_last_dose) break;
        return yes({&(*dose)->source}, "last backbone dose " + std::to_string(days) + " days ago");
    }
    return none_found(record, {Input::medication_requests, Input::medication_administrations}, {Topic::medication},
                      "active systemic therapy");
}

bool active_antineoplastic(const Case& record) {
    return std::any_of(record.orders.begin(), record.orders.end(),
                       [](const MedicationOrder& o) { return o.active && is_antineoplastic(o.drug); });
}

}  // namespace

Therapy assess_therapy(const Case& record, const Staging& staging) {
    Therapy therapy;
    sort_doses(record, staging, therapy);
    find_lines(record, therapy);
    count_cycles(record, therapy);
    therapy.started = !therapy.doses.empty() || active_antineoplastic(record);
    therapy.active = on_therapy(record, therapy);
    return therapy;
}

Finding used(const Case& record, const Therapy& therapy, const DrugTest& kind, const char* what, bool ever) {
    std::vector<const Source*> evidence;
    const auto collect = [&](const std::vector<const Dose*>& doses) {
        for (const Dose* dose : doses) {
            if (kind(dose->drug) && evidence.size() < 3) evidence.push_back(&dose->source);
        }
    };
    collect(therapy.doses);
    if (ever) collect(therapy.earlier);
    for (const MedicationOrder& order : record.orders) {
        if (order.active && kind(order.drug) && evidence.empty()) evidence.push_back(&order.source);
    }
    if (!evidence.empty()) return yes(evidence);
    return none_found(record, {Input::medication_requests, Input::medication_administrations}, {Topic::medication}, what);
}

Finding drafted(const Case& record, const DrugTest& kind) {
    std::vector<const Source*> evidence;
    for (const DraftDrug& draft : record.drafts) {
        if (kind(draft.drug)) evidence.push_back(&draft.source);
    }
    return truth(!evidence.empty(), evidence);
}

Finding active_order(const Case& record, const DrugTest& kind, const char* what, std::initializer_list<Topic> topics) {
    std::vector<const Source*> evidence;
    for (const DraftDrug& draft : record.other_drafts) {
        if (kind(draft.drug)) evidence.push_back(&draft.source);
    }
    for (const MedicationOrder& order : record.orders) {
        if (order.active && kind(order.drug)) evidence.push_back(&order.source);
    }
    if (!evidence.empty()) return yes(evidence);
    return none_found(record, {Input::medication_requests}, topics, what);
}

Finding drafted_or_active(const Case& record, const DrugTest& kind, const char* what) {
    return any_of({drafted(record, kind), active_order(record, kind, what)});
}

std::optional<int> treated_days(const Therapy& therapy) {
    if (!therapy.cycles_known) return std::nullopt;
    int days = 0;
    for (const Cycle& cycle : therapy.cycles) days += cycle.length_days;
    return days;
}

std::optional<int> cycles_from(const Therapy& therapy, Day from) {
    if (!therapy.cycles_known) return std::nullopt;
    return static_cast<int>(std::count_if(therapy.cycles.begin(), therapy.cycles.end(),
                                          [&](const Cycle& cycle) { return cycle.day_1 >= from; }));
}

}  // namespace rectal_cds::domain
