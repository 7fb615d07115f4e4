// The ValueSets that the reader asks about; one file under profiles/valuesets/ for each, and no other.
// Order and spelling are those of the files: RECTAL_CDS_VALUE_SETS(X) applies X(identifier, "file-id").
#pragma once

#include <bitset>
#include <cstddef>

// clang-format off
#define RECTAL_CDS_VALUE_SETS(X) \
    X(absolute_neutrophil_count, "absolute-neutrophil-count") X(adenocarcinoma_histology, "adenocarcinoma-histology") X(anorectal_cancer, "anorectal-cancer") \
    X(arterial_thromboembolism, "arterial-thromboembolism") X(bilirubin_total, "bilirubin-total") X(blood_pressure_panel, "blood-pressure-panel") \
    X(body_height, "body-height") X(body_weight, "body-weight") X(bowel_obstruction, "bowel-obstruction") \
    X(braf_result, "braf-result") X(braf_v600e_result, "braf-v600e-result") X(cea_mass_observation, "cea-mass-observation") \
    X(cea_other_unit_observation, "cea-other-unit-observation") X(clinical_significance_component, "clinical-significance-component") X(colon_or_anal_cancer, "colon-or-anal-cancer") \
    X(colonic_stent, "colonic-stent") X(colorectal_cancer_unspecified, "colorectal-cancer-unspecified") X(colostomy, "colostomy") \
    X(combined_chemoradiotherapy, "combined-chemoradiotherapy") X(creatinine, "creatinine") X(creatinine_clearance, "creatinine-clearance") \
    X(ct_imaging, "ct-imaging") X(ctcae_grade_1, "ctcae-grade-1") X(ctcae_grade_2, "ctcae-grade-2") \
    X(ctcae_grade_3, "ctcae-grade-3") X(ctcae_grade_4, "ctcae-grade-4") X(ctcae_grade_5, "ctcae-grade-5") \
    X(diastolic_blood_pressure, "diastolic-blood-pressure") X(disease_status_improved, "disease-status-improved") X(disease_status_observation, "disease-status-observation") \
    X(disease_status_stable, "disease-status-stable") X(disease_status_undetermined, "disease-status-undetermined") X(disease_status_worsened, "disease-status-worsened") \
    X(distance_from_anal_verge, "distance-from-anal-verge") X(dna_change_component, "dna-change-component") X(dpyd_result, "dpyd-result") \
    X(drug_adagrasib, "drug-adagrasib") X(drug_aflibercept, "drug-aflibercept") X(drug_bevacizumab, "drug-bevacizumab") \
    X(drug_binimetinib, "drug-binimetinib") X(drug_capecitabine, "drug-capecitabine") X(drug_cetuximab, "drug-cetuximab") \
    X(drug_dostarlimab, "drug-dostarlimab") X(drug_encorafenib, "drug-encorafenib") X(drug_entrectinib, "drug-entrectinib") \
    X(drug_fluorouracil, "drug-fluorouracil") X(drug_fruquintinib, "drug-fruquintinib") X(drug_ipilimumab, "drug-ipilimumab") \
    X(drug_irinotecan, "drug-irinotecan") X(drug_larotrectinib, "drug-larotrectinib") X(drug_leucovorin, "drug-leucovorin") \
    X(drug_levoleucovorin, "drug-levoleucovorin") X(drug_nivolumab, "drug-nivolumab") X(drug_oxaliplatin, "drug-oxaliplatin") \
    X(drug_panitumumab, "drug-panitumumab") X(drug_pembrolizumab, "drug-pembrolizumab") X(drug_ramucirumab, "drug-ramucirumab") \
    X(drug_regorafenib, "drug-regorafenib") X(drug_sotorasib, "drug-sotorasib") X(drug_trastuzumab, "drug-trastuzumab") \
    X(drug_trifluridine_tipiracil, "drug-trifluridine-tipiracil") X(drug_tucatinib, "drug-tucatinib") X(drug_warfarin, "drug-warfarin") \
    X(ecog_0, "ecog-0") X(ecog_1, "ecog-1") X(ecog_2, "ecog-2") \
    X(ecog_3, "ecog-3") X(ecog_4, "ecog-4") X(ecog_5, "ecog-5") \
    X(ecog_observation, "ecog-observation") X(estimated_filtration_rate, "estimated-filtration-rate") X(fistula, "fistula") X(gene_braf, "gene-braf") \
    X(gene_dpyd, "gene-dpyd") X(gene_erbb2, "gene-erbb2") X(gene_kras, "gene-kras") \
    X(gene_nras, "gene-nras") X(gene_studied_component, "gene-studied-component") X(gene_ugt1a1, "gene-ugt1a1") X(genetic_report, "genetic-report") \
    X(germline, "germline") X(gi_perforation, "gi-perforation") X(goals_of_care_documented, "goals-of-care-documented") \
    X(goals_of_care_observation, "goals-of-care-observation") X(her2_result, "her2-result") X(histology_observation, "histology-observation") \
    X(hospice_care, "hospice-care") X(hospice_enrolled, "hospice-enrolled") X(hospice_enrolment_observation, "hospice-enrolment-observation") \
    X(imaging_evidence, "imaging-evidence") X(intent_adjuvant, "intent-adjuvant") X(intent_conversion, "intent-conversion") \
    X(intent_curative, "intent-curative") X(intent_palliative, "intent-palliative") X(karnofsky_10, "karnofsky-10") \
    X(karnofsky_100, "karnofsky-100") X(karnofsky_20, "karnofsky-20") X(karnofsky_30, "karnofsky-30") \
    X(karnofsky_40, "karnofsky-40") X(karnofsky_50, "karnofsky-50") X(karnofsky_60, "karnofsky-60") \
    X(karnofsky_70, "karnofsky-70") X(karnofsky_80, "karnofsky-80") X(karnofsky_90, "karnofsky-90") \
    X(karnofsky_observation, "karnofsky-observation") X(kras_nras_result, "kras-nras-result") X(kras_result, "kras-result") \
    X(liver_ablation, "liver-ablation") X(liver_body_site, "liver-body-site") X(liver_resection, "liver-resection") X(lung_body_site, "lung-body-site") X(lung_resection, "lung-resection") \
    X(m_category_m0, "m-category-m0") X(m_category_m1, "m-category-m1") X(m_category_observation, "m-category-observation") \
    X(mdt_discussion, "mdt-discussion") X(metabolizer_intermediate, "metabolizer-intermediate") X(metabolizer_normal, "metabolizer-normal") \
    X(metabolizer_poor, "metabolizer-poor") X(metastases_resectability_observation, "metastases-resectability-observation") X(metastasis_liver, "metastasis-liver") \
    X(metastasis_lung, "metastasis-lung") X(metastasis_lymph_node, "metastasis-lymph-node") X(metastasis_other, "metastasis-other") \
    X(metastasis_peritoneum, "metastasis-peritoneum") X(mmr_protein_mlh1, "mmr-protein-mlh1") X(mmr_protein_msh2, "mmr-protein-msh2") \
    X(mmr_protein_msh6, "mmr-protein-msh6") X(mmr_protein_pms2, "mmr-protein-pms2") X(mri_liver, "mri-liver") \
    X(mri_pelvis, "mri-pelvis") X(msi_high, "msi-high") X(msi_immunostain_result, "msi-immunostain-result") \
    X(msi_low, "msi-low") X(msi_result, "msi-result") X(msi_stable, "msi-stable") \
    X(n_category_observation, "n-category-observation") X(non_adenocarcinoma_histology, "non-adenocarcinoma-histology") X(not_pregnant, "not-pregnant") \
    X(nras_result, "nras-result") X(order_braf_test, "order-braf-test") X(order_genomic_panel, "order-genomic-panel") \
    X(order_mmr_test, "order-mmr-test") X(order_ras_test, "order-ras-test") X(organ_transplant, "organ-transplant") \
    X(other_rectal_neoplasm, "other-rectal-neoplasm") X(palliative_care_referral, "palliative-care-referral") X(pelvic_pain, "pelvic-pain") \
    X(peripheral_neuropathy, "peripheral-neuropathy") X(peritoneum_body_site, "peritoneum-body-site") X(pet_imaging, "pet-imaging") X(platelet_count, "platelet-count") \
    X(potentially_resectable, "potentially-resectable") X(pregnancy_condition, "pregnancy-condition") X(pregnancy_status_observation, "pregnancy-status-observation") \
    X(pregnancy_test, "pregnancy-test") X(pregnant, "pregnant") X(primary_in_situ, "primary-in-situ") \
    X(primary_resectability_observation, "primary-resectability-observation") X(primary_resected, "primary-resected") X(primary_tumour_status_observation, "primary-tumour-status-observation") \
    X(protein_change_component, "protein-change-component") X(radiotherapy_procedure, "radiotherapy-procedure") X(rectal_adenocarcinoma, "rectal-adenocarcinoma") \
    X(rectal_bleeding, "rectal-bleeding") X(rectal_cancer, "rectal-cancer") X(rectal_resection, "rectal-resection") \
    X(rectosigmoid_or_overlapping_cancer, "rectosigmoid-or-overlapping-cancer") X(rectum_body_site, "rectum-body-site") X(regimen_folfiri, "regimen-folfiri") \
    X(regimen_folfox, "regimen-folfox") X(regimen_folfoxiri, "regimen-folfoxiri") X(resectable, "resectable") \
    X(result_negative, "result-negative") X(result_none, "result-none") X(result_positive, "result-positive") \
    X(rt_long_course, "rt-long-course") X(rt_palliative, "rt-palliative") X(rt_short_course, "rt-short-course") \
    X(significance_not_pathogenic, "significance-not-pathogenic") X(somatic, "somatic") X(source_class_component, "source-class-component") \
    X(stage_below_iv, "stage-below-iv") X(stage_group_observation, "stage-group-observation") X(stage_iv, "stage-iv") \
    X(surgical_procedure_category, "surgical-procedure-category") X(systolic_blood_pressure, "systolic-blood-pressure") X(t_category_observation, "t-category-observation") \
    X(t_category_other, "t-category-other") X(t_category_t4b, "t-category-t4b") X(treatment_intent_observation, "treatment-intent-observation") \
    X(treatment_toxicity_category, "treatment-toxicity-category") X(ugt1a1_result, "ugt1a1-result") X(unresectable, "unresectable") \
    X(urine_protein_24h, "urine-protein-24h") X(urine_protein_creatinine_ratio, "urine-protein-creatinine-ratio") X(variant_observation, "variant-observation") \
    X(venous_thromboembolism, "venous-thromboembolism")
// clang-format on

namespace rectal_cds::fhir {

enum class ValueSet : unsigned char {
#define RECTAL_CDS_ENUMERATOR(identifier, id) identifier,
    RECTAL_CDS_VALUE_SETS(RECTAL_CDS_ENUMERATOR)
#undef RECTAL_CDS_ENUMERATOR
    count
};
inline constexpr std::size_t value_set_count = static_cast<std::size_t>(ValueSet::count);

const char* id_of(ValueSet set);  // "kras-result"

using Members = std::bitset<value_set_count>;

}  // namespace rectal_cds::fhir
