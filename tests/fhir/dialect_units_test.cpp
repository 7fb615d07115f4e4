// Equal results for equal quantities; missing, contradictory and implausible ones are refused and said
// (terminology.md 4, pitfalls 29 to 31 and 33).
#include <boost/test/unit_test.hpp>

#include <cmath>

#include "fhir/dialect_record.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using domain::Measurement;
using domain::Quantity;
using domain::Topic;

namespace {

domain::Case read(const char* code, const std::string& members) { return DialectRecord({observation(loinc(code), members)}).read(); }

// The value in the unit of its Quantity; NaN when it was refused or is not there.
double measured(const char* code, double number, const char* unit, const char* shown = "") {
    const domain::Case record = read(code, quantity(number, unit, shown));
    return record.measurements.size() == 1 ? record.measurements[0].value : std::nan("");
}

bool refused(const char* code, const std::string& members, Topic topic) {
    const domain::Case record = read(code, members);
    return record.measurements.empty() && is_unusable(record, topic);
}

constexpr const char* cea = "2039-6";
constexpr const char* anc = "751-8";
constexpr const char* platelets = "777-3";
constexpr const char* creatinine = "2160-0";
constexpr const char* clearance = "2164-2";

}  // namespace

BOOST_AUTO_TEST_SUITE(dialect_units)

BOOST_AUTO_TEST_CASE(cea_is_the_same_in_each_unit_of_mass) {
    for (const char* unit : {"ng/mL", "ug/L", "ng/ml", "ug/l", "µg/L", "μg/l"}) BOOST_TEST(measured(cea, 12.5, unit) == 12.5, unit);
    BOOST_TEST(measured(cea, 12500, "pg/mL") == 12.5);
    BOOST_TEST(measured(cea, 0.0125, "mg/L") == 12.5);
}

BOOST_AUTO_TEST_CASE(counts_are_the_same_in_each_unit) {
    for (const char* unit : {"10*9/L", "10*3/uL", "10*9/l", "10^9/L", "10*3/mm3", "/nL", "10*6/mL"}) {
        BOOST_TEST(measured(anc, 1.2, unit) == 1.2, unit);
        BOOST_TEST(measured(platelets, 75, unit) == 75, unit);
    }
    for (const char* unit : {"/uL", "/ul", "{cells}/uL", "/mm3", "10*6/L"}) BOOST_TEST(measured(anc, 1200, unit) == 1.2, unit);
    BOOST_TEST(measured(anc, 1200, "/uL") == measured(anc, 1.2, "10*3/uL"));
}

BOOST_AUTO_TEST_CASE(molar_and_mass_units_of_creatinine_and_bilirubin_agree) {
    BOOST_TEST(measured(creatinine, 88.4, "umol/L") == measured(creatinine, 1, "mg/dL"));
    BOOST_TEST(measured("14682-9", 176.8, "umol/l") == 2);
    BOOST_TEST(measured(creatinine, 0.1768, "mmol/L") == 2);
    BOOST_TEST(measured(creatinine, 1.1, "mg/dl") == 1.1);
    const auto bilirubin = [](double number, const char* unit, double high) {
        const std::string range = R"(, "referenceRange": [{"high": {"value": )" + std::to_string(high) + R"(, "unit": ")" + unit + "\"}}]";
        return read("1975-2", quantity(number, unit) + range).measurements.at(0).value;
    };
    BOOST_TEST(bilirubin(2.4, "mg/dL", 1.2) == 2);
    BOOST_TEST(std::abs(bilirubin(41.04, "umol/L", 20.52) - 2) < 1e-9);
}

