#include <algorithm>
#include <map>
#include <tuple>

#include "cdshooks/examination_parts.hpp"
#include "fhir/code_spelling.hpp"
#include "fhir/concept.hpp"
#include "fhir/text_forms.hpp"

namespace rectal_cds::cdshooks {

namespace {

constexpr std::size_t longest_code = 64;
constexpr std::size_t longest_system = 200;

// A system is a URI; what is none may be anything.
std::string shown_system(std::string_view system) {
    if (system.empty()) return {};
    const bool uri = system.substr(0, 7) == "http://" || system.substr(0, 8) == "https://" || system.substr(0, 4) == "urn:";
    return uri ? shown_if_plain(system, longest_system) : "(not shown)";
}

// Codes that are names of a fixed form: HGVS, and the categories of TNM.
bool is_read_by_its_form(std::string_view system, std::string_view code) {
    const bool is_tnm = system == fhir::code_system::ajcc || system == fhir::code_system::uicc;
    if (is_tnm) return !fhir::tnm_texts(code).empty() || fhir::is_stage_iv_text(code).has_value();
    return !fhir::hgvs_changes(code).empty();
}

class Counter {
public:
    explicit Counter(const fhir::CodeBook& book) : book_(book) {}

    void count(std::string_view input, json::Value resource) {
        const std::string type(resource["resourceType"].text());
        input_ = input;
        if (type == "Observation") return count_observation(resource);
        if (type == "MedicationRequest" || type == "MedicationAdministration") look(type + ".medicationCodeableConcept", resource["medicationCodeableConcept"]);
        for (const char* coded : {"Condition", "Procedure", "ServiceRequest", "DiagnosticReport", "AllergyIntolerance", "Medication"}) {
            if (type == coded) look(type + ".code", resource["code"]);
        }
        if (type == "Condition") each(resource["stage"], "summary", "Condition.stage.summary");
        if (type == "AllergyIntolerance") each(resource["reaction"], "substance", "AllergyIntolerance.reaction.substance");
        if (type == "Medication") each(resource["ingredient"], "itemCodeableConcept", "Medication.ingredient.itemCodeableConcept");
        for (const json::Value contained : resource["contained"].elements()) {
            if (contained["resourceType"].text() == "Medication") count(input, contained);
        }
    }

    std::vector<UnknownCode> take() const {
        std::vector<UnknownCode> codes;
        for (const auto& [key, code] : found_) codes.push_back(code);
        std::stable_sort(codes.begin(), codes.end(), [](const UnknownCode& left, const UnknownCode& right) {
            return std::pair(!left.answers_question, right.count) < std::pair(!right.answers_question, left.count);
        });
        return codes;
    }

private:
    // Values are looked at where the question is one that is read: others answer what nobody asked.
    void count_observation(json::Value observation) {
        const bool known = look("Observation.code", observation["code"]);
        // Of an N category only that it was stated is read.
        const bool is_n_category = fhir::read_concept(book_, observation["code"]).in(fhir::ValueSet::n_category_observation);
        if (known && !is_n_category) look("Observation.valueCodeableConcept", observation["valueCodeableConcept"], true);
        for (const json::Value component : observation["component"].elements()) {
            const bool known_component = is_known(component["code"]);
            if (known && !known_component) look("Observation.component.code", component["code"]);
            if (known_component) look("Observation.component.valueCodeableConcept", component["valueCodeableConcept"], true);
        }
    }

    void each(json::Value list, const char* member, const std::string& element) {
        for (const json::Value item : list.elements()) look(element, item[member]);
    }

    bool is_known(json::Value codeable) const {
        const json::Value codings = codeable["coding"];
        for (const json::Value coding : codings.elements()) {
            const std::string_view system = fhir::trimmed(coding["system"].text()), code = fhir::trimmed(coding["code"].text());
            const auto found = book_.look_up(system, code);
            if (found.included.any() || found.excluded.any() || is_read_by_its_form(system, code)) return true;
        }
        return false;
    }

    // Answers whether one of the codings is in a value set; counts all of them otherwise.
    bool look(const std::string& element, json::Value codeable, bool answers_question = false) {
        if (is_known(codeable)) return true;
        for (const json::Value coding : codeable["coding"].elements()) {
            const std::string_view code = fhir::trimmed(coding["code"].text());
            if (code.empty()) continue;
            UnknownCode unknown{std::string(input_), element, shown_system(fhir::trimmed(coding["system"].text())), shown_if_plain(code, longest_code), 0, answers_question};
            auto& entry = found_.try_emplace(std::tuple(unknown.input, unknown.element, unknown.system, unknown.code), unknown).first->second;
            ++entry.count;
        }
        return false;
    }

    const fhir::CodeBook& book_;
    std::string_view input_;
    std::map<std::tuple<std::string, std::string, std::string, std::string>, UnknownCode> found_;
};

}  // namespace

void examine_codes(json::Value request, const fhir::CodeBook& book, Examination& into) {
    Counter counter(book);
    for_each_resource(request, [&](std::string_view input, const std::string&, json::Value resource) { counter.count(input, resource); });
    into.unknown_codes = counter.take();
}

}  // namespace rectal_cds::cdshooks
