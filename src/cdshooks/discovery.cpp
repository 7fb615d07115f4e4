#include "cdshooks/discovery.hpp"

#include "json/writer.hpp"

namespace rectal_cds::cdshooks {

std::string discovery(const fhir::Knowledge& knowledge) {
    json::Writer writer;
    writer.begin_object().key("services").begin_array();
    for (const fhir::Service& service : knowledge.services) writer.value(service.definition);
    writer.end_array().end_object();
    return writer.take();
}

}  // namespace rectal_cds::cdshooks
