// Changes of one fact each, to be made to a typical patient. Whole days count back from today.
#pragma once

#include <utility>

#include "domain/typical_patient.hpp"

namespace rectal_cds::testing {

using domain::Drug;
using domain::Gene;
using domain::Hook;
using domain::Input;
using domain::Intervention;
using domain::ProblemKind;
using domain::Quantity;
using domain::Readability;
using domain::Topic;
using Bound = domain::Measurement::Bound;
using Site = domain::Secondary::Site;
using Status = domain::DiseaseStatus::Value;
using MarkKind = domain::Mark::Kind;
using Outcome = domain::GeneResult::Outcome;

// What could be read
inline Change at(Hook hook) { return [=](Case& c) { c.hook = hook; }; }
inline Change reads(Input input, Readability how) { return [=](Case& c) { c.readability[static_cast<std::size_t>(input)] = how; }; }
inline Change unread(Input input) { return reads(input, Readability::unreadable); }
inline Change partly_read(Input input) { return reads(input, Readability::incomplete); }
inline Change unusable(Topic topic) { return [=](Case& c) { c.unusable.push_back({source("unusable", undated), topic, "The unit is missing."}); }; }

// Stage
inline Change nothing_staged() { return [](Case& c) { c.stages.clear(), c.secondaries.clear(); }; }
inline Change staged(bool metastatic, When when, domain::StageStatement::Kind kind = domain::StageStatement::Kind::m_category) {
    return [=](Case& c) { c.stages.push_back({source(metastatic ? "cM1" : "cM0", when), kind, metastatic}); };
}
inline Change metastasis(When when, bool related = true, Site site = Site::liver) {
    return [=](Case& c) {
        c.secondaries.push_back({source("metastasis", when), site, {}});
        if (related) c.secondaries.back().related_to.push_back("rectum");
    };
}
inline Change stage_iv_for(int days) {  // instead of the 10 days of the typical patient
    return [=](Case& c) {
        c.primaries[0].onset = c.primaries[0].recorded = c.primaries[0].source.when = days_ago(days + 2);
        c.secondaries[0].source.when = c.stages[0].source.when = c.t_categories[0].source.when = days_ago(days);
    };
}

// Biomarkers
inline Change gene(Gene which, Outcome outcome, When when = days_ago(5)) {
    return [=](Case& c) {
        domain::GeneResult result;
        result.source = source("gene result", when), result.gene = which, result.outcome = outcome;
        c.genes.push_back(result);
    };
}
inline Change kras_g12c() { return [](Case& c) { gene(Gene::kras, Outcome::mutant)(c), c.genes.back().g12c = true; }; }
inline Change braf_v600e() { return [](Case& c) { gene(Gene::braf, Outcome::mutant)(c), c.genes.back().v600e = true; }; }
inline Change exon_2_wild_type(Gene which) { return [=](Case& c) { gene(which, Outcome::wild_type)(c), c.genes.back().exon2_only = true; }; }
inline Change ras_wild_type() { return [](Case& c) { gene(Gene::kras, Outcome::wild_type)(c), gene(Gene::nras, Outcome::wild_type)(c); }; }
inline Change mmr(domain::MmrResult::Outcome outcome, domain::MmrResult::Protein protein = domain::MmrResult::Protein::none) {
    return [=](Case& c) { c.mmr.push_back({source("MMR/MSI", days_ago(5)), outcome, protein}); };
}
inline Change microsatellite_stable() { return mmr(domain::MmrResult::Outcome::stable); }
inline Change open_test(domain::OpenTest::Kind kind) { return [=](Case& c) { c.open_tests.push_back({source("test ordered", days_ago(3)), kind}); }; }
inline Change metabolizer(domain::Metabolizer::Gene which, domain::Metabolizer::Phenotype phenotype) {
    return [=](Case& c) { c.metabolizers.push_back({source("metaboliser", days_ago(5)), which, phenotype}); };
}

// Medication
inline Change given(Drug drug, When when) { return [=](Case& c) { c.doses.push_back({source("dose", when), drug, *when, true, ""}); }; }
inline Change given(Drug drug, int days) { return given(drug, days_ago(days)); }
inline Change ordered(Drug drug, int days, bool active = true, std::optional<int> period = std::nullopt) {  // no dose given yet
    return [=](Case& c) {
        c.orders.push_back({source("order", days_ago(days)), "order", drug, active, period});
        c.doses.push_back({source("order", days_ago(days)), drug, *days_ago(days), false, "order"});
    };
}
inline Change order_of_given(Drug drug, int period) {  // the active order behind doses on record
    return [=](Case& c) { c.orders.push_back({source("order", undated), "order", drug, true, period}); };
}
inline Change drafts(Drug drug) { return [=](Case& c) { c.drafts.push_back({source("draft", undated), drug, true}); }; }
inline Change drafts_unselected(Drug drug) { return [=](Case& c) { c.other_drafts.push_back({source("other draft", undated), drug, true}); }; }
inline Change allergic_to(Drug drug, bool low = false) { return [=](Case& c) { c.allergies.push_back({source("allergy", undated), drug, low}); }; }

// Course of the disease
inline Change disease(Status status, When when) { return [=](Case& c) { c.disease_statuses.push_back({source("status", when), status}); }; }
inline Change image(When when) { return [=](Case& c) { c.images.push_back(source("CT", when)); }; }
inline Change measured(Quantity quantity, double value, When when, Bound bound = Bound::exact) {
    return [=](Case& c) {
        domain::Measurement m;
        m.source = source("measurement", when), m.quantity = quantity, m.value = value, m.bound = bound;
        c.measurements.push_back(m);
    };
}
inline Change no_ecog() { return [](Case& c) { c.measurements.clear(); }; }

}  // namespace rectal_cds::testing
