#include "fhir/absolute_dose.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "fhir/element.hpp"
#include "fhir/knowledge_shape.hpp"

namespace rectal_cds::fhir {

namespace {

constexpr const char* dose_type_system = "http://terminology.hl7.org/CodeSystem/dose-rate-type";
constexpr const char* ucum = "http://unitsofmeasure.org";

std::string printed(double value, int decimals) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

std::string measured(const char* subject, const domain::Measurement& m, const char* unit) {
    return std::string(subject) + " " + printed(m.value, m.value == std::floor(m.value) ? 0 : 1) + " " + unit + " of " + iso(*m.source.when);
}

void write_dose_type(json::Writer& writer, const char* code, const char* display) {
    writer.key("type").begin_object().key("coding").begin_array().begin_object();
    writer.member("system", dose_type_system).member("code", code).member("display", display);
    writer.end_object().end_array().end_object();
}

void write_doses(json::Writer& writer, json::Value definition, json::Value doses, const std::optional<domain::BodySize>& size) {
    writer.begin_array();
    for (const json::Value dose : doses.elements()) {
        const auto mg = size ? absolute_mg(definition, dose["doseQuantity"], *size) : std::nullopt;
        writer.begin_object();
        if (mg) write_dose_type(writer, "ordered", "Ordered");
        for (const json::Member member : dose.members()) writer.member(member.name, member.value);
        writer.end_object();
        if (!mg) continue;
        writer.begin_object();
        write_dose_type(writer, "calculated", "Calculated");
        writer.key("doseQuantity").begin_object().member("value", *mg).member("unit", "mg").member("system", ucum).member("code", "mg").end_object();
        writer.end_object();
    }
    writer.end_array();
}

}  // namespace

std::optional<double> absolute_mg(json::Value definition, json::Value dose_quantity, const domain::BodySize& size) {
    const json::Value rule = find_extension(definition, "absolute-dose");
    const auto step = extension(rule, "roundedToMg")["valuePositiveInt"].integer();
    const auto dose = dose_quantity["value"].number();
    const std::string_view unit = dose_quantity["code"].text();
    std::optional<double> units;
    if (unit == "mg/m2") units = size.surface_m2;
    if (unit == "mg/kg") units = size.weight->value;
    if (!step || !dose || !units) return std::nullopt;
    const double mg = std::round(*dose * *units / static_cast<double>(*step)) * static_cast<double>(*step);
    const auto maximum = extension(rule, "maximumMg")["valuePositiveInt"].integer();
    return maximum ? std::min(mg, static_cast<double>(*maximum)) : mg;
}

std::string calculation_note(json::Value definition, const domain::BodySize& size) {
    bool calculated = false, by_surface = false;
    for (const json::Value dosage : definition["dosage"].elements()) {
        for (const json::Value dose : dosage["doseAndRate"].elements()) {
            calculated = calculated || absolute_mg(definition, dose["doseQuantity"], size);
            by_surface = by_surface || dose["doseQuantity"]["code"].text() == "mg/m2";
        }
    }
    if (!calculated) return {};
    const json::Value rule = find_extension(definition, "absolute-dose");
    std::string note = "Calculated dose ";
    if (by_surface) note += "for " + printed(*size.surface_m2, 2) + " m2 (Mosteller: " + measured("height", *size.height, "cm") + ", ";
    else note += "(";
    note += measured("weight", *size.weight, "kg") + "), rounded to " + std::to_string(*extension(rule, "roundedToMg")["valuePositiveInt"].integer()) + " mg";
    if (const auto maximum = extension(rule, "maximumMg")["valuePositiveInt"].integer()) note += ", at most " + std::to_string(*maximum) + " mg";
    return note + "; no adjustment was applied.";
}

void write_dosage(json::Writer& writer, json::Value definition, const std::optional<domain::BodySize>& size) {
    writer.begin_array();
    for (const json::Value dosage : definition["dosage"].elements()) {
        writer.begin_object();
        for (const json::Member member : dosage.members()) {
            writer.key(member.name);
            if (member.name == "doseAndRate") write_doses(writer, definition, member.value, size);
            else writer.value(member.value);
        }
        writer.end_object();
    }
    writer.end_array();
}

}  // namespace rectal_cds::fhir
