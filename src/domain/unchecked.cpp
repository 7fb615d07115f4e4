#include "domain/unchecked.hpp"

#include <algorithm>
#include <utility>

#include "domain/measurements.hpp"
#include "domain/surgery.hpp"

namespace rectal_cds::domain {

namespace {

bool is_drafted(const Case& record, bool (*kind)(Drug)) {
    return std::any_of(record.drafts.begin(), record.drafts.end(),
                       [&](const DraftDrug& draft) { return kind(draft.drug); });
}

bool needs_clearance(Drug d) { return d == Drug::capecitabine || d == Drug::oxaliplatin; }
bool is_irinotecan(Drug d) { return d == Drug::irinotecan; }

bool is_recent(const Source& source, base::Day today, int days) {
    return source.when && base::days_between(source.when->last, today) <= days;
}

std::string on_its_day(const Source& source) {
    return source.reference + ": " + source.says + (source.when ? ", " + iso(*source.when) : "");
}

std::string missing_for_cockcroft_gault(const Case& record) {
    std::string missing;
    const auto add = [&](bool is_missing, const char* what) {
        if (is_missing) missing += (missing.empty() ? "" : ", ") + std::string(what);
    };
    add(!latest(record, Quantity::body_weight, body_weight_window), "a weight of the last 90 days");
    add(!record.birth, "the birth date");
    add(record.sex == Case::Sex::unknown, "the sex");
    return missing;
}

// Capecitabine and oxaliplatin are judged by the creatinine clearance, measured or by Cockcroft-Gault.
void add_clearance(std::vector<Unchecked>& list, const Case& record) {
    if (!is_drafted(record, needs_clearance) || latest(record, Quantity::creatinine_clearance, creatinine_window))
        return;
    const Measurement* creatinine = latest(record, Quantity::creatinine, creatinine_window);
    const std::string missing = missing_for_cockcroft_gault(record);
    if (creatinine && missing.empty()) return;
    if (creatinine)
        list.push_back({on_its_day(creatinine->source) + ": the creatinine clearance could not be computed without " +
                            missing + ".",
                        true});
    const Source* newest = nullptr;
    for (const Source& rate : record.filtration_rates) {
        if (is_recent(rate, record.today, creatinine_window) && (!newest || newest->when->first < rate.when->first))
            newest = &rate;
    }
    if (newest)
        list.push_back({on_its_day(*newest) + ": normalised to body surface, it is not taken for a creatinine "
                                              "clearance, by which the dose would be judged.",
                        true});
}

bool is_major(const Intervention& i) { return i.kinds[Intervention::major_surgery]; }

bool drafts_surgery(const Case& record) {
    return std::any_of(record.draft_interventions.begin(), record.draft_interventions.end(), is_major);
}

bool drafts_undated_surgery(const Case& record) {
    return std::any_of(record.draft_interventions.begin(), record.draft_interventions.end(),
                       [](const Intervention& i) { return is_major(i) && !i.source.when; });
}

// Of several operations the earliest is judged (D19). Behind an urgent one an elective one may be too soon as well.
void add_later_operations(std::vector<Unchecked>& list, const Case& record) {
    const auto last = last_bevacizumab(record);
    const auto next = next_dated_surgery(record);
    if (!last || !next || !next->surgery->urgent) return;
    if (!is_drafted(record, is_bevacizumab) && !drafts_surgery(record)) return;
    for (const auto* planned : {&record.draft_interventions, &record.other_draft_interventions, &record.booked}) {
        for (const Intervention& later : *planned) {
            const auto& when = later.source.when;
            if (!is_major(later) || later.urgent || !when || when->last < record.today) continue;
            const int days = base::days_between(last->when.last, when->first);
            if (days < bevacizumab_to_surgery_days)
                list.push_back({on_its_day(later.source) + ": " + std::to_string(days) +
                                    " days after bevacizumab; only the earlier, urgent operation was judged.",
                                true});
        }
    }
}

// An order that is still active may have been given after the last dose on record.
void add_possible_later_dose(std::vector<Unchecked>& list, const Case& record) {
    const auto last = last_bevacizumab(record);
    const auto next = next_dated_surgery(record);
    if ((last && last->drafted) || !drafts_surgery(record) || (!next && !drafts_undated_surgery(record))) return;
    const base::Day soonest = next ? next->when->first : record.today;
    if (last && base::days_between(last->when.last, soonest) < bevacizumab_to_surgery_days) return;
    for (const MedicationOrder& order : record.orders) {
        if (!order.active || !is_bevacizumab(order.drug)) continue;
        const std::string judged = last ? "The interval to surgery was judged by " + iso(last->when) + ", the last date on record."
                                        : "No date of it is on record, so the interval to surgery was not judged.";
        list.push_back({order.source.reference + ": bevacizumab is still on order. " + judged, true});
        return;
    }
}

// The kinds of drugs whose rules read the quantity.
bool is_read_for(Quantity quantity, const Case& record) {
    switch (quantity) {
    case Quantity::neutrophils:
    case Quantity::platelets: return record.hook == Hook::order_sign && is_drafted(record, is_cytotoxic);
    case Quantity::bilirubin_over_uln: return is_drafted(record, is_irinotecan);
    case Quantity::creatinine:
    case Quantity::creatinine_clearance: return is_drafted(record, needs_clearance);
    case Quantity::protein_creatinine:
    case Quantity::protein_24h:
    case Quantity::systolic:
    case Quantity::diastolic: return is_drafted(record, is_bevacizumab);
    case Quantity::ecog:
    case Quantity::karnofsky_as_ecog: return is_drafted(record, is_antineoplastic);
    default: return false;
    }
}

constexpr int preliminary_window = 30;  // days, the longest of the windows of these quantities

// A preliminary value that is newer than every final one.
void add_preliminary(std::vector<Unchecked>& list, const Case& record) {
    for (const Measurement& m : record.preliminary) {
        if (!is_read_for(m.quantity, record) || !is_recent(m.source, record.today, preliminary_window)) continue;
        const Measurement* final = latest(record, m.quantity, any_age);
        if (final && m.source.when->first <= final->source.when->last) continue;
        list.push_back({on_its_day(m.source) + ": newer than every final value, and not used.", true});
    }
}

// A preliminary result that would contradict the final ones.
void add_preliminary_biomarkers(std::vector<Unchecked>& list, const Assessment& a) {
    const bool anti_egfr = is_drafted(a.record, is_anti_egfr),
               checkpoint = is_drafted(a.record, is_checkpoint_inhibitor);
    const auto is_wild_type = [&](Gene gene) {
        if (gene == Gene::kras) return a.molecular.kras.state == GeneStatus::State::wild_type;
        if (gene == Gene::nras) return a.molecular.nras.state == GeneStatus::State::wild_type;
        return gene == Gene::braf && a.molecular.braf == Braf::wild_type;
    };
    constexpr const char* against = ": it would contradict the final results, and was not used.";
    for (const GeneResult& result : a.record.genes) {
        if (anti_egfr && result.says_mutant && is_wild_type(result.gene))
            list.push_back({on_its_day(result.source) + against, true});
    }
    for (const MmrResult& result : a.record.mmr) {
        if (checkpoint && result.says_stable && a.molecular.mmr == Mmr::high)
            list.push_back({on_its_day(result.source) + against, true});
    }
}

}  // namespace

std::vector<Unchecked> unchecked(const Assessment& a, bool transplant_known) {
    std::vector<Unchecked> list;
    add_clearance(list, a.record);
    add_later_operations(list, a.record);
    add_possible_later_dose(list, a.record);
    add_preliminary(list, a.record);
    add_preliminary_biomarkers(list, a);
    if (is_drafted(a.record, is_checkpoint_inhibitor) && !transplant_known) {
        list.push_back({"Checkpoint inhibitor: autoimmune disease, and transplants other than of a kidney, are not "
                        "read by this service; check them by hand.",
                        false});
    }
    return list;
}

std::vector<Unchecked> unchecked_beside_inactive_primary(const Assessment& a) {
    const Case& record = a.record;
    const bool judged = is_drafted(record, is_antineoplastic) || !record.draft_interventions.empty();
    if (a.staging.primary || !a.staging.in_remission || record.secondaries.empty() || !judged) return {};
    return {{"The rectal cancer (" + a.staging.in_remission->source.reference +
                 ") is recorded as not active beside an active distant metastasis (" +
                 record.secondaries.front().source.reference + "): no rule was applied to this order.",
             true}};
}

}  // namespace rectal_cds::domain
