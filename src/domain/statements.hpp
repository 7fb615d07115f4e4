// What single resources say about the patient: the parts of a Case.
#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "domain/drug.hpp"
#include "domain/source.hpp"

namespace rectal_cds::domain {

// What an unusable resource could have spoken of.
enum class Topic : unsigned char {
    primary, metastases, stage, kras, nras, braf, mmr, dpyd, ugt1a1, her2, performance_status, disease_status,
    resectability, intent, cea, blood_count, bilirubin, creatinine, urine_protein, blood_pressure, tumour_height,
    pregnancy, symptoms, toxicity, thromboembolism, medication, radiotherapy, surgery, stent, mdt, goals_of_care,
    hospice, imaging, allergy, transplant, body_size
};

// Condition.clinicalStatus: active, recurrence and relapse are `active`.
enum class ClinicalStatus : unsigned char { active, remission };

struct Primary {  // malignant neoplasm of the rectum, confirmed
    Source source;
    std::string id;
    ClinicalStatus clinical = ClinicalStatus::active;
    enum class Histology : unsigned char { adenocarcinoma, presumed, other, unrecognised } histology{};
    std::optional<base::DateInterval> onset;     // onset, else the asserted date
    std::optional<base::DateInterval> recorded;
};

struct Secondary {  // distant metastasis as a Condition, confirmed and active
    Source source;
    enum class Site : unsigned char { liver, lung, peritoneum, other } site{};
    std::vector<std::string> related_to;  // ids of the Conditions named by the extension condition-related
};

struct OtherPrimary {  // colon, anal or rectosigmoid cancer, and other rectal neoplasms: active, confirmed
    Source source;
    std::string id;
};

enum class ProblemKind : unsigned char {
    rectal_bleeding, bowel_obstruction, pelvic_pain, gi_perforation, fistula, peripheral_neuropathy,
    arterial_thromboembolism, venous_thromboembolism, organ_transplant, pregnancy, other
};

struct Problem {  // Source.when is the onset, else the recorded date
    Source source;
    ProblemKind kind{};
    bool active = true;
    std::optional<int> ctcae_grade;  // 1 to 5
    bool treatment_related = false;
    std::string suspected_drug;      // display of the drug named by condition-dueTo, if any
};

struct StageStatement {  // one source of the M category
    Source source;
    enum class Kind : unsigned char { m_category, stage_group, stage_summary } kind{};
    bool metastatic = false;  // M1 or stage IV; otherwise M0 or a lower stage
};

struct TCategory {
    Source source;
    bool t4b = false;
};

enum class Gene : unsigned char { kras, nras, braf, erbb2 };

struct GeneResult {
    Source source;
    Gene gene{};
    enum class Outcome : unsigned char { mutant, wild_type, pending, no_result } outcome{};
    bool g12c = false;          // KRAS p.G12C, named
    bool v600e = false;         // BRAF p.V600E, named or tested for
    bool other_variant = false; // a mutation that is named and is neither of the two
    bool exon2_only = false;    // the text limits the test to exon 2 (local-codes.md D12)
};

struct MmrResult {
    Source source;
    enum class Outcome : unsigned char { unstable, stable, pending, no_result } outcome{};
    enum class Protein : unsigned char { none, mlh1, msh2, msh6, pms2 } protein{};  // for immunohistochemistry
};

struct Metabolizer {  // germline pharmacogenetics
    Source source;
    enum class Gene : unsigned char { dpyd, ugt1a1 } gene{};
    enum class Phenotype : unsigned char { poor, intermediate, normal } phenotype{};
};

enum class Quantity : unsigned char {
    ecog,                    // 0 to 5
    karnofsky_as_ecog,       // 0 to 4, local-codes.md D26
    cea_mass,                // ng/mL
    cea_other_units,         // as reported; Measurement.unit tells which
    neutrophils,             // 10*9/L
    platelets,               // 10*9/L
    bilirubin_over_uln,      // multiples of the upper limit of normal of the same result
    creatinine,              // mg/dL
    creatinine_clearance,    // mL/min
    protein_creatinine,      // g/g
    protein_24h,             // g
    systolic, diastolic,     // mm[Hg]
    distance_from_anal_verge,  // cm
    body_weight,             // kg
    body_height              // cm
};

struct Measurement {
    Source source;
    Quantity quantity{};
    double value = 0;               // in the unit named above
    std::optional<double> upper_limit;  // referenceRange.high in the same unit
    std::string unit;               // as reported, for cea_other_units
    enum class Bound : unsigned char { exact, below, above } bound = Bound::exact;  // comparator < or >
};

struct DiseaseStatus {
    Source source;
    enum class Value : unsigned char { improved, stable, worsened, undetermined } value{};
};

struct Resectability {
    Source source;
    enum class Of : unsigned char { metastases, primary } of{};
    enum class Value : unsigned char { resectable, potentially_resectable, unresectable } value{};
};

struct Intent {
    Source source;
    enum class Value : unsigned char { curative, palliative, conversion } value{};
};

struct Pregnancy {
    Source source;
    bool pregnant = false;
};

// Single-valued statements about care.
struct Mark {
    Source source;
    enum class Kind : unsigned char {
        mdt_discussion, goals_of_care, palliative_referral, hospice, primary_in_situ, primary_resected
    } kind{};
};

struct Dose {
    Source source;
    Drug drug{};
    base::DateInterval when;
    bool administered = true;   // false: taken from an order, "ordered, not confirmed given"
    std::string order_id;       // the MedicationRequest that the administration names, if any
};

struct MedicationOrder {
    Source source;
    std::string id;
    Drug drug{};
    bool active = false;               // otherwise completed or stopped
    std::optional<int> period_days;    // dosageInstruction.timing.repeat, in days
};

struct DraftDrug {
    Source source;
    Drug drug{};
};

struct Allergy {
    Source source;
    Drug drug{};
    bool low = false;  // intolerance, or criticality low
};

struct Radiotherapy {
    std::optional<double> total_gy;
    std::optional<int> fractions;
    enum class Course : unsigned char { unstated, short_course, long_course, palliative } course{};
    bool pelvic = true;
    bool combined_with_chemotherapy = false;
};

struct Intervention {  // Procedure done, ServiceRequest booked or drafted
    enum Kind : unsigned char {
        major_surgery, rectal_resection, liver_resection, lung_resection, colostomy, stent, radiotherapy, kind_count
    };
    Source source;  // Source.when: performed (its end), or the date of the booking
    std::bitset<kind_count> kinds;
    bool urgent = false;  // priority urgent, asap or stat
    std::optional<Radiotherapy> radiation;
};

// An active order of record, by every spelling of its code, so that it is not suggested a second time.
struct ActiveService {
    Source source;
    std::vector<std::string> keys;  // "http://loinc.org|85509-8" and "ValueSet/ct-imaging"
};

struct OpenTest {  // an active ServiceRequest for a test that is not yet resulted
    Source source;
    enum class Kind : unsigned char { ras, braf, mmr, panel } kind{};
};

}  // namespace rectal_cds::domain
