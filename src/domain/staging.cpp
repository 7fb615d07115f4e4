#include "domain/staging.hpp"

#include <algorithm>

#include "domain/absence.hpp"
#include "domain/newest.hpp"

namespace rectal_cds::domain {

using base::DateInterval;
using base::days_between;

namespace {

constexpr int synchronous_within_days = 180;  // clinical.md 3.1 (from knowledge, configurable there)

bool in_scope(const Primary& primary) {
    return primary.histology == Primary::Histology::adenocarcinoma ||
           primary.histology == Primary::Histology::presumed;
}

const Primary* newest(const Case& record, ClinicalStatus status) {
    const Primary* found = nullptr;
    for (const Primary& primary : record.primaries) {
        if (primary.clinical != status || !in_scope(primary)) continue;
        if (!found || newer(primary.source, found->source)) found = &primary;
    }
    return found;
}

Finding active_primary(const Case& record, const Primary* primary) {
    if (primary) {
        const bool presumed = primary->histology == Primary::Histology::presumed;
        return yes({&primary->source}, presumed ? "adenocarcinoma presumed, histology not coded" : "");
    }
    for (const Primary& other : record.primaries) {
        if (other.clinical == ClinicalStatus::active && other.histology == Primary::Histology::unrecognised) {
            return unknown({Gap::Cause::unusable, other.source.reference + ": the histology code is not recognised."});
        }
    }
    return none_found(record, {Input::conditions}, {Topic::primary}, "active rectal adenocarcinoma");
}

bool certainly_newer(const std::optional<DateInterval>& a, const std::optional<DateInterval>& b) {
    return a && b && b->last < a->first;
}

// An M0 after treatment takes no M1 back: stage IV remains stage IV.
bool counts(const Case& record, const StageStatement& statement) {
    if (statement.metastatic || !statement.after_treatment) return true;
    return record.secondaries.empty() &&
           std::none_of(record.stages.begin(), record.stages.end(), [](const auto& s) { return s.metastatic; });
}

// A certainly newer statement supersedes; an undated M0 gives way to any dated statement, an undated M1 to none.
bool superseded(const Case& record, const StageStatement& statement) {
    const auto& when = statement.source.when;
    return std::any_of(record.stages.begin(), record.stages.end(), [&](const StageStatement& other) {
        if (!counts(record, other)) return false;
        return when ? certainly_newer(other.source.when, when) : other.source.when && !statement.metastatic;
    });
}

// The newest stage statements: one, or several whose order their dates leave open.
std::vector<const StageStatement*> newest_statements(const Case& record) {
    std::vector<const StageStatement*> newest;
    for (const StageStatement& statement : record.stages) {
        if (counts(record, statement) && !superseded(record, statement)) newest.push_back(&statement);
    }
    return newest;
}

bool related(const Secondary& secondary, const Primary* primary) {
    return primary && std::find(secondary.related_to.begin(), secondary.related_to.end(), primary->id) !=
                          secondary.related_to.end();
}

// M by the newest stage statement, corrected by secondary Conditions (local-codes.md D21):
//   stage says | secondary on record                           | M
//   -----------+-----------------------------------------------+----------
//   nothing    | none                                          | unknown
//   nothing    | any                                           | M1
//   M1         | any or none                                   | M1
//   both       | one certainly newer than the statements       | M1
//   both       | any other or none (same day, or order open)   | conflict
//   M0         | none, and the record was read completely      | M0
//   M0         | one certainly newer than the statement        | M1
//   M0         | order not certain, or not related to it       | conflict
//   M0         | only older ones, related to this primary      | M0
MCategory m_category(const Case& record, const Primary* primary, const std::vector<const StageStatement*>& newest) {
    const auto says = [&](bool m1) {
        return std::any_of(newest.begin(), newest.end(), [&](const auto* s) { return s->metastatic == m1; });
    };
    if (newest.empty()) return record.secondaries.empty() ? MCategory::unknown : MCategory::m1;
    if (says(true) && !says(false)) return MCategory::m1;
    bool unrelated = false, undecided = says(true);
    for (const Secondary& secondary : record.secondaries) {
        const auto& found = secondary.source.when;
        const auto is_newer = [&](const auto* s) { return certainly_newer(found, s->source.when); };
        const auto is_older = [&](const auto* s) { return certainly_newer(s->source.when, found); };
        if (std::all_of(newest.begin(), newest.end(), is_newer)) return MCategory::m1;
        if (std::none_of(newest.begin(), newest.end(), is_older)) undecided = true;
        else if (!related(secondary, primary)) unrelated = true;
    }
    if (unrelated || undecided) return MCategory::conflict;
    const Finding no_m1 = none_found(record, {Input::conditions, Input::observations},
                                     {Topic::stage, Topic::metastases}, "evidence of M1");
    return no_m1.no() ? MCategory::m0 : MCategory::unknown;
}

// The days that the oldest evidence of M1 may mean: an exact date bounds a partial one beside it.
std::optional<DateInterval> oldest_m1(const Case& record) {
    std::optional<DateInterval> oldest;
    const auto consider = [&](const std::optional<DateInterval>& when) {
        if (!when) return;
        if (!oldest) oldest = when;
        oldest = DateInterval{std::min(oldest->first, when->first), std::min(oldest->last, when->last)};
    };
    for (const StageStatement& statement : record.stages) {
        if (statement.metastatic) consider(statement.source.when);
    }
    for (const Secondary& secondary : record.secondaries) consider(secondary.source.when);
    return oldest;
}

Finding synchronous(const Case& record, const Staging& staging) {
    if (!staging.primary) return unknown({Gap::Cause::not_recorded, "active rectal adenocarcinoma"});
    const auto& found = staging.primary->onset ? staging.primary->onset : staging.primary->recorded;
    if (!found || !staging.stage_iv) {
        const bool earlier_m0 =
            std::any_of(record.stages.begin(), record.stages.end(), [](const auto& s) { return !s.metastatic; });
        if (earlier_m0 || staging.m != MCategory::m1) return unknown({Gap::Cause::not_recorded, "dates of primary and metastases"});
        return yes({}, "M1 at first staging, undated");
    }
    const int least = days_between(found->last, staging.stage_iv->first);
    const int most = days_between(found->first, staging.stage_iv->last);
    const std::string note = "metastases " + std::to_string(most) + " days after the primary";
    if (most <= synchronous_within_days) return yes({&staging.primary->source}, note);
    if (least > synchronous_within_days) return no({&staging.primary->source}, note);
    return unknown({Gap::Cause::undecided, "interval between primary and metastases (partial dates)"});
}

}  // namespace

Staging stage(const Case& record) {
    Staging staging;
    staging.primary = newest(record, ClinicalStatus::active);
    if (!staging.primary) staging.in_remission = newest(record, ClinicalStatus::remission);
    staging.active_primary = active_primary(record, staging.primary);
    const auto newest_stage = newest_statements(record);
    staging.m = m_category(record, staging.primary, newest_stage);
    for (const StageStatement* statement : newest_stage) staging.m_sources.push_back(&statement->source);
    for (const Secondary& secondary : record.secondaries) staging.m_sources.push_back(&secondary.source);
    staging.stage_iv = oldest_m1(record);
    staging.synchronous = synchronous(record, staging);
    return staging;
}

std::optional<int> days_since_stage_iv(const Case& record, const Staging& staging) {
    if (!staging.stage_iv) return std::nullopt;
    return days_between(staging.stage_iv->last, record.today);
}

}  // namespace rectal_cds::domain
