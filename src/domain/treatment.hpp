// What single resources say about treatment, services and care: further parts of a Case.
#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "domain/drug.hpp"
#include "domain/source.hpp"

namespace rectal_cds::domain {

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
    bool removable = false;  // it has an id and is still a draft
};

struct Allergy {
    Source source;
    Drug drug{};
    bool low = false;  // intolerance, or criticality low
};

// An allergy that is known by words only and names a class of drugs, or a drug of it that this service has no code for.
struct ClassAllergy {
    Source source;
    enum class Of : unsigned char { platinum, fluoropyrimidines } of{};
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
    bool urgent = false;     // priority urgent, asap or stat
    bool removable = false;  // a drafted order that has an id and is still a draft
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
