// Lines, cycles and drugs used as facts, and the factors that favour one backbone.
#include <limits>

#include "domain/absence.hpp"
#include "domain/fact_tables.hpp"
#include "domain/measurements.hpp"

namespace rectal_cds::domain {

namespace {

constexpr std::size_t many_lines = std::numeric_limits<std::size_t>::max();
constexpr int perioperative_limit_days = 26 * 7;  // seed claim S31: six months, as treated weeks
constexpr int recent_adjuvant_months = 12;        // local-codes.md D5

constexpr bool is_oxaliplatin(Drug d) { return d == Drug::oxaliplatin; }
constexpr bool is_irinotecan(Drug d) { return d == Drug::irinotecan; }
constexpr bool is_encorafenib(Drug d) { return d == Drug::encorafenib; }

Finding medications_read(const Assessment& a, const char* what) {
    return none_found(a.record, {Input::medication_requests, Input::medication_administrations}, {Topic::medication}, what);
}

Finding no_therapy_yet(const Assessment& a) {
    if (!a.therapy.started) return negate(medications_read(a, "systemic therapy since stage IV"));
    std::vector<const Source*> evidence;
    if (!a.therapy.doses.empty()) evidence.push_back(&a.therapy.doses.front()->source);
    return no(evidence);
}

Finding stage_iv_at_least(const Assessment& a, int days) {
    const auto since = days_since_stage_iv(a.record, a.staging);
    if (!since) return unknown({Gap::Cause::not_recorded, "stage IV date"});
    return truth(*since >= days, {}, std::to_string(*since) + " days since stage IV");
}

Finding lines_between(const Assessment& a, std::size_t least, std::size_t most) {
    const std::size_t lines = a.therapy.lines.empty() && a.therapy.started ? 1 : a.therapy.lines.size();
    const std::string note = lines == 0 ? "" : "line " + std::to_string(lines);
    if (lines > most) return no({}, note);
    const Finding all_read = medications_read(a, "systemic therapy");
    if (!all_read.no()) return lines >= least && most == many_lines ? yes({}, note) : all_read;
    return truth(lines >= least, {}, note);
}

Finding on_therapy_for(const Assessment& a, int days) {
    const Line* line = a.therapy.current_line();
    if (!line) return all_of({a.therapy.active, medications_read(a, "start of the line")});
    const int since = base::days_between(line->start, a.record.today);
    return all_of({a.therapy.active, truth(since >= days, {}, "day " + std::to_string(since) + " of the current line")});
}

Finding current_regimen_contains_oxaliplatin(const Assessment& a) {
    const Line* line = a.therapy.current_line();
    for (const Dose* dose : a.therapy.doses) {
        if (line && is_oxaliplatin(dose->drug) && dose->when.first >= line->start) return yes({&dose->source});
    }
    return active_order(a.record, is_oxaliplatin, "oxaliplatin in the current line");
}

// Calendar weeks are not counted: treated cycles times their length (D9).
Finding perioperative_beyond_26_weeks(const Assessment& a) {
    const auto days = treated_days(a.therapy);
    if (!days) return unknown({Gap::Cause::undecided, "treated cycles (ordered, not confirmed given)"});
    const std::string note = std::to_string(*days / 7) + " treated weeks";
    // At the limit, one more order goes beyond it: of chemotherapy or targeted therapy, for immunotherapy is not counted.
    const auto counts = [](Drug d) { return is_antineoplastic(d) && !is_checkpoint_inhibitor(d); };
    const bool one_more = drafted(a.record, counts).yes();
    const bool reached = one_more ? *days >= perioperative_limit_days : *days > perioperative_limit_days;
    const Finding beyond = truth(reached, {}, note);
    const Finding counted = reached ? beyond : any_of({beyond, medications_read(a, "treated cycles")});
    return a.record.order_hook() ? all_of({drafted(a.record, counts), counted}) : counted;
}

Finding exactly_one_used(const Assessment& a) {
    const Finding oxaliplatin = used(a.record, a.therapy, is_oxaliplatin, "oxaliplatin");
    const Finding irinotecan = used(a.record, a.therapy, is_irinotecan, "irinotecan");
    return any_of({all_of({oxaliplatin, negate(irinotecan)}), all_of({irinotecan, negate(oxaliplatin)})});
}

Finding grade_2_neuropathy(const Assessment& a) {
    for (const Problem& p : a.record.problems) {
        if (p.kind == ProblemKind::peripheral_neuropathy && p.active && p.ctcae_grade >= 2) return yes({&p.source});
    }
    return none_found(a.record, {Input::conditions}, {Topic::toxicity}, "neuropathy of grade 2 or more");
}

Finding recent_adjuvant_oxaliplatin(const Assessment& a) {
    const Dose* last = nullptr;
    for (const Dose* dose : a.therapy.earlier) {
        if (is_oxaliplatin(dose->drug)) last = dose;
    }
    if (!last) return medications_read(a, "adjuvant oxaliplatin");
    return truth(base::add_months(last->when.last, recent_adjuvant_months) >= a.record.today, {&last->source},
                 "last adjuvant oxaliplatin " + iso(last->when));
}

Finding against_oxaliplatin(const Assessment& a) { return any_of({grade_2_neuropathy(a), recent_adjuvant_oxaliplatin(a)}); }

Finding against_irinotecan(const Assessment& a) {
    return any_of({above(a.record, Quantity::bilirubin_over_uln, bilirubin_window, 1.5, Topic::bilirubin, "bilirubin of the last 14 days"),
                   a.molecular.ugt1a1_poor,
                   has_problem(a, ProblemKind::bowel_obstruction, true, Topic::symptoms, "bowel obstruction")});
}

Finding backbone_factor(const Assessment& a) {
    const Finding oxaliplatin = against_oxaliplatin(a), irinotecan = against_irinotecan(a);
    Finding either = any_of({oxaliplatin, irinotecan});
    if (oxaliplatin.yes() && irinotecan.yes()) either.note = "factors point both ways, so no backbone is marked";
    return either;
}

}  // namespace

Finding fewer_than_two_cycles(const Assessment& a) {
    if (!a.therapy.started) return negate(medications_read(a, "systemic therapy since stage IV"));
    if (a.therapy.cycles.size() >= 2) return no({}, std::to_string(a.therapy.cycles.size()) + " cycles given");
    if (!a.therapy.cycles_known) return unknown({Gap::Cause::undecided, "cycles given (ordered, not confirmed given)"});
    const Finding certain = medications_read(a, "further cycles");
    return certain.no() ? yes({}, std::to_string(a.therapy.cycles.size()) + " cycles given") : certain;
}

std::vector<Fact> therapy_facts() {
    return {
        {"No systemic therapy for metastatic disease yet",
         "No antineoplastic dose and no active antineoplastic order since the stage IV diagnosis.",
         [](const Assessment& a) { return no_therapy_yet(a); }},
        {"More than 28 days since stage IV diagnosis",
         "The oldest evidence of M1 is more than 28 days old.",
         [](const Assessment& a) { return stage_iv_at_least(a, 29); }},
        {"At most one line of therapy",
         "No or one line of systemic therapy since the stage IV diagnosis.",
         [](const Assessment& a) { return lines_between(a, 0, 1); }},
        {"At least one line of therapy",
         "One or more lines of systemic therapy since the stage IV diagnosis.",
         [](const Assessment& a) { return lines_between(a, 1, many_lines); }},
        {"First line",
         "Exactly one line of systemic therapy since the stage IV diagnosis.",
         [](const Assessment& a) { return lines_between(a, 1, 1); }},
        {"On therapy",
         "A backbone order is active, or the last backbone dose was at most 42 days ago.",
         [](const Assessment& a) { return a.therapy.active; }},
        {"On therapy for 42 days or more",
         "On therapy, and the current line started at least 42 days ago.",
         [](const Assessment& a) { return on_therapy_for(a, 42); }},
        {"On therapy for 112 days or more",
         "On therapy, and the current line started at least 112 days ago.",
         [](const Assessment& a) { return on_therapy_for(a, 112); }},
        {"On therapy or antineoplastic ordered",
         "At patient-view: on therapy; at order hooks: the draft holds an antineoplastic drug.",
         [](const Assessment& a) { return a.record.order_hook() ? drafted(a.record, is_antineoplastic) : a.therapy.active; }},
        {"Current regimen contains oxaliplatin",
         "Oxaliplatin was given or ordered in the current line.",
         [](const Assessment& a) { return current_regimen_contains_oxaliplatin(a); }},
        {"Fewer than 2 cycles given",
         "Fewer than two cycles of systemic therapy since the stage IV diagnosis.",
         [](const Assessment& a) { return fewer_than_two_cycles(a); }},
        {"Perioperative therapy beyond 26 weeks",
         "At patient-view more than 26 treated weeks; at order hooks at least 26 with an antineoplastic in the "
         "draft.",
         [](const Assessment& a) { return perioperative_beyond_26_weeks(a); }},
        {"Oxaliplatin used",
         "Oxaliplatin was given or ordered since the stage IV diagnosis.",
         [](const Assessment& a) { return used(a.record, a.therapy, is_oxaliplatin, "oxaliplatin"); }},
        {"Irinotecan used",
         "Irinotecan was given or ordered since the stage IV diagnosis.",
         [](const Assessment& a) { return used(a.record, a.therapy, is_irinotecan, "irinotecan"); }},
        {"Exactly one of oxaliplatin and irinotecan used",
         "One of the two was given or ordered since the stage IV diagnosis, the other was not.",
         [](const Assessment& a) { return exactly_one_used(a); }},
        {"Oxaliplatin and irinotecan both used",
         "Both were given or ordered since the stage IV diagnosis.",
         [](const Assessment& a) { return all_of({used(a.record, a.therapy, is_oxaliplatin, "oxaliplatin"), used(a.record, a.therapy, is_irinotecan, "irinotecan")}); }},
        {"No prior checkpoint inhibitor",
         "No checkpoint inhibitor was given or ordered.",
         [](const Assessment& a) { return negate(used(a.record, a.therapy, is_checkpoint_inhibitor, "checkpoint inhibitor", true)); }},
        {"No prior encorafenib",
         "Encorafenib was not given or ordered.",
         [](const Assessment& a) { return negate(used(a.record, a.therapy, is_encorafenib, "encorafenib", true)); }},
        {"No unused immunotherapy option",
         "Not both: MSI-H or dMMR, and no checkpoint inhibitor so far.",
         [](const Assessment& a) { return negate(all_of({truth(a.molecular.mmr == Mmr::high, a.molecular.mmr_evidence), negate(used(a.record, a.therapy, is_checkpoint_inhibitor, "checkpoint inhibitor", true))})); }},
        {"No unused BRAF inhibitor option",
         "Not both: BRAF V600E, and no encorafenib so far.",
         [](const Assessment& a) { return negate(all_of({truth(a.molecular.braf == Braf::v600e, a.molecular.braf_evidence), negate(used(a.record, a.therapy, is_encorafenib, "encorafenib", true))})); }},
        {"A patient factor favours one backbone",
         "Neuropathy grade 2 or more, adjuvant oxaliplatin ended at most 12 months ago, bilirubin above 1.5 "
         "times the upper limit, UGT1A1 poor metaboliser, or active bowel obstruction.",
         [](const Assessment& a) { return backbone_factor(a); }},
        {"Factors favour an irinotecan backbone only",
         "Neuropathy grade 2 or more or recent adjuvant oxaliplatin, and nothing that speaks against "
         "irinotecan.",
         [](const Assessment& a) { return all_of({against_oxaliplatin(a), truth(!against_irinotecan(a).yes())}); }},
        {"Factors favour an oxaliplatin backbone only",
         "Raised bilirubin, UGT1A1 poor metaboliser or bowel obstruction, and nothing that speaks against "
         "oxaliplatin.",
         [](const Assessment& a) { return all_of({against_irinotecan(a), truth(!against_oxaliplatin(a).yes())}); }},
    };
}

}  // namespace rectal_cds::domain
