#include "cdshooks/discovery.hpp"

#include <cstdint>
#include <cstdio>
#include <utility>

#include "cdshooks/governance.hpp"
#include "cdshooks/request.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cdshooks {

namespace {

// The released FHIR versions that the service reads and writes.
constexpr const char* fhir_version = "4.0.1";

// The entry as it is written, with the content's state of review behind its description.
void write_service(json::Writer& writer, const fhir::Service& service, std::string_view hook, const DiscoveryForm& form,
                   const std::string& content) {
    const bool knows_usage = form.version >= WireVersion::v2_0;
    writer.begin_object();
    for (const json::Member member : service.definition.members()) {
        if (member.name == "usageRequirements" && !knows_usage) continue;
        if (member.name == "hook")
            writer.member("hook", hook);
        else if (member.name == "id" && !form.shared_id.empty())
            writer.member("id", form.shared_id);
        else if (member.name == "description")
            writer.member("description", std::string(member.value.text()) + content);
        else
            writer.member(member.name, member.value);
    }
    if (form.version == WireVersion::v3_0_ballot) {
        writer.member("version", form.specification_version).member("hookVersion", form.hook_version);
    }
    writer.key("extension")
        .begin_object()
        .key("org.rectal-cds.fhirVersion")
        .begin_array()
        .string(fhir_version)
        .end_array()
        .end_object();
    writer.end_object();
}

// FNV-1a, 64 bits: tells two documents of one service apart, and is the same on every machine.
std::string etag_of(std::string_view body) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : body) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    char text[19];
    std::snprintf(text, sizeof text, "\"%016llx\"", static_cast<unsigned long long>(hash));
    return text;
}

}  // namespace

Discovery discovery(const fhir::Knowledge& knowledge, const DiscoveryForm& form) {
    json::Writer writer;
    const std::string content = " Content " + content_description(knowledge) + ".";
    writer.begin_object().key("services").begin_array();
    for (const fhir::Service& service : knowledge.services) {
        write_service(writer, service, name(service.hook), form, content);
        const char* const deprecated = deprecated_name(service.hook);
        if (form.deprecated_hooks && deprecated) write_service(writer, service, deprecated, form, content);
    }
    writer.end_array().end_object();
    std::string body = writer.take();
    std::string etag = etag_of(body);
    return {std::move(body), std::move(etag)};
}

std::optional<const fhir::Service*> service_at(const fhir::Knowledge& knowledge, const DiscoveryForm& form,
                                               std::string_view id) {
    if (!form.shared_id.empty())
        return id == form.shared_id ? std::optional<const fhir::Service*>(nullptr) : std::nullopt;
    const fhir::Service* service = knowledge.service(id);
    return service ? std::optional(service) : std::nullopt;
}

const fhir::Service* service_for(const fhir::Knowledge& knowledge, std::string_view hook, bool deprecated_hooks) {
    for (const fhir::Service& service : knowledge.services) {
        const char* const deprecated = deprecated_name(service.hook);
        if (hook == name(service.hook) || (deprecated_hooks && deprecated && hook == deprecated)) return &service;
    }
    return nullptr;
}

}  // namespace rectal_cds::cdshooks
