#include "fhir/dialect_record.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <stdexcept>

#include "fhir/knowledge_edit.hpp"

namespace rectal_cds::testing {

namespace {

constexpr std::array<std::string_view, domain::input_count> types{
    "Patient",        "Condition",        "Observation",     "Procedure", "MedicationRequest", "MedicationAdministration",
    "ServiceRequest", "DiagnosticReport", "AllergyIntolerance"};

// The frame's members, but for those that `members` sets itself; what is coded is never set twice.
std::string resource(std::string_view type, std::string_view id, std::initializer_list<std::pair<std::string_view, std::string>> frame,
                     std::string_view members) {
    std::string json = R"({"resourceType": ")" + std::string(type) + R"(", "id": ")" + std::string(id) + '"';
    for (const auto& [name, text] : frame) {
        const std::string key = '"' + std::string(name) + "\":";
        const bool is_coded = name == "code" || name == "medicationCodeableConcept";  // "code" stands in every coding
        if (is_coded || members.find(key) == std::string_view::npos) json += ", " + key + ' ' + text;
    }
    return json + (members.empty() ? "" : ", ") + std::string(members) + '}';
}

const std::string day = "\"2026-02-20\"";

}  // namespace

const fhir::CodeBook& code_book() {
    static const fhir::CodeBook book = [] {
        std::vector<fhir::KnowledgeFile> sets;
        for (const fhir::KnowledgeFile& file : knowledge_files()) {
            if (file.path.rfind("profiles/valuesets/", 0) == 0) sets.push_back(file);
        }
        std::vector<base::Error> errors;
        fhir::CodeBook read = fhir::CodeBook::read(sets, errors);
        if (!errors.empty()) throw std::runtime_error(errors.front().where + ": " + errors.front().what);
        return read;
    }();
    return book;
}

DialectRecord& DialectRecord::add(std::string resource) {
    auto parsed = json::Document::parse(std::move(resource));
    if (!parsed) throw std::runtime_error("A test's resource is not JSON: " + parsed.error().where + ": " + parsed.error().what);
    documents_.push_back(std::move(parsed).value());
    return *this;
}

domain::Case DialectRecord::read(const fhir::CodeBook& codes) const {
    fhir::Record record;
    record.today = *base::parse_day("2026-03-02");
    for (const json::Document& document : documents_) {
        const json::Value root = document.root();
        const auto type = std::find(types.begin(), types.end(), root["resourceType"].text());
        if (type != types.end()) record[static_cast<domain::Input>(type - types.begin())].resources.push_back(root);
        record.by_reference.emplace(std::string(root["resourceType"].text()) + '/' + std::string(root["id"].text()), root);
    }
    record.fhir_base = "https://ehr.example/fhir";
    return fhir::read_case(codes, record);
}

std::string coded(std::string_view system, std::string_view code) {
    return R"({"coding": [{"system": ")" + std::string(system) + R"(", "code": ")" + std::string(code) + R"("}]})";
}
std::string loinc(std::string_view code) { return coded("http://loinc.org", code); }
std::string sct(std::string_view code) { return coded("http://snomed.info/sct", code); }
std::string text(std::string_view words) { return R"({"text": ")" + std::string(words) + R"("})"; }

std::string observation(std::string_view code, std::string_view members, std::string_view id) {
    const bool dated = members.find("\"effective") != std::string_view::npos;
    const std::string frame = dated ? std::string(members) : std::string(members) + (members.empty() ? "" : ", ") + "\"effectiveDateTime\": " + day;
    return resource("Observation", id, {{"status", "\"final\""}, {"code", std::string(code)}}, frame);
}

std::string condition(std::string_view code, std::string_view members, std::string_view id) {
    return resource("Condition", id,
                    {{"code", std::string(code)},
                     {"clinicalStatus", coded("http://terminology.hl7.org/CodeSystem/condition-clinical", "active")},
                     {"verificationStatus", coded("http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed")},
                     {"recordedDate", day}},
                    members);
}

std::string procedure(std::string_view code, std::string_view members, std::string_view id) {
    const bool dated = members.find("\"performed") != std::string_view::npos;
    const std::string frame = dated ? std::string(members) : std::string(members) + (members.empty() ? "" : ", ") + "\"performedDateTime\": " + day;
    return resource("Procedure", id, {{"status", "\"completed\""}, {"code", std::string(code)}}, frame);
}

std::string administration(std::string_view medication, std::string_view members, std::string_view id) {
    const bool dated = members.find("\"effective") != std::string_view::npos;
    std::string frame(members);
    if (!dated) frame += (frame.empty() ? "" : ", ") + ("\"effectiveDateTime\": " + day);
    if (!medication.empty()) frame += ", \"medicationCodeableConcept\": " + std::string(medication);
    return resource("MedicationAdministration", id, {{"status", "\"completed\""}}, frame);
}

std::string medication_request(std::string_view medication, std::string_view members, std::string_view id) {
    return resource("MedicationRequest", id,
                    {{"status", "\"active\""}, {"intent", "\"order\""}, {"authoredOn", day}, {"medicationCodeableConcept", std::string(medication)}},
                    members);
}

std::string value(std::string_view codeable_concept) { return "\"valueCodeableConcept\": " + std::string(codeable_concept); }

std::string quantity(double number, std::string_view code, std::string_view unit) {
    std::ostringstream json;
    json.precision(12);
    json << "\"valueQuantity\": {\"value\": " << number;
    if (!code.empty()) json << R"(, "system": "http://unitsofmeasure.org", "code": ")" << code << '"';
    if (!unit.empty()) json << R"(, "unit": ")" << unit << '"';
    json << '}';
    return json.str();
}

bool is_unusable(const domain::Case& record, domain::Topic topic) {
    return std::any_of(record.unusable.begin(), record.unusable.end(), [&](const auto& item) { return item.topic == topic; });
}

}  // namespace rectal_cds::testing
