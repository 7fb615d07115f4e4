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

enum class Topic : unsigned char {  // what an unusable resource could have spoken of
    primary, metastases, stage, kras, nras, braf, mmr, dpyd, ugt1a1, her2, performance_status, disease_status,
    resectability, intent, cea, blood_count, bilirubin, creatinine, urine_protein, blood_pressure, tumour_height,
    pregnancy, symptoms, toxicity, thromboembolism, medication, radiotherapy, surgery, stent, mdt, goals_of_care,
    hospice, imaging, allergy, transplant, body_size, anticoagulant, filtration_rate
};
const char* name(Topic topic);  // "performance status"

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
    bool after_treatment = false;  // ycM0, ypM0: says what treatment left, not that there was no M1 (terminology.md 2)
};

struct TCategory {
    Source source;
    bool t4b = false;
};

enum class Gene : unsigned char { kras, nras, braf, erbb2 };

struct GeneResult {
    Source source;
    Gene gene{};
    // unclear: a final value that is not understood; it keeps a wild-type beside it from counting
    enum class Outcome : unsigned char { mutant, wild_type, pending, no_result, unclear } outcome{};
    bool g12c = false;          // KRAS p.G12C, named
    bool v600e = false;         // BRAF p.V600E, named or tested for
    bool other_variant = false; // a mutation that is named and is neither of the two
    bool exon2_only = false;    // the text limits the test to exon 2 (local-codes.md D12)
    bool says_mutant = false;   // of a pending result: what it says so far
};

struct MmrResult {
    Source source;
    enum class Outcome : unsigned char { unstable, stable, pending, no_result, unclear } outcome{};
    enum class Protein : unsigned char { none, mlh1, msh2, msh6, pms2 } protein{};  // for immunohistochemistry
    bool says_stable = false;  // of a pending result: what it says so far
};

struct Metabolizer {  // germline pharmacogenetics
    Source source;
    enum class Gene : unsigned char { dpyd, ugt1a1 } gene{};
    enum class Phenotype : unsigned char { poor, intermediate, normal } phenotype{};
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

}  // namespace rectal_cds::domain
