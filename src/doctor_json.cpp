#include "doctor_report.hpp"
#include "json/writer.hpp"

namespace rectal_cds {

using cdshooks::Examination;

namespace {

void write_texts(json::Writer& writer, const char* key, const std::vector<std::string>& texts) {
    writer.key(key).begin_array();
    for (const std::string& text : texts) writer.string(text);
    writer.end_array();
}

void write_access(json::Writer& writer, const FhirAccess& access, bool has_rules) {
    writer.key("fhirAccess").begin_object().member("present", access.has_server);
    if (!access.server.empty()) writer.member("server", access.server);
    if (!access.problem.empty()) writer.member("problem", access.problem);
    writer.member("token", access.has_token);
    if (access.expires_in) writer.member("expiresInSeconds", *access.expires_in);
    if (has_rules) writer.member("allowed", access.is_allowed);
    write_texts(writer, "clients", access.clients);
    write_texts(writer, "typesWithoutScope", access.missing_scopes);
    writer.end_object();
}

void write_inputs(json::Writer& writer, const Examination& seen) {
    writer.key("inputs").begin_array();
    for (const auto& input : seen.inputs) {
        writer.begin_object().member("key", input.key).member("type", input.type).member("state", name(input.delivery));
        writer.member("readWhole", input.is_read).member("fetchedIfPossible", input.is_fetched);
        writer.member("resources", input.resources).member("otherEntries", input.others);
        write_texts(writer, "remarks", input.remarks);
        writer.end_object();
    }
    writer.end_array();
    write_texts(writer, "otherKeys", seen.other_keys);
}

void write_data(json::Writer& writer, const Examination& seen) {
    writer.key("unknownCodes").begin_array();
    for (const auto& code : seen.unknown_codes) {
        writer.begin_object().member("input", code.input).member("element", code.element).member("system", code.system).member("code", code.code);
        writer.member("count", code.count).member("answersQuestion", code.answers_question).end_object();
    }
    writer.end_array().key("unusable").begin_array();
    for (const auto& item : seen.unusable) {
        writer.begin_object().member("place", item.place).member("about", item.about).member("problem", item.problem);
        if (!item.status.empty()) writer.member("status", item.status);
        if (!item.unit.empty()) writer.member("unit", item.unit);
        writer.member("count", item.count).end_object();
    }
    writer.end_array();
}

void write_judgement(json::Writer& writer, const Examination& seen) {
    writer.key("unknownFacts").begin_array();
    for (const auto& fact : seen.unknown_facts) {
        writer.begin_object().member("name", fact.name);
        write_texts(writer, "causes", fact.causes);
        writer.end_object();
    }
    writer.end_array().key("openAdvice").begin_array();
    for (const auto& advice : seen.open_advice) {
        writer.begin_object().member("id", advice.id).member("title", advice.title).member("withheld", advice.is_withheld);
        write_texts(writer, "facts", advice.facts);
        writer.end_object();
    }
    writer.end_array().key("cards").begin_array();
    for (const auto& card : seen.cards) {
        writer.begin_object().member("topic", card.topic).member("title", card.title).member("indicator", card.indicator);
        writer.member("folded", card.is_folded).end_object();
    }
    writer.end_array();
}

}  // namespace

std::string as_json(const DoctorReport& report) {
    const Examination& seen = report.examination;
    json::Writer writer;
    writer.begin_object().member("file", report.file).member("request", report.number).member("status", seen.answer.status);
    writer.member("reason", name(seen.answer.reason)).member("silence", name(seen.answer.silence));
    if (seen.fault) writer.key("fault").begin_object().member("place", seen.fault->where).member("what", seen.fault->what).end_object();
    writer.member("hook", seen.hook).member("service", seen.service).member("userType", seen.user_type);
    writer.member("drafts", seen.drafts).member("selections", seen.selections);
    write_access(writer, report.access, report.has_rules);
    write_inputs(writer, seen);
    write_data(writer, seen);
    write_judgement(writer, seen);
    return writer.end_object().take();
}

}  // namespace rectal_cds
