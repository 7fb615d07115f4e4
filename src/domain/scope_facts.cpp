// Whom the recommendations are about: the gates of clinical.md 3.1.
#include "domain/absence.hpp"
#include "domain/fact_tables.hpp"
#include "domain/newest.hpp"

namespace rectal_cds::domain {

namespace {

Finding adult(const Case& record) {
    if (!record.birth) {
        Finding missing = none_found(record, {Input::patient}, {}, "birth date");
        missing.truth = Truth::unknown;
        return missing;
    }
    const bool youngest = base::age_in_years(record.birth->last, record.today) >= 18;
    const bool oldest = base::age_in_years(record.birth->first, record.today) >= 18;
    if (youngest != oldest) return unknown({Gap::Cause::undecided, "birth date (partial)"});
    return truth(oldest);
}

// Yes where nobody could read whether the patient has died, but said so: safety cards are not withheld for that.
Finding no_death_on_record(const Case& record) {
    Finding result = truth(!record.deceased);
    if (!record.deceased) result.gaps = readable(record, Input::patient).gaps;
    return result;
}

Finding metastatic(const Assessment& a) {
    switch (a.staging.m) {
        case MCategory::m1: return yes(a.staging.m_sources);
        case MCategory::m0: return no(a.staging.m_sources);
        case MCategory::conflict: return unknown({Gap::Cause::undecided, "M category: the sources contradict each other"});
        case MCategory::unknown: break;
    }
    Finding missing = none_found(a.record, {Input::conditions, Input::observations}, {Topic::stage}, "M category");
    missing.truth = Truth::unknown;
    return missing;
}

// "M category in {unknown, conflict} and observations were readable", or remission beside a metastasis.
Finding stage_cannot_be_established(const Assessment& a) {
    std::vector<const Source*> metastases;
    for (const Secondary& secondary : a.record.secondaries) metastases.push_back(&secondary.source);
    const bool remission = !a.staging.primary && a.staging.in_remission && !metastases.empty();
    if (remission) {
        metastases.insert(metastases.begin(), &a.staging.in_remission->source);
        return yes(metastases, "primary recorded as in remission, active distant metastasis");
    }
    const bool contradictory = a.staging.m == MCategory::conflict;
    const bool open = contradictory || a.staging.m == MCategory::unknown;
    return all_of({a.staging.active_primary,
                   truth(open, a.staging.m_sources, contradictory ? "M category contradictory" : "M category not on record"),
                   readable(a.record, Input::observations)});
}

// Only a recorded enrolment silences; unread hospice records do not (decisions.md 10).
Finding hospice(const Assessment& a) {
    std::vector<const Source*> evidence;
    for (const Mark& mark : a.record.marks) {
        if (mark.kind == Mark::Kind::hospice) evidence.push_back(&mark.source);
    }
    return truth(!evidence.empty(), evidence);
}

Finding perforated_primary(const Assessment& a) {
    return all_of({treatment_gate(a), primary_in_situ(a.record),
                   has_problem(a, ProblemKind::gi_perforation, true, Topic::symptoms, "perforation")});
}

Finding biologic_ordered(const Assessment& a) {
    return drafted(a.record, [](Drug d) { return is_anti_egfr(d) || is_bevacizumab(d) || is_checkpoint_inhibitor(d); });
}

// decisions.md 2, 4 and 7: some input of this hook was not read, or not completely.
Finding unread_data_withhold_advice(const Assessment& a) {
    Finding unread = no();
    for (int i = 0; i < input_count; ++i) {
        const auto input = static_cast<Input>(i);
        if (a.record.complete(input) || a.record.readable(input) == Readability::not_asked) continue;
        unread.truth = Truth::yes;
        unread.note += (unread.note.empty() ? "" : ", ") + std::string(name(input));
    }
    const bool conditions = a.record.readable(Input::conditions) != Readability::unreadable;
    const bool patient = a.record.readable(Input::patient) != Readability::unreadable;
    if (!conditions || !patient) return all_of({unread, biologic_ordered(a)});
    // A primary in remission beside a metastasis has a card, so what was not read has to be named there too.
    const bool in_scope = !a.staging.active_primary.no() || stage_cannot_be_established(a).yes();
    const Finding safety_gate = all_of(
        {truth(!a.record.deceased), truth(!adult(a.record).no()), truth(in_scope), truth(a.staging.m != MCategory::m0)});
    return all_of({unread, safety_gate});
}

// The newest statement; of several of one day the one that adds caution.
Finding t4b(const Assessment& a) {
    const auto newest = newest_of(a.record.t_categories, [](const TCategory&) { return true; });
    const auto says = [](const TCategory& t) { return t.t4b; };
    if (!newest.empty()) return no_only_if_read(a.record, any_says(newest, says), {Input::observations}, {Topic::stage}, "newer T category");
    Finding missing = none_found(a.record, {Input::observations}, {Topic::stage}, "T category");
    missing.truth = Truth::unknown;
    return missing;
}

Finding metastasis_in(const Assessment& a, Secondary::Site site) {
    std::vector<const Source*> evidence;
    for (const Secondary& secondary : a.record.secondaries) {
        if (secondary.site == site) evidence.push_back(&secondary.source);
    }
    if (!evidence.empty()) return yes(evidence);
    return none_found(a.record, {Input::conditions}, {Topic::metastases}, "metastasis at this site");
}

}  // namespace

Finding treatment_gate(const Assessment& a) {
    const Finding deceased = no_only_if_read(a.record, truth(a.record.deceased), {Input::patient}, {}, "death");
    return all_of({negate(deceased), adult(a.record), a.staging.active_primary, metastatic(a)});
}

Finding has_problem(const Assessment& a, ProblemKind kind, bool active_only, Topic topic, const char* what) {
    std::vector<const Source*> evidence;
    for (const Problem& problem : a.record.problems) {
        if (problem.kind == kind && (problem.active || !active_only)) evidence.push_back(&problem.source);
    }
    if (!evidence.empty()) return yes(evidence);
    return none_found(a.record, {Input::conditions}, {topic}, what);
}

std::vector<Fact> scope_facts() {
    return {
        {"No death on record",
         "The Patient is not recorded as deceased.",
         [](const Assessment& a) { return no_death_on_record(a.record); }},
        {"Age 18 years or more",
         "Every day that the birth date may mean makes the patient at least 18 today; no birth date is "
         "unknown.",
         [](const Assessment& a) { return adult(a.record); }},
        {"Age not known to be under 18",
         "The birth date is missing, or some day it may mean makes the patient at least 18 today.",
         [](const Assessment& a) { return truth(!adult(a.record).no()); }},
        {"Active rectal adenocarcinoma",
         "A confirmed, active malignant neoplasm of the rectum whose histology is adenocarcinoma, or is not "
         "coded and so presumed to be.",
         [](const Assessment& a) { return a.staging.active_primary; }},
        {"Distant metastases (M1)",
         "The M category, the stage group or a distant secondary Condition says M1, and no newer source says "
         "M0.",
         [](const Assessment& a) { return metastatic(a); }},
        {"M0 not established",
         "The sources of the M category do not agree on M0: M1, contradictory or not recorded.",
         [](const Assessment& a) { return truth(a.staging.m != MCategory::m0, a.staging.m_sources); }},
        {"Stage cannot be established",
         "An active rectal primary whose M category is missing or contradictory in observations that were "
         "read, or a primary in remission beside an active distant metastasis.",
         [](const Assessment& a) { return stage_cannot_be_established(a); }},
        {"No hospice enrolment on record",
         "No active hospice enrolment was found; unread hospice records do not silence other advice.",
         [](const Assessment& a) { return negate(hospice(a)); }},
        {"Hospice does not silence chart opening",
         "The hook is an order hook, or no hospice enrolment is on record.",
         [](const Assessment& a) { return any_of({truth(a.record.order_hook()), negate(hospice(a))}); }},
        {"Perforation does not silence chart opening",
         "The hook is an order hook, or no perforated primary is on record that takes precedence over every "
         "other card.",
         [](const Assessment& a) { return any_of({truth(a.record.order_hook()), truth(!perforated_primary(a).yes())}); }},
        {"Unread data withhold advice",
         "Data that a rule of this hook needs could not be read while the safety gate holds, or the diagnoses "
         "could not be read while a biologic is being ordered.",
         [](const Assessment& a) { return unread_data_withhold_advice(a); }},
        {"Observations readable",
         "The observations were read completely.",
         [](const Assessment& a) { return readable(a.record, Input::observations); }},
        {"Medications readable",
         "Medication requests and administrations were both read completely.",
         [](const Assessment& a) { return all_of({readable(a.record, Input::medication_requests), readable(a.record, Input::medication_administrations)}); }},
        {"Procedures readable",
         "The procedures were read completely.",
         [](const Assessment& a) { return readable(a.record, Input::procedures); }},
        {"Synchronous metastases",
         "Metastases found at most 180 days after the primary, or an undated M1 at first staging.",
         [](const Assessment& a) { return a.staging.synchronous; }},
        {"Synchronous not excluded",
         "Metastases are synchronous, or the interval is not known.",
         [](const Assessment& a) { return truth(!a.staging.synchronous.no(), a.staging.synchronous.evidence, a.staging.synchronous.note); }},
        {"T4b",
         "The newest T category is T4b.",
         [](const Assessment& a) { return t4b(a); }},
        {"Metastases in the liver",
         "A distant metastasis in the liver is on record.",
         [](const Assessment& a) { return metastasis_in(a, Secondary::Site::liver); }},
        {"Metastases in the lung",
         "A distant metastasis in the lung is on record.",
         [](const Assessment& a) { return metastasis_in(a, Secondary::Site::lung); }},
    };
}

}  // namespace rectal_cds::domain