BOOST_AUTO_TEST_CASE(weight_height_and_pressure_are_the_same_in_each_unit) {
    BOOST_TEST(measured("29463-7", 154.3235835, "[lb_av]") == measured("29463-7", 70, "kg"), boost::test_tools::tolerance(1e-6));
    BOOST_TEST(measured("29463-7", 70000, "g") == 70);
    for (const auto& [number, unit] : {std::pair{172.0, "cm"}, std::pair{1.72, "m"}, std::pair{1720.0, "mm"}}) BOOST_TEST(measured("8302-2", number, unit) == 172, unit);
    BOOST_TEST(measured("8302-2", 66.89, "[in_i]") == 66.89 * 2.54, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(measured("8480-6", 160, "mm[Hg]") == 160);
    BOOST_TEST(measured("8480-6", 160, "", "mmHg") == 160);
    BOOST_TEST(measured("33748-5", 45, "mm") == measured("33748-5", 4.5, "cm"));
}

BOOST_AUTO_TEST_CASE(protein_in_urine_is_the_same_in_each_unit) {
    for (const auto& [number, unit] : {std::pair{1.5, "g/g"}, std::pair{1.5, "g/g{creat}"}, std::pair{1500.0, "mg/g"}, std::pair{1.5, "mg/mg"}}) {
        BOOST_TEST(measured("2890-2", number, unit) == 1.5, unit);
    }
    BOOST_TEST(measured("2890-2", 1.5 / 0.00884, "mg/mmol") == 1.5, boost::test_tools::tolerance(1e-6));
    for (const auto& [number, unit] : {std::pair{2.0, "g/(24.h)"}, std::pair{2000.0, "mg/(24.h)"}, std::pair{2.0, "g/d"}, std::pair{2000.0, "mg/d"}}) {
        BOOST_TEST(measured("2889-4", number, unit) == 2, unit);
    }
}

BOOST_AUTO_TEST_CASE(a_value_without_unit_is_not_guessed) {
    for (const char* code : {cea, anc, platelets, creatinine, "8480-6", "29463-7", "33748-5"}) {
        const domain::Case record = read(code, quantity(4, ""));
        BOOST_TEST((record.measurements.empty() && record.unusable.size() == 1U), code);
    }
}

BOOST_AUTO_TEST_CASE(a_unit_of_another_kind_is_refused) {
    BOOST_TEST(refused(anc, quantity(55, "%"), Topic::blood_count));
    BOOST_TEST(refused(cea, quantity(5, "U/mL"), Topic::cea));
    BOOST_TEST(refused(creatinine, quantity(1, "m^2"), Topic::creatinine));
    BOOST_TEST(refused(platelets, quantity(75, "x10^9/L"), Topic::blood_count));
    BOOST_TEST(refused("2890-2", quantity(30, "mg/dL"), Topic::urine_protein));
    BOOST_TEST(refused(anc, R"("valueQuantity": {"value": 1.2, "system": "http://snomed.info/sct", "code": "10*9/L"})", Topic::blood_count));
}

// Normalised to body surface is another quantity, however it is written beside the code.
BOOST_AUTO_TEST_CASE(a_clearance_per_body_surface_is_refused) {
    BOOST_TEST(measured(clearance, 48, "mL/min") == 48);
    BOOST_TEST(refused(clearance, quantity(48, "mL/min/{1.73_m2}"), Topic::creatinine));
    BOOST_TEST(refused(clearance, quantity(48, "mL/min", "mL/min/1.73 m2"), Topic::creatinine));
    for (const char* egfr : {"98979-8", "33914-3", "48643-1", "45066-8"}) {
        const domain::Case record = read(egfr, quantity(48, "mL/min/{1.73_m2}"));
        BOOST_TEST((record.measurements.empty() && record.unusable.empty()), egfr);
        BOOST_TEST(record.filtration_rates.size() == (egfr == std::string_view("45066-8") ? 0U : 1U), egfr);  // a panel
    }
}

BOOST_AUTO_TEST_CASE(unit_and_code_that_contradict_each_other_are_refused) {
    BOOST_TEST(refused(creatinine, quantity(90, "mg/dL", "umol/L"), Topic::creatinine));
    BOOST_TEST(refused(cea, quantity(5, "ng/mL", "U/mL"), Topic::cea));
    BOOST_TEST(refused(anc, quantity(1200, "10*3/uL", "/uL"), Topic::blood_count));
    BOOST_TEST(measured(anc, 1.2, "K/uL") == 1.2);  // reliability.md T40
    BOOST_TEST(measured(anc, 1.2, "10*3/uL", "K/uL") == 1.2);  // a printed form beside a code that is read
    BOOST_TEST(measured(cea, 5, "ng/mL", "ug/L") == 5);        // two names of one unit
}

BOOST_AUTO_TEST_CASE(an_implausible_value_is_refused) {
    BOOST_TEST(refused(creatinine, quantity(90, "mg/dL"), Topic::creatinine));
    BOOST_TEST(refused(platelets, quantity(150000, "10*9/L"), Topic::blood_count));
    BOOST_TEST(refused("29463-7", quantity(7, "kg"), Topic::body_size));
    BOOST_TEST(refused(cea, quantity(-1, "ng/mL"), Topic::cea));
}

BOOST_AUTO_TEST_CASE(a_comparator_makes_a_bound) {
    const auto bound = [](const char* comparator) {
        return read(cea, R"("valueQuantity": {"value": 0.5, "comparator": ")" + std::string(comparator) + R"(", "unit": "ng/mL"})").measurements.at(0).bound;
    };
    using Bound = Measurement::Bound;
    BOOST_TEST((bound("<") == Bound::below && bound("<=") == Bound::at_most && bound(">=") == Bound::at_least && bound(">") == Bound::above));
    BOOST_TEST(refused(cea, R"("valueQuantity": {"value": 0.5, "comparator": "~", "unit": "ng/mL"})", Topic::cea));
}

BOOST_AUTO_TEST_CASE(a_result_as_text_is_not_read_and_not_passed_over) {
    for (const char* members : {"\"valueString\": \"<0.5\"", "\"valueString\": \"haemolysed\"", "\"valueInteger\": 3", "\"valueCodeableConcept\": {\"text\": \"2+\"}"}) {
        BOOST_TEST(refused(cea, members, Topic::cea), members);
    }
    const std::string absent = R"("dataAbsentReason": )" + coded("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown");
    const domain::Case missing = read(cea, absent);
    BOOST_TEST((missing.measurements.empty() && missing.unusable.empty()));
    BOOST_TEST(read("20454-5", "\"valueString\": \"2+\"").unusable.empty());  // a test strip is not asked about
}

BOOST_AUTO_TEST_CASE(cea_of_another_fluid_is_not_that_of_the_blood) {
    for (const char* code : {"2037-0", "12515-3", "19169-2", "19168-4", "40622-3", "2038-8"}) {
        const domain::Case record = read(code, quantity(900, "ng/mL"));
        BOOST_TEST((record.measurements.empty() && record.unusable.empty()), code);
    }
}

BOOST_AUTO_TEST_CASE(arbitrary_units_of_cea_are_a_kind_of_their_own) {
    const auto other = [](double number, const char* unit) { return read("19166-8", quantity(number, unit)).measurements.at(0); };
    BOOST_TEST((other(5, "U/mL").quantity == Quantity::cea_other_units));
    BOOST_TEST((other(5, "kU/L").unit == other(5, "U/mL").unit && other(5, "kU/L").value == other(5, "U/mL").value));
    BOOST_TEST(other(5, "nmol/L").unit != other(5, "U/mL").unit);
    BOOST_TEST(refused("19166-8", quantity(5, ""), Topic::cea));
}

BOOST_AUTO_TEST_CASE(several_normal_ranges_that_differ_are_none) {
    const auto with = [](const char* ranges) { return quantity(2.4, "mg/dL") + ", \"referenceRange\": [" + ranges + "]"; };
    const char* one = R"({"high": {"value": 1.2, "unit": "mg/dL"}})";
    const char* two = R"({"high": {"value": 1.2, "unit": "mg/dL"}}, {"high": {"value": 2.0, "unit": "mg/dL"}})";
    const char* critical = R"({"high": {"value": 1.2, "unit": "mg/dL"}}, {"type": {"coding": [{"code": "treatment"}]}, "high": {"value": 15, "unit": "mg/dL"}})";
    BOOST_TEST(read("1975-2", with(one)).measurements.at(0).value == 2);
    BOOST_TEST(read("1975-2", with(critical)).measurements.at(0).value == 2);
    BOOST_TEST(refused("1975-2", with(two), Topic::bilirubin));
}

BOOST_AUTO_TEST_CASE(blood_pressure_is_read_from_each_panel_and_alone) {
    const auto half = [](const char* code, int number) { return "{\"code\": " + loinc(code) + ", " + quantity(number, "mm[Hg]") + "}"; };
    for (const char* panel : {"85354-9", "55284-4"}) {
        const domain::Case record = read(panel, "\"component\": [" + half("8480-6", 165) + ", " + half("8462-4", 95) + "]");
        BOOST_TEST_REQUIRE(record.measurements.size() == 2U);
        BOOST_TEST((record.measurements[0].value == 165 && record.measurements[1].value == 95));
    }
    BOOST_TEST(measured("8462-4", 95, "mm[Hg]") == 95);
}

// A panel's code holds no result; its components may.
BOOST_AUTO_TEST_CASE(results_are_read_from_the_components_of_a_panel) {
    const std::string count = "{\"code\": " + loinc("751-8") + ", " + quantity(0.9, "10*9/L") + "}";
    const domain::Case record = read("57021-8", "\"component\": [" + count + "]");
    BOOST_TEST_REQUIRE(record.measurements.size() == 1U);
    BOOST_TEST(record.measurements[0].value == 0.9);
    BOOST_TEST(read("57021-8", quantity(0.9, "10*9/L")).measurements.empty());
}

BOOST_AUTO_TEST_SUITE_END()
