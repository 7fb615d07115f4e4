#include "bench/common/requests.hpp"

#include <array>
#include <string_view>

#include "support/example_requests.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

namespace rectal_cds::bench {

namespace {

constexpr std::size_t smallest = 12'000;  // below it, a chart without results and orders is meant

std::string dated(std::size_t number) {
    const auto two = [](std::size_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(2015 + number / 336 % 11) + "-" + two(1 + number / 28 % 12) + "-" + two(1 + number % 28);
}

// A result as a laboratory sends it; of kinds that are read, and of kinds that are not.
void write_result(json::Writer& writer, std::size_t number) {
    struct Kind {
        const char *code, *name, *unit;
        double value;
    };
    static constexpr std::array kinds{
        Kind{"2823-3", "Potassium", "mmol/L", 4.1}, Kind{"718-7", "Hemoglobin", "g/dL", 12.9},
        Kind{"2039-6", "CEA", "ng/mL", 12.0},       Kind{"2160-0", "Creatinine", "mg/dL", 0.9},
        Kind{"1975-2", "Bilirubin", "mg/dL", 0.6},  Kind{"2951-2", "Sodium", "mmol/L", 139},
        Kind{"777-3", "Platelets", "10*3/uL", 245}, Kind{"1751-7", "Albumin", "g/dL", 4.0},
        Kind{"2345-7", "Glucose", "mg/dL", 101},    Kind{"26499-4", "Neutrophils", "10*3/uL", 4.2}};
    const Kind& kind = kinds[number % kinds.size()];
    writer.begin_object().key("resource").begin_object().member("resourceType", "Observation");
    writer.member("id", "more-" + std::to_string(number)).member("status", "final");
    writer.key("category").begin_array().begin_object().key("coding").begin_array().begin_object();
    writer.member("system", "http://terminology.hl7.org/CodeSystem/observation-category").member("code", "laboratory");
    writer.end_object().end_array().end_object().end_array();
    writer.key("code").begin_object().key("coding").begin_array().begin_object().member("system", "http://loinc.org");
    writer.member("code", kind.code)
        .member("display", kind.name)
        .end_object()
        .end_array()
        .member("text", kind.name)
        .end_object();
    writer.key("subject").begin_object().member("reference", "Patient/pat-002").end_object();
    writer.member("effectiveDateTime", dated(number) + "T08:30:00Z").member("issued", dated(number) + "T11:02:31Z");
    writer.key("valueQuantity").begin_object().member("value", kind.value).member("unit", kind.unit);
    writer.member("system", "http://unitsofmeasure.org").member("code", kind.unit).end_object().end_object();
    writer.end_object();
}

void copy_bundle(json::Writer& writer, json::Value bundle, std::size_t more, bool is_short) {
    writer.begin_object().member("resourceType", "Bundle").member("type", "searchset").key("entry").begin_array();
    if (!is_short) {
        for (const json::Value entry : bundle["entry"].elements()) writer.value(entry);
    }
    for (std::size_t i = 0; i < more; ++i) write_result(writer, i);
    writer.end_array().end_object();
}

std::string written(json::Value request, std::size_t more, bool is_short) {
    json::Writer writer;
    writer.begin_object();
    for (const auto [name, value] : request.members()) {
        if (name != "prefetch") {
            writer.member(name, value);
            continue;
        }
        writer.key(name).begin_object();
        for (const auto [key, delivered] : value.members()) {
            writer.key(key);
            const bool is_kept = key == "patient" || key == "conditions" || !is_short;
            if (delivered["resourceType"].text() == "Bundle") {
                copy_bundle(writer, delivered, key == "observations" ? more : 0, !is_kept);
            } else {
                writer.value(delivered);
            }
        }
        writer.end_object();
    }
    return writer.end_object().take();
}

std::string of_size(const std::string& request, std::size_t bytes) {
    const auto document = json::Document::parse(request);
    const json::Value root = document.value().root();
    if (bytes < smallest) return written(root, 0, true);
    const std::string plain = written(root, 0, false);
    if (plain.size() >= bytes) return plain;
    const std::size_t of_one = (written(root, 1000, false).size() - plain.size()) / 1000;
    std::string filled = written(root, (bytes - plain.size()) / of_one, false);
    const std::string patient(root["context"]["patientId"].text());
    for (auto at = filled.find("Patient/pat-002"); at != std::string::npos;
         at = filled.find("Patient/pat-002", at + patient.size())) {
        filled.replace(at, 15, "Patient/" + patient);
    }
    return filled;
}

// The chart of somebody without rectal cancer: other diagnoses, and results of a laboratory.
std::string other_patient_view() {
    std::string request = testing::patient_view();
    for (int i = 0; i < 2; ++i) request = testing::without(request, "/prefetch/conditions/entry/0");  // the cancer
    for (const char* key : {"observations", "procedures", "medicationRequests", "medicationAdministrations",
                            "serviceRequests", "diagnosticReports"})
        request = testing::with(request, std::string("/prefetch/") + key + "/entry", "[]");
    return request;
}

}  // namespace

std::vector<TypicalCall> typical_calls() {
    constexpr std::size_t bytes = 25'000;
    constexpr const char* view = "/cds-services/rectal-cancer-patient-view";
    constexpr const char* sign = "/cds-services/rectal-cancer-order-sign";
    const std::string safe_order = testing::without(testing::order_sign(), "/context/draftOrders/entry/0");
    return {{"chart of another patient", view, of_size(other_patient_view(), bytes)},
            {"orders without a card", sign, of_size(safe_order, bytes)},
            {"orders with one card", sign, of_size(testing::order_sign(), bytes)},
            {"chart with two cards", view, of_size(testing::patient_view(), bytes)}};
}

std::string patient_view_of(std::size_t bytes) { return of_size(testing::patient_view(), bytes); }
std::string order_sign_of(std::size_t bytes) { return of_size(testing::order_sign(), bytes); }

}  // namespace rectal_cds::bench
