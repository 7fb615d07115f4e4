// Partial, missing and invented dates; corrections; results under way (pitfalls 41, 43 and 44).
#include <boost/test/unit_test.hpp>

#include "fhir/dialect_record.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using domain::Topic;

namespace {

const std::string cea = loinc("2039-6"), kras = loinc("85509-8");
const std::string absent = value(loinc("LA9634-2")), present = value(loinc("LA9633-4"));

std::string dated(const char* members, double number = 5, const char* id = "o1") { return observation(cea, std::string(members) + ", " + quantity(number, "ng/mL"), id); }

std::string when(const std::string& resource) {
    const domain::Case record = DialectRecord({resource}).read();
    return record.measurements.size() == 1 ? base::iso(*record.measurements[0].source.when) : "none";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dialect_dates)

BOOST_AUTO_TEST_CASE(a_partial_date_is_every_day_that_it_may_mean) {
    BOOST_TEST(when(dated(R"("effectiveDateTime": "2026-02")")) == "2026-02-01 to 2026-02-28");
    BOOST_TEST(when(dated(R"("effectiveDateTime": "2025")")) == "2025-01-01 to 2025-12-31");
    BOOST_TEST(when(dated(R"("effectiveDateTime": "2026-02-20")")) == "2026-02-20");
}

BOOST_AUTO_TEST_CASE(the_day_is_the_one_written_whatever_the_time_zone) {
    for (const char* time : {"2026-02-20T23:30:00-08:00", "2026-02-20T00:10:00+13:00", "2026-02-20T12:00:00Z", "2026-02-20T12:00:00"}) {
        BOOST_TEST(when(dated(("\"effectiveDateTime\": \"" + std::string(time) + '"').c_str())) == "2026-02-20", time);
    }
}

BOOST_AUTO_TEST_CASE(the_clinical_date_goes_before_the_day_of_issue) {
    BOOST_TEST(when(dated(R"("issued": "2026-02-25T08:00:00Z", "effectiveDateTime": "2026-02-20")")) == "2026-02-20");
    BOOST_TEST(when(dated(R"("issued": "2026-02-25T08:00:00Z", "effectivePeriod": {"end": "2026-02-21"})")) == "2026-02-21");
    BOOST_TEST(when(dated(R"("issued": "2026-02-25T08:00:00Z", "effectivePeriod": {})")) == "2026-02-25");
}

BOOST_AUTO_TEST_CASE(an_anonymised_or_unknown_date_is_missing) {
    for (const char* date : {"1970-01-01", "1970-01-01T00:00:00+00:00", "unknown", "2026-02-30", "20-02-2026", ""}) {
        const domain::Case record = DialectRecord({dated(("\"effectiveDateTime\": \"" + std::string(date) + '"').c_str())}).read();
        BOOST_TEST((record.measurements.empty() && is_unusable(record, Topic::cea)), date);
    }
}

BOOST_AUTO_TEST_CASE(a_result_of_the_day_after_tomorrow_is_not_used) {
    BOOST_TEST(when(dated(R"("effectiveDateTime": "2026-03-03")")) == "2026-03-03");
    const domain::Case record = DialectRecord({dated(R"("effectiveDateTime": "2026-03-04")")}).read();
    BOOST_TEST((record.measurements.empty() && is_unusable(record, Topic::cea)));
}

BOOST_AUTO_TEST_CASE(final_amended_and_corrected_count_and_errors_do_not) {
    for (const char* status : {"final", "amended", "corrected"}) {
        BOOST_TEST(when(dated(("\"effectiveDateTime\": \"2026-02-20\", \"status\": \"" + std::string(status) + '"').c_str())) == "2026-02-20", status);
    }
    for (const char* status : {"registered", "preliminary", "cancelled", "entered-in-error"}) {
        const domain::Case record = DialectRecord({dated(("\"effectiveDateTime\": \"2026-02-20\", \"status\": \"" + std::string(status) + '"').c_str())}).read();
        BOOST_TEST((record.measurements.empty() && record.unusable.empty()), status);
        BOOST_TEST((record.preliminary.size() == 1U) == (status == std::string_view("registered") || status == std::string_view("preliminary")), status);
    }
    BOOST_TEST(DialectRecord({dated(R"("effectiveDateTime": "2026-02-20")")}).read().preliminary.empty());
    const domain::Case odd = DialectRecord({dated(R"("effectiveDateTime": "2026-02-20", "status": "unknown")")}).read();
    BOOST_TEST((odd.measurements.empty() && is_unusable(odd, Topic::cea)));
}

namespace {

std::string accession(const char* number) { return R"("identifier": [{"system": "https://lab.example", "value": ")" + std::string(number) + "\"}]"; }

}  // namespace

BOOST_AUTO_TEST_CASE(a_correction_replaces_the_result_of_the_same_accession) {
    const std::string corrected = accession("A1") + R"(, "status": "corrected")";
    const domain::Case gene = DialectRecord({observation(kras, accession("A1") + ", " + absent, "o1"), observation(kras, corrected + ", " + present, "o2")}).read();
    BOOST_TEST((gene.genes.size() == 1U && gene.genes[0].outcome == domain::GeneResult::Outcome::mutant));
    const domain::Case level = DialectRecord({dated((accession("B1") + R"(, "effectiveDateTime": "2026-02-20")").c_str(), 50, "o1"),
                                              dated((accession("B1") + R"(, "effectiveDateTime": "2026-02-20", "status": "corrected")").c_str(), 5, "o2")}).read();
    BOOST_TEST((level.measurements.size() == 1U && level.measurements[0].value == 5));
}

BOOST_AUTO_TEST_CASE(a_correction_leaves_another_accession_and_another_gene_alone) {
    const std::string corrected = accession("A2") + R"(, "status": "corrected")";
    BOOST_TEST(DialectRecord({observation(kras, accession("A1") + ", " + absent, "o1"), observation(kras, corrected + ", " + present, "o2")}).read().genes.size() == 2U);
    const std::string same = accession("A1") + R"(, "status": "corrected")";
    BOOST_TEST(DialectRecord({observation(loinc("85510-6"), accession("A1") + ", " + absent, "o1"), observation(kras, same + ", " + present, "o2")}).read().genes.size() == 2U);
}

BOOST_AUTO_TEST_CASE(thousands_of_corrections_are_read_in_one_pass) {
    DialectRecord record;
    for (int i = 0; i < 4000; ++i) {
        const std::string id = std::to_string(i);
        const char* status = i % 2 == 0 ? "final" : "corrected";
        record.add(observation(kras, accession(id.c_str()) + ", \"status\": \"" + status + "\", " + absent, "o" + id));
    }
    BOOST_TEST(record.read().genes.size() == 4000U);
}

BOOST_AUTO_TEST_CASE(the_onset_of_a_condition_may_stand_in_each_of_its_elements) {
    const std::string c20 = coded("http://hl7.org/fhir/sid/icd-10-cm", "C20");
    const auto onset = [&](const char* members) { return DialectRecord({condition(c20, members)}).read().primaries.at(0).onset; };
    BOOST_TEST(base::iso(*onset(R"("onsetDateTime": "2025-11")")) == "2025-11-01 to 2025-11-30");
    BOOST_TEST(base::iso(*onset(R"("onsetPeriod": {"start": "2025-11-03"})")) == "2025-11-03");
    BOOST_TEST(base::iso(*onset(R"("extension": [{"url": "http://hl7.org/fhir/StructureDefinition/condition-assertedDate", "valueDateTime": "2025-11-04"}])")) == "2025-11-04");
    BOOST_TEST(!onset(R"("onsetString": "last autumn")").has_value());
    BOOST_TEST(!onset(R"("onsetAge": {"value": 61, "unit": "years"})").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
