// RAS, BRAF, mismatch repair and HER2 as facts.
#include <algorithm>
#include <utility>

#include "domain/absence.hpp"
#include "domain/fact_tables.hpp"

namespace rectal_cds::domain {

namespace {

constexpr const char* form_not_read = " on record in a form that is not read";

bool ras_settled(const Assessment& a) { return a.molecular.ras == Ras::mutant || a.molecular.ras == Ras::wild_type; }

// "KRAS on record in a form that is not read"; "" when every result was understood.
std::string not_understood(std::initializer_list<std::pair<const char*, bool>> tests) {
    std::string text;
    for (const auto& [test, open] : tests) {
        if (open) text += (text.empty() ? "" : ", ") + std::string(test) + form_not_read;
    }
    return text;
}

// A settled state answers yes, or no where all was read; anything else is unknown and says why.
Finding state_is(const Assessment& a, bool same, bool settled, const Sources& evidence,
                 std::initializer_list<Topic> topics, const std::string& what, const std::string& unclear) {
    if (same) return yes(evidence);
    Finding open = none_found(a.record, {Input::observations}, topics, what);
    if (!unclear.empty()) open.gaps.insert(open.gaps.begin(), {Gap::Cause::unusable, unclear});
    if (settled && open.no()) return no(evidence);
    open.truth = Truth::unknown;
    open.evidence = evidence;
    return open;
}

Finding ras_is(const Assessment& a, Ras state) {
    const bool settled = ras_settled(a) || a.molecular.ras == Ras::conflict;
    return state_is(
        a, a.molecular.ras == state, settled, a.molecular.ras_evidence, {Topic::kras, Topic::nras},
        "final KRAS and NRAS results",
        not_understood({{"KRAS", a.molecular.kras.not_understood}, {"NRAS", a.molecular.nras.not_understood}}));
}

Finding braf_is(const Assessment& a, Braf state) {
    const bool settled = a.molecular.braf != Braf::unknown && a.molecular.braf != Braf::pending;
    return state_is(a, a.molecular.braf == state, settled, a.molecular.braf_evidence, {Topic::braf},
                    "final BRAF result", not_understood({{"BRAF", a.molecular.braf_not_understood}}));
}

Finding mmr_is(const Assessment& a, Mmr state) {
    const bool settled =
        a.molecular.mmr == Mmr::high || a.molecular.mmr == Mmr::stable || a.molecular.mmr == Mmr::conflict;
    return state_is(a, a.molecular.mmr == state, settled, a.molecular.mmr_evidence, {Topic::mmr},
                    "final MMR/MSI result", not_understood({{"MMR/MSI", a.molecular.mmr_not_understood}}));
}

// Where no result of the test is known: whether there is one all the same.
const char* absence_of(const Case& record, Topic topic) {
    const bool refused = std::any_of(record.unusable.begin(), record.unusable.end(),
                                     [&](const Unusable& item) { return item.topic == topic; });
    if (refused) return form_not_read;
    return record.complete(Input::observations) ? " not on record" : ": the observations could not be read completely";
}

std::string gene_word(const char* gene, const GeneStatus& status, const char* absence) {
    using State = GeneStatus::State;
    const std::string name = gene;
    switch (status.state) {
    case State::wild_type: return name + " wild-type";
    case State::partial_wild_type: return name + " wild-type in exon 2 only";
    case State::pending: return name + " pending";
    case State::mutant: return name + " mutant";
    case State::conflict: return name + " contradictory";
    case State::unknown: break;
    }
    if (status.not_understood) return name + form_not_read;
    if (!status.evidence.empty())
        return name + " wild-type by one result, while others could not be read or understood";
    return name + absence;
}

std::string ras_gap(const Assessment& a) {
    return gene_word("KRAS", a.molecular.kras, absence_of(a.record, Topic::kras)) + ", " +
           gene_word("NRAS", a.molecular.nras, absence_of(a.record, Topic::nras));
}

std::string mmr_word(const Assessment& a) {
    const Molecular& m = a.molecular;
    if (m.mmr == Mmr::conflict) return "MMR/MSI results contradict each other";
    if (m.mmr == Mmr::pending) return "MMR/MSI pending";
    return std::string("MMR/MSI") + (m.mmr_not_understood ? form_not_read : absence_of(a.record, Topic::mmr));
}

// Exactly one of the five first-line cards fits every molecular state; this one takes what the others leave.
Finding first_line_biomarkers_incomplete(const Assessment& a) {
    const Molecular& m = a.molecular;
    if (m.mmr == Mmr::high) return no(m.mmr_evidence);
    const bool mmr_open = m.mmr != Mmr::stable;
    const bool braf_settled = m.braf == Braf::wild_type || m.braf == Braf::v600e;
    const bool implausible_pair = m.ras == Ras::mutant && m.braf == Braf::v600e;
    const bool braf_open = m.ras == Ras::wild_type && !braf_settled;
    std::string note;
    const auto say = [&](bool open, const std::string& words) {
        if (open) note += (note.empty() ? "" : "; ") + words;
    };
    say(mmr_open, mmr_word(a));
    say(!ras_settled(a), ras_gap(a));
    say(braf_open, m.braf_not_understood ? std::string("BRAF") + form_not_read : "BRAF not settled");
    say(implausible_pair, "RAS mutation and BRAF V600E together are implausible: confirm with the laboratory");
    return truth(!note.empty(), {}, note);
}

// An unread observation may hold the result: then a test is not called missing.
Finding missing_unless_unread(const Assessment& a, bool missing, std::initializer_list<Topic> topics,
                              const char* what) {
    const Finding none = none_found(a.record, {Input::observations}, topics, what);
    if (!none.no()) return none;
    return missing ? yes({}, what) : no();
}

Finding ras_test_missing(const Assessment& a) {
    const Ras ras = a.molecular.ras;
    return missing_unless_unread(a, ras == Ras::unknown || ras == Ras::partial_wild_type || ras == Ras::conflict,
                                 {Topic::kras, Topic::nras}, "RAS incomplete");
}

Finding braf_test_missing(const Assessment& a) {
    const Braf braf = a.molecular.braf;
    const bool missing = a.molecular.ras != Ras::mutant && (braf == Braf::unknown || braf == Braf::conflict);
    return missing_unless_unread(a, missing, {Topic::braf}, "BRAF V600E incomplete");
}

Finding mmr_test_missing(const Assessment& a) {
    const Mmr mmr = a.molecular.mmr;
    return missing_unless_unread(a, mmr == Mmr::unknown || mmr == Mmr::conflict, {Topic::mmr}, "MMR/MSI incomplete");
}

// The exemption takes caution away, so it must be proven: it does not apply while the orders are unread.
Finding g12c_exemption_does_not_apply(const Assessment& a) {
    const Finding exempt = all_of({truth(a.molecular.kras_g12c_only, a.molecular.kras.evidence),
                                   drafted_or_active(a.record, is_kras_g12c_inhibitor, "sotorasib or adagrasib")});
    return truth(!exempt.yes(), exempt.evidence);
}

}  // namespace

std::vector<Fact> biomarker_facts() {
    return {
        {"RAS mutant", "A final KRAS or NRAS result is mutant and no final result of that gene contradicts it.",
         [](const Assessment& a) { return ras_is(a, Ras::mutant); }},
        {"RAS wild-type",
         "KRAS and NRAS are both wild-type by final results that cover exons 2-4, in observations that were "
         "read completely.",
         [](const Assessment& a) { return ras_is(a, Ras::wild_type); }},
        {"RAS results contradict each other",
         "Final results of the same gene say both mutant and wild-type, and no gene is only mutant.",
         [](const Assessment& a) { return ras_is(a, Ras::conflict); }},
        {"RAS not established", "RAS is unknown, pending or only partly wild-type, or could not be read.",
         [](const Assessment& a) {
             return truth(!ras_settled(a) && a.molecular.ras != Ras::conflict, a.molecular.ras_evidence, ras_gap(a));
         }},
        {"RAS neither mutant nor contradictory", "RAS is wild-type or not established.",
         [](const Assessment& a) { return truth(a.molecular.ras != Ras::mutant && a.molecular.ras != Ras::conflict); }},
        {"KRAS G12C", "KRAS p.G12C is the only RAS alteration on record.",
         [](const Assessment& a) { return truth(a.molecular.kras_g12c_only, a.molecular.kras.evidence); }},
        {"KRAS G12C exemption does not apply",
         "Not both: KRAS G12C as the only RAS alteration, and sotorasib or adagrasib ordered or active.",
         [](const Assessment& a) { return g12c_exemption_does_not_apply(a); }},
        {"BRAF V600E", "A final BRAF V600E result without a contradicting one.",
         [](const Assessment& a) { return braf_is(a, Braf::v600e); }},
        {"BRAF V600E not on record", "No uncontradicted BRAF V600E result was found.",
         [](const Assessment& a) { return truth(a.molecular.braf != Braf::v600e, a.molecular.braf_evidence); }},
        {"BRAF wild-type",
         "A final BRAF result without mutation and none with, in observations that were read completely.",
         [](const Assessment& a) { return braf_is(a, Braf::wild_type); }},
        {"MSS or pMMR", "Final MMR/MSI results say stable or proficient, and none says unstable or deficient.",
         [](const Assessment& a) { return mmr_is(a, Mmr::stable); }},
        {"MSI-H or dMMR", "Final MMR/MSI results say MSI-high or deficient, and none says stable or proficient.",
         [](const Assessment& a) { return mmr_is(a, Mmr::high); }},
        {"MSI-H or dMMR not on record", "No uncontradicted MSI-H or dMMR result was found.",
         [](const Assessment& a) { return truth(a.molecular.mmr != Mmr::high, a.molecular.mmr_evidence); }},
        {"MMR status not established", "MMR/MSI is unknown, pending or contradictory, or could not be read.",
         [](const Assessment& a) {
             return truth(a.molecular.mmr != Mmr::high && a.molecular.mmr != Mmr::stable, a.molecular.mmr_evidence,
                          mmr_word(a));
         }},
        {"First-line biomarkers incomplete",
         "MMR/MSI is not settled; or, when not MSI-H, RAS is neither mutant nor wild-type, RAS is wild-type "
         "without a settled BRAF, or RAS mutation and BRAF V600E are both reported.",
         [](const Assessment& a) { return first_line_biomarkers_incomplete(a); }},
        {"RAS, BRAF or MMR test missing",
         "At least one of RAS, BRAF (not needed when RAS is mutant) and MMR/MSI has no result and no pending "
         "test.",
         [](const Assessment& a) {
             return any_of({ras_test_missing(a), braf_test_missing(a), mmr_test_missing(a)});
         }},
        {"RAS test missing", "RAS is unknown, partly wild-type or contradictory, and no test is pending.",
         [](const Assessment& a) { return ras_test_missing(a); }},
        {"BRAF test missing", "BRAF is unknown or contradictory with RAS not mutant, and no test is pending.",
         [](const Assessment& a) { return braf_test_missing(a); }},
        {"MMR test missing", "MMR/MSI is unknown or contradictory, and no test is pending.",
         [](const Assessment& a) { return mmr_test_missing(a); }},
        {"HER2 result not on record", "No final HER2 result was found.",
         [](const Assessment& a) {
             return truth(a.molecular.her2_positive.evidence.empty(), a.molecular.her2_positive.evidence);
         }},
        {"HER2 positive and RAS wild-type", "A final positive HER2 result in a RAS wild-type tumour.",
         [](const Assessment& a) {
             return all_of({a.molecular.her2_positive, ras_is(a, Ras::wild_type)});
         }},
        {"RAS and BRAF wild-type, no prior anti-EGFR antibody",
         "RAS and BRAF are wild-type and neither cetuximab nor panitumumab was given.",
         [](const Assessment& a) {
             return all_of({ras_is(a, Ras::wild_type), braf_is(a, Braf::wild_type),
                            negate(used(a.record, a.therapy, is_anti_egfr, "anti-EGFR antibody", true))});
         }},
    };
}

}  // namespace rectal_cds::domain
