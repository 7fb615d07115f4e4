#include "fhir/read_case.hpp"

#include "fhir/readers.hpp"

namespace rectal_cds::fhir {

// Patient.birthDate, deceased[x], gender
void read_patient(Reading& reading, json::Value patient) {
    reading.into.birth = base::parse_fhir_date(patient["birthDate"].text());
    reading.into.deceased = patient["deceasedBoolean"].boolean().value_or(false) || !patient["deceasedDateTime"].text().empty();
    if (patient["gender"].text() == "female") reading.into.sex = domain::Case::Sex::female;
    if (patient["gender"].text() == "male") reading.into.sex = domain::Case::Sex::male;
}

// Conditions first: the readers of observations ask which cancer an Observation is about.
domain::Case read_case(const CodeBook& book, const Record& record) {
    domain::Case result;
    result.hook = record.hook;
    result.today = record.today;
    for (int i = 0; i < domain::input_count; ++i) {
        const auto input = static_cast<domain::Input>(i);
        result.readability[static_cast<std::size_t>(i)] = record[input].readability;
        result.shortfall[static_cast<std::size_t>(i)] = record[input].shortfall;
    }
    Reading reading{book, record, result};
    for (const json::Value patient : record[domain::Input::patient].resources) read_patient(reading, patient);
    read_conditions(reading);
    read_observations(reading);
    read_medications(reading);
    read_procedures(reading);
    read_service_requests(reading);
    read_diagnostic_reports(reading);
    read_allergies(reading);
    read_drafts(reading);
    count_uncoded(reading);
    return result;
}

}  // namespace rectal_cds::fhir
