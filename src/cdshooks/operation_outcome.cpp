#include "cdshooks/operation_outcome.hpp"

#include "json/writer.hpp"

namespace rectal_cds::cdshooks {

namespace {

// Where a text stops being JSON there is no element yet that could be named.
bool is_offset(std::string_view place) { return place.substr(0, 5) == "byte "; }

}  // namespace

std::string operation_outcome(std::string_view severity, std::string_view issue_code, std::string_view place,
                              std::string_view diagnostics) {
    if (!is_offset(place)) return operation_outcome(severity, issue_code, place.empty() ? Places{} : Places{std::string(place)}, diagnostics);
    std::string sentence(diagnostics);
    if (sentence.find(place) == std::string::npos) sentence += " At " + std::string(place) + " of the body.";
    return operation_outcome(severity, issue_code, Places{}, sentence);
}

std::string operation_outcome(std::string_view severity, std::string_view issue_code, const Places& places,
                              std::string_view diagnostics) {
    json::Writer writer;
    writer.begin_object().member("resourceType", "OperationOutcome").key("issue").begin_array().begin_object();
    writer.member("severity", severity).member("code", issue_code);
    if (!diagnostics.empty()) {  // FHIR strings are never empty
        writer.key("details").begin_object().member("text", diagnostics).end_object();
        writer.member("diagnostics", diagnostics);
    }
    if (!places.empty()) {
        writer.key("expression").begin_array();
        for (const std::string& place : places) writer.string(place);
        writer.end_array();
    }
    writer.end_object().end_array().end_object();
    return writer.take();
}

}  // namespace rectal_cds::cdshooks
