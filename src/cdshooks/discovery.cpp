#include "cdshooks/discovery.hpp"

#include "cdshooks/governance.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cdshooks {

namespace {

// The entry as it is written, with the content's state of review behind its description.
void write_service(json::Writer& writer, const fhir::Service& service, const std::string& content) {
    writer.begin_object();
    for (const auto& [name, value] : service.definition.members()) {
        if (name == "description") writer.member(name, std::string(value.text()) + content);
        else writer.member(name, value);
    }
    writer.end_object();
}

}  // namespace

std::string discovery(const fhir::Knowledge& knowledge) {
    json::Writer writer;
    const std::string content = " Content " + content_description(knowledge) + ".";
    writer.begin_object().key("services").begin_array();
    for (const fhir::Service& service : knowledge.services) write_service(writer, service, content);
    writer.end_array().end_object();
    return writer.take();
}

}  // namespace rectal_cds::cdshooks
