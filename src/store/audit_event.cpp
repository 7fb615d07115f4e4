#include "store/audit_event.hpp"

#include <chrono>
#include <cstdio>
#include <string_view>

#include "base/date.hpp"
#include "base/version.hpp"
#include "store/reading.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

namespace rectal_cds::store {

namespace {

constexpr const char* dicom = "http://dicom.nema.org/resources/ontology/DCM";
constexpr const char* entity_types = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
constexpr const char* entity_roles = "http://terminology.hl7.org/CodeSystem/object-role";

struct Code {
    const char *system, *code, *display;
};
constexpr Code rest{"http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", "RESTful Operation"};
constexpr Code application_activity{dicom, "110100", "Application Activity"};
constexpr Code operation{"http://hl7.org/fhir/restful-interaction", "operation", "operation"};
constexpr Code source_role{dicom, "110153", "Source Role ID"};
constexpr Code destination_role{dicom, "110152", "Destination Role ID"};
constexpr Code recipient{"http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP", "information recipient"};
constexpr Code application_server{"http://terminology.hl7.org/CodeSystem/security-source-type", "4",
                                  "Application Server"};

void write_coding(json::Writer& writer, const Code& code) {
    writer.begin_object()
        .member("system", code.system)
        .member("code", code.code)
        .member("display", code.display)
        .end_object();
}

// Logical: an EHR's own ids say nothing elsewhere.
void write_reference(json::Writer& writer, const char* name, std::string_view type, std::string_view id) {
    writer.key(name).begin_object();
    if (!type.empty()) writer.member("type", type);
    writer.key("identifier").begin_object().member("value", id).end_object().end_object();
}

void write_agent(json::Writer& writer, const Code& role, std::string_view type, std::string_view id,
                 bool is_requestor) {
    writer.begin_object().key("type").begin_object().key("coding").begin_array();
    write_coding(writer, role);
    writer.end_array().end_object();
    write_reference(writer, "who", type, id);
    writer.member("requestor", is_requestor).end_object();
}

void begin_entity(json::Writer& writer, const char* name, const char* type, const char* role) {
    writer.begin_object();
    writer.key("type").begin_object().member("system", entity_types).member("code", type).end_object();
    writer.key("role").begin_object().member("system", entity_roles).member("code", role).end_object();
    writer.member("name", name);
}

void write_detail(json::Writer& writer, const char* type, std::string_view value) {
    if (value.empty()) return;
    writer.begin_object().member("type", type).member("valueString", value).end_object();
}

void write_details(json::Writer& writer, const char* type, json::Value list) {
    for (const json::Value each : list.elements()) write_detail(writer, type, each.text());
}

const char* outcome_of(std::int64_t status) { return status >= 500 ? "8" : status >= 400 ? "4" : "0"; }

std::string recorded(long long microseconds) {
    const auto at = Instant(std::chrono::microseconds(microseconds));
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::hh_mm_ss time{at - day};
    char text[32];
    std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%06dZ", static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                  static_cast<int>(time.subseconds().count()));
    return base::iso(day) + text;
}

const char* action_of(std::string_view event) {
    if (event == "evaluation") return "E";
    if (event == "feedback") return "C";
    if (event == "erasure" || event == "retention") return "D";
    return event.empty() ? "D" : "U";  // emptied; key rotation
}

// A type of resource that FHIR may not know is left out.
std::string_view type_of_user(std::string_view user) {
    for (const std::string_view known : {"Practitioner", "PractitionerRole", "Patient", "RelatedPerson"}) {
        if (user.substr(0, user.find('/')) == known) return known;
    }
    return {};
}

void write_agents(json::Writer& writer, json::Value record) {
    writer.key("agent").begin_array();
    const std::string_view client = record["client"].text(), user = record["user"].text(),
                           service = record["service"].text();
    if (!client.empty()) write_agent(writer, source_role, "", client, user.empty());
    if (!user.empty()) write_agent(writer, recipient, type_of_user(user), user, true);
    write_agent(writer, destination_role, "", service.empty() ? std::string_view("rectal-cds") : service,
                client.empty());
    writer.end_array();
}

void write_call(json::Writer& writer, json::Value record) {
    const std::string_view instance = record["hookInstance"].text();
    begin_entity(writer, "call", "2", "24");  // a system object; a query
    if (!instance.empty()) write_reference(writer, "what", "", instance);
    writer.key("detail").begin_array();
    for (const char* name : {"service", "hook", "contentVersion", "correlationId", "tokenId"})
        write_detail(writer, name, record[name].text());
    if (const auto status = record["status"].integer()) write_detail(writer, "status", std::to_string(*status));
    if (record["silent"].boolean().value_or(false)) write_detail(writer, "silent", "true");
    for (const json::Value card : record["cards"].elements()) {
        write_detail(writer, "card",
                     std::string(card["uuid"].text()) + ' ' + std::string(card["recommendation"].text()) + ' ' +
                         std::string(card["indicator"].text()));
    }
    for (const char* name : {"wouldShow", "folded", "wouldFold", "suppressed"})
        write_details(writer, name, record[name]);
    for (const json::Value item : record["items"].elements())
        write_detail(writer, "feedback", std::string(item["card"].text()) + ' ' + std::string(item["outcome"].text()));
    for (const char* name : {"stored", "repeated", "unmatched", "patients", "cards", "feedback", "through"}) {
        if (const auto count = record[name].integer()) write_detail(writer, name, std::to_string(*count));
    }
    writer.end_array().end_object();
}

void write_chain(json::Writer& writer, const AuditRow& row) {
    begin_entity(writer, "audit chain", "2", "13");  // a system object; a security resource
    writer.key("detail").begin_array();
    write_detail(writer, "place", std::to_string(row.place));
    write_detail(writer, "id", row.id);
    write_detail(writer, "at", std::to_string(row.at));
    write_detail(writer, "seal", row.seal);
    write_detail(writer, "digest", row.digest);
    writer.end_array().end_object();
}

void write_entities(json::Writer& writer, json::Value record, const AuditRow& row) {
    const std::string_view patient = record["patient"].text(), encounter = record["encounter"].text();
    writer.key("entity").begin_array();
    if (!patient.empty()) {
        begin_entity(writer, "patient, by pseudonym", "1", "1");  // a person; the patient
        write_reference(writer, "what", "Patient", patient);
        writer.end_object();
    }
    if (!encounter.empty()) {
        begin_entity(writer, "encounter", "2", "4");  // a system object; a domain resource
        write_reference(writer, "what", "Encounter", encounter);
        writer.end_object();
    }
    if (record.exists()) write_call(writer, record);
    write_chain(writer, row);
    writer.end_array();
}

}  // namespace

std::string audit_event(const AuditRow& row) {
    const auto document = json::Document::parse(row.record);
    const json::Value record = document ? document.value().root() : json::Value();
    const std::string_view event = record["event"].text(), location = record["location"].text();
    const bool is_call = event == "evaluation" || event == "feedback";
    json::Writer writer;
    writer.begin_object().member("resourceType", "AuditEvent").member("id", "audit-" + std::to_string(row.place));
    writer.key("type");
    write_coding(writer, is_call ? rest : application_activity);
    if (is_call) {
        writer.key("subtype").begin_array();
        write_coding(writer, operation);
        writer.end_array();
    }
    writer.member("action", action_of(event)).member("recorded", recorded(row.at));
    writer.member("outcome", outcome_of(record["status"].integer().value_or(200)));
    writer.member("outcomeDesc", event.empty() ? std::string_view("erased") : event);
    write_agents(writer, record);
    writer.key("source").begin_object();
    if (!location.empty()) writer.member("site", location);
    writer.key("observer")
        .begin_object()
        .member("display", "rectal-cds " + std::string(base::program_version))
        .end_object();
    writer.key("type").begin_array();
    write_coding(writer, application_server);
    writer.end_array().end_object();
    write_entities(writer, record, row);
    return writer.end_object().take();
}

base::Result<AuditChain> export_audit(const std::string& place, Instant since,
                                      const std::function<void(const std::string&)>& give) {
    const long long from = since.time_since_epoch().count();
    return read_database<AuditChain>(place, [&](soci::session& sql) {
        return verify_audit(sql, [&](const AuditRow& row) {
            if (row.at >= from) give(audit_event(row));
        });
    });
}

}  // namespace rectal_cds::store
