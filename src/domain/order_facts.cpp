// What is being ordered, alone and together with what is active.
#include "domain/absence.hpp"
#include "domain/fact_tables.hpp"

namespace rectal_cds::domain {

namespace {

template <Drug drug>
constexpr bool is(Drug d) {
    return d == drug;
}

Finding pelvic_radiotherapy_ordered(const Assessment& a) {
    std::vector<const Source*> evidence;
    for (const Intervention& i : a.record.draft_interventions) {
        if (i.radiation && i.radiation->pelvic) evidence.push_back(&i.source);
    }
    return truth(!evidence.empty(), evidence);
}

Finding anti_egfr_and_bevacizumab(const Assessment& a) {
    const Finding anti_egfr = drafted(a.record, is_anti_egfr), bevacizumab = drafted(a.record, is_bevacizumab);
    return all_of({any_of({anti_egfr, bevacizumab}),
                   any_of({anti_egfr, active_order(a.record, is_anti_egfr, "anti-EGFR antibody")}),
                   any_of({bevacizumab, active_order(a.record, is_bevacizumab, "bevacizumab")})});
}

// The draft must add something: renewing one of two that are both active already is not a new event.
Finding adds(const Assessment& a, const DrugTest& kind, const char* what) {
    Finding is_new = negate(active_order(a.record, kind, what));
    if (is_new.yes()) is_new.gaps.clear();  // the drafted order is the finding, not the active one it lacks
    return all_of({drafted(a.record, kind), is_new});
}

Finding fluorouracil_and_capecitabine(const Assessment& a) {
    const Finding both_drafted = all_of({drafted(a.record, is<Drug::fluorouracil>), drafted(a.record, is<Drug::capecitabine>)});
    if (both_drafted.yes()) return both_drafted;
    return all_of({any_of({adds(a, is<Drug::fluorouracil>, "fluorouracil"), adds(a, is<Drug::capecitabine>, "capecitabine")}),
                   drafted_or_active(a.record, is<Drug::fluorouracil>, "fluorouracil"),
                   drafted_or_active(a.record, is<Drug::capecitabine>, "capecitabine")});
}

}  // namespace

std::vector<Fact> order_facts() {
    return {
        {"Anti-EGFR antibody ordered",
         "The draft holds cetuximab or panitumumab.",
         [](const Assessment& a) { return drafted(a.record, is_anti_egfr); }},
        {"Bevacizumab ordered",
         "The draft holds bevacizumab.",
         [](const Assessment& a) { return drafted(a.record, is_bevacizumab); }},
        {"Checkpoint inhibitor ordered",
         "The draft holds pembrolizumab, nivolumab, ipilimumab or dostarlimab.",
         [](const Assessment& a) { return drafted(a.record, is_checkpoint_inhibitor); }},
        {"Fluoropyrimidine ordered",
         "The draft holds fluorouracil or capecitabine.",
         [](const Assessment& a) { return drafted(a.record, is_fluoropyrimidine); }},
        {"Capecitabine ordered",
         "The draft holds capecitabine.",
         [](const Assessment& a) { return drafted(a.record, is<Drug::capecitabine>); }},
        {"Oxaliplatin ordered",
         "The draft holds oxaliplatin.",
         [](const Assessment& a) { return drafted(a.record, is<Drug::oxaliplatin>); }},
        {"Irinotecan ordered",
         "The draft holds irinotecan.",
         [](const Assessment& a) { return drafted(a.record, is<Drug::irinotecan>); }},
        {"Cytotoxic ordered",
         "The draft holds a cytotoxic drug.",
         [](const Assessment& a) { return drafted(a.record, is_cytotoxic); }},
        {"Antineoplastic or pelvic radiotherapy ordered",
         "The draft holds an antineoplastic drug or pelvic radiotherapy.",
         [](const Assessment& a) { return any_of({drafted(a.record, is_antineoplastic), pelvic_radiotherapy_ordered(a)}); }},
        {"Anti-EGFR antibody and bevacizumab together",
         "Both classes are ordered or active, at least one of them in the draft.",
         [](const Assessment& a) { return anti_egfr_and_bevacizumab(a); }},
        {"Oxaliplatin and irinotecan ordered or active",
         "Both are ordered or active.",
         [](const Assessment& a) { return all_of({drafted_or_active(a.record, is<Drug::oxaliplatin>, "oxaliplatin"), drafted_or_active(a.record, is<Drug::irinotecan>, "irinotecan")}); }},
        {"Fluorouracil and capecitabine together",
         "Both are in the draft; or both are ordered or active, and the draft adds one that is not yet active.",
         [](const Assessment& a) { return fluorouracil_and_capecitabine(a); }},
        {"No encorafenib ordered or active",
         "Encorafenib is neither ordered nor active.",
         [](const Assessment& a) { return negate(drafted_or_active(a.record, is<Drug::encorafenib>, "encorafenib")); }},
        {"No fluoropyrimidine given or active",
         "No fluoropyrimidine dose or active order was found at any time.",
         [](const Assessment& a) { return negate(used(a.record, a.therapy, is_fluoropyrimidine, "fluoropyrimidine", true)); }},
        {"Vitamin K antagonist active",
         "An active order of a vitamin K antagonist.",
         [](const Assessment& a) { return active_order(a.record, is<Drug::warfarin>, "vitamin K antagonist", {Topic::medication, Topic::anticoagulant}); }},
    };
}

}  // namespace rectal_cds::domain
