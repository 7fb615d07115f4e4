// The typical patient of the scenarios, as a Case, and the dates that tests count in.
//
// 58 years old, a confirmed and active rectal adenocarcinoma cT4b cM1 (liver, related to the primary), found 12
// days ago, stage IV for 10 days, ECOG 1; every input was read completely; nothing else is recorded: no symptom,
// therapy, biomarker, laboratory value, resectability, intent, MDT or goals of care. A test changes one fact of it.
#pragma once

#include <functional>
#include <initializer_list>
#include <ostream>
#include <string>
#include <string_view>

#include "domain/vocabulary.hpp"

namespace rectal_cds::base {

inline std::ostream& operator<<(std::ostream& stream, Truth truth) { return stream << word(truth); }

}  // namespace rectal_cds::base

namespace rectal_cds::testing {

using base::Day;
using base::Truth;
using domain::Case;

inline constexpr Truth no = Truth::no, unknown = Truth::unknown, yes = Truth::yes;
inline constexpr Day today{std::chrono::year{2026} / 3 / 2};

using When = std::optional<base::DateInterval>;

inline When days_ago(int days) { return base::DateInterval::exactly(today - std::chrono::days{days}); }
inline When days_ahead(int days) { return days_ago(-days); }
inline When dated(std::string_view fhir_date) { return base::parse_fhir_date(fhir_date); }
inline const When undated{};

// A change of one fact of a Case.
using Change = std::function<void(Case&)>;

inline domain::Source source(std::string says, When when) { return {"Basic/" + says, std::move(says), when}; }

inline Case typical_patient() {
    Case record;
    record.today = today;
    record.birth = dated("1967-05-20");
    record.sex = Case::Sex::male;
    domain::Primary primary;
    primary.id = "rectum";
    primary.histology = domain::Primary::Histology::adenocarcinoma;
    primary.onset = primary.recorded = days_ago(12);
    primary.source = source("rectal adenocarcinoma", days_ago(12));
    record.primaries.push_back(primary);
    record.secondaries.push_back({source("liver metastasis", days_ago(10)), domain::Secondary::Site::liver, {"rectum"}});
    record.stages.push_back({source("cM1", days_ago(10)), domain::StageStatement::Kind::m_category, true});
    record.t_categories.push_back({source("cT4b", days_ago(10)), true});
    domain::Measurement ecog;
    ecog.source = source("ECOG 1", days_ago(10));
    ecog.quantity = domain::Quantity::ecog;
    ecog.value = 1;
    record.measurements.push_back(ecog);
    return record;
}

inline Case patient(std::initializer_list<Change> changes) {
    Case record = typical_patient();
    for (const Change& change : changes) change(record);
    return record;
}

inline domain::Finding finding(const Case& record, std::string_view fact) { return domain::Facts(record)[fact]; }
inline Truth truth(const Case& record, std::string_view fact) { return finding(record, fact).truth; }

// The typical patient with these changes: what does the fact say?
inline Truth truth(std::string_view fact, std::initializer_list<Change> changes) { return truth(patient(changes), fact); }

}  // namespace rectal_cds::testing
