#include "cdshooks/operation_outcome.hpp"

#include "json/writer.hpp"

namespace rectal_cds::cdshooks {

std::string operation_outcome(std::string_view severity, std::string_view issue_code, std::string_view place,
                              std::string_view diagnostics) {
    json::Writer writer;
    writer.begin_object().member("resourceType", "OperationOutcome").key("issue").begin_array().begin_object();
    writer.member("severity", severity).member("code", issue_code);
    if (!diagnostics.empty()) {  // FHIR strings are never empty
        writer.key("details").begin_object().member("text", diagnostics).end_object();
        writer.member("diagnostics", diagnostics);
    }
    if (!place.empty()) writer.key("expression").begin_array().string(place).end_array();
    writer.end_object().end_array().end_object();
    return writer.take();
}

}  // namespace rectal_cds::cdshooks
