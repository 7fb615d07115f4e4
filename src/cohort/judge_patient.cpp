#include "cohort/judge_patient.hpp"

#include "cdshooks/examination.hpp"
#include "cdshooks/respond.hpp"
#include "cohort/changes.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cohort {

using cdshooks::Examination;

namespace {

constexpr std::size_t bytes_per_value = 8;  // at least, of FHIR's JSON

const fhir::Service* service_of(const fhir::Knowledge& knowledge, domain::Hook hook) {
    for (const fhir::Service& service : knowledge.services) {
        if (service.hook == hook) return &service;
    }
    return nullptr;
}

void write_texts(json::Writer& writer, const char* key, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    writer.key(key).begin_array();
    for (const std::string& text : texts) writer.string(text);
    writer.end_array();
}

void write_cards(json::Writer& writer, const Examination& seen) {
    writer.key("cards").begin_array();
    for (const auto& card : seen.cards) {
        writer.begin_object().member("id", card.topic).member("indicator", card.indicator);
        if (card.is_folded) writer.member("folded", true);
        writer.end_object();
    }
    writer.end_array();
    if (seen.answer.silence != cdshooks::Silence::none) writer.member("silence", cdshooks::name(seen.answer.silence));
    write_texts(writer, "notAssessed", seen.answer.not_assessed);
    write_texts(writer, "failed", seen.answer.failed);
}

void write_open(json::Writer& writer, const Examination& seen) {
    writer.key("open").begin_array();
    for (const auto& advice : seen.open_advice) {
        writer.begin_object().member("id", advice.id).member("withheld", advice.is_withheld);
        write_texts(writer, "facts", advice.facts);
        writer.end_object();
    }
    writer.end_array();
}

void write_data(json::Writer& writer, const Examination& seen) {
    writer.key("inputs").begin_object();
    for (int i = 0; i < domain::input_count; ++i) {
        const auto state = seen.answer.inputs[static_cast<std::size_t>(i)].state;
        writer.member(domain::name(static_cast<domain::Input>(i)), cdshooks::name(state));
    }
    writer.end_object().key("unusable").begin_array();
    for (const auto& item : seen.unusable) {
        writer.begin_object().member("about", item.about).member("problem", item.problem);
        if (!item.status.empty()) writer.member("status", item.status);
        if (!item.unit.empty()) writer.member("unit", item.unit);
        writer.member("count", item.count).end_object();
    }
    writer.end_array().key("unknownCodes").begin_array();
    for (const auto& code : seen.unknown_codes) {
        writer.begin_object().member("element", code.element).member("system", code.system).member("code", code.code);
        writer.member("count", code.count).end_object();
    }
    writer.end_array();
}

void write_error(json::Writer& writer, const Examination& seen) {
    if (!seen.fault) return;
    writer.key("error").begin_object().member("where", seen.fault->where).member("what", seen.fault->what).end_object();
}

void write_unread(json::Writer& writer, const PatientCall& call) {
    if (call.unread.empty()) return;
    writer.key("unread").begin_object();
    for (const auto& [key, why] : call.unread) writer.member(key, why);
    writer.end_object();
}

// The answer that an EHR would get; the examined one holds the explanation as well.
cdshooks::Answer plain_answer(const fhir::Knowledge& knowledge, const std::string& body, const JudgeRules& rules) {
    return cdshooks::respond(knowledge, call_of(knowledge, body, rules));
}

void write_answers(json::Writer& writer, const std::string& body, const JudgeRules& rules) {
    if (!rules.with_answers && !rules.other) return;
    const cdshooks::Answer answer = plain_answer(rules.knowledge, body, rules);
    if (rules.other) write_changes(writer, answer, plain_answer(*rules.other, body, rules));
    if (rules.with_answers) writer.key("answer").verbatim(answer.body);
}

}  // namespace

cdshooks::Call call_of(const fhir::Knowledge& knowledge, const std::string& body, const JudgeRules& rules) {
    cdshooks::Call call;
    call.body = body;
    call.limits.max_bytes = rules.max_bytes;
    call.limits.max_values = rules.max_bytes / bytes_per_value;
    call.service = service_of(knowledge, rules.call.hook);
    call.today = rules.today;
    call.seed_from_hook_instance = true;
    call.audience = rules.audience;
    call.wire = rules.wire;
    return call;
}

std::string judge_patient(const std::string& patient, const PatientCall& call, const JudgeRules& rules) {
    json::Writer writer;
    writer.begin_object().member("patient", patient);
    if (rules.call.hook != domain::Hook::patient_view && call.drafts == 0) {
        writer.member("status", 204);
        write_unread(writer, call);
        return writer.end_object().take();
    }
    const Examination seen = cdshooks::examine(rules.knowledge, call_of(rules.knowledge, call.body, rules));
    writer.member("status", seen.answer.status);
    if (seen.answer.status == 200) {
        write_cards(writer, seen);
        write_open(writer, seen);
        write_data(writer, seen);
    }
    if (call.is_incomplete) writer.member("incomplete", true);
    if (call.other_copies > 0) writer.member("otherCopies", call.other_copies);
    write_unread(writer, call);
    write_error(writer, seen);
    write_answers(writer, call.body, rules);
    return writer.end_object().take();
}

}  // namespace rectal_cds::cohort
