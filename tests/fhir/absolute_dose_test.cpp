// Absolute doses: only from a recent weight and height, shown with their inputs, never silently adjusted.
#include <boost/test/unit_test.hpp>

#include "fhir/absolute_dose.hpp"

namespace {

using namespace rectal_cds;

const char* const oxaliplatin = R"({
  "extension": [{"url": "https://rectal-cds.example/fhir/StructureDefinition/absolute-dose",
                 "extension": [{"url": "roundedToMg", "valuePositiveInt": 5}, {"url": "maximumMg", "valuePositiveInt": 200}]}],
  "dosage": [{"sequence": 1, "doseAndRate": [{"doseQuantity": {"value": 85, "unit": "mg/m2", "code": "mg/m2"}}]}]})";

struct Patient {
    domain::Case record;

    Patient(double weight_kg, double height_cm, const char* day) {
        record.today = *base::parse_day("2026-03-02");
        add(domain::Quantity::body_weight, weight_kg, day);
        add(domain::Quantity::body_height, height_cm, day);
    }

    void add(domain::Quantity quantity, double value, const char* day) {
        domain::Measurement m;
        m.quantity = quantity;
        m.value = value;
        m.source.when = base::parse_fhir_date(day);
        record.measurements.push_back(m);
    }
};

std::string dosage_for(const Patient& patient) {
    const auto document = json::Document::parse(oxaliplatin);
    json::Writer writer;
    fhir::write_dosage(writer, document.value().root(), domain::body_size(patient.record));
    return writer.take();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(absolute_dose)

BOOST_AUTO_TEST_CASE(a_recent_weight_and_height_give_milligrams_beside_the_dose_per_square_metre) {
    // Mosteller: square root of 175 x 71 / 3600 = 1.8579 m2; 85 x 1.8579 = 157.9 mg, rounded to 5 mg
    BOOST_TEST(dosage_for(Patient(71, 175, "2026-01-31")).find(R"("value":160,"unit":"mg")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_weight_of_31_days_ago_gives_no_milligrams) {
    BOOST_TEST(dosage_for(Patient(71, 175, "2026-01-30")).find(R"("unit":"mg",)") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_maximum_of_the_template_caps_the_dose) {
    BOOST_TEST(dosage_for(Patient(160, 200, "2026-02-20")).find(R"("value":200,"unit":"mg")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_weight_known_to_the_month_gives_no_milligrams) {
    BOOST_TEST(dosage_for(Patient(71, 175, "2026-02")).find(R"("unit":"mg",)") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_note_shows_every_input_and_that_nothing_was_adjusted) {
    const Patient patient(71, 175, "2026-02-20");
    const auto document = json::Document::parse(oxaliplatin);
    BOOST_TEST(fhir::calculation_note(document.value().root(), *domain::body_size(patient.record)) ==
               "Calculated dose for 1.86 m2 (Mosteller: height 175 cm of 2026-02-20, weight 71 kg of 2026-02-20), rounded to 5 mg, at most 200 mg; no adjustment was applied.");
}

BOOST_AUTO_TEST_SUITE_END()
