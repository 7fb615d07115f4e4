#include "cdshooks/respond.hpp"

#include <algorithm>
#include <utility>

#include "cdshooks/cards.hpp"
#include "cdshooks/discovery.hpp"
#include "cdshooks/explain.hpp"
#include "cdshooks/operation_outcome.hpp"
#include "cdshooks/prefetch.hpp"
#include "cdshooks/request.hpp"
#include "fhir/read_case.hpp"

namespace rectal_cds::cdshooks {

using base::Error;
using base::ErrorKind;
using domain::Input;

namespace {

struct ErrorShape {
    int status;
    const char* issue;  // code of the FHIR value set issue-type
    Reason reason;
};

ErrorShape shape_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::malformed: return {400, "structure", Reason::malformed};
        case ErrorKind::invalid: return {400, "invalid", Reason::invalid};
        case ErrorKind::wrong_patient: return {400, "business-rule", Reason::patient_mismatch};
        case ErrorKind::unsupported: return {422, "not-supported", Reason::unsupported};
        case ErrorKind::too_large: return {413, "too-long", Reason::too_large};
        case ErrorKind::not_found: return {404, "not-found", Reason::invalid};
        case ErrorKind::unobtainable: return {412, "incomplete", Reason::unobtainable};
        case ErrorKind::system: break;
    }
    return {500, "exception", Reason::internal};
}

constexpr const char* no_cards = R"({"cards":[]})";

Answer refused(const Error& error) {
    const ErrorShape shape = shape_of(error.kind);
    Answer answer;
    answer.status = shape.status;
    answer.body = operation_outcome("error", shape.issue, error.where, error.what);
    answer.reason = shape.reason;
    return answer;
}

Answer without_cards(Silence silence) {
    Answer answer;
    answer.body = no_cards;
    answer.silence = silence;
    return answer;
}

std::vector<Recommended> told(const std::vector<guideline::Verdict>& verdicts) {
    std::vector<Recommended> result;
    for (const auto& verdict : verdicts) result.push_back({verdict.recommendation->id, verdict.indicator});
    return result;
}

// Without the diagnoses nothing can be judged, unless a biologic is being ordered (local-codes.md D1).
Error conditions_unobtainable() {
    return {ErrorKind::unobtainable, "prefetch.conditions",
            "The Conditions are needed and could not be obtained: they were not delivered, and this service has no access to the FHIR server."};
}

Error no_service_for_hook() { return {ErrorKind::invalid, "hook", "The name of a hook that this service is called on is expected."}; }

// What could not be read or assessed is told to every client: data-unavailable cannot be switched off.
bool is_switched_off(const std::vector<std::string>& switched_off, const std::string& id) {
    return id != "data-unavailable" && std::find(switched_off.begin(), switched_off.end(), id) != switched_off.end();
}

Answered judge(const fhir::Knowledge& knowledge, const Prepared& prepared, domain::Facts& facts) {
    const Call& call = prepared.call();
    Answered answered;
    answered.verdicts = guideline::judge_all(knowledge.recommendations, facts);
    std::vector<guideline::Verdict> firing;
    for (const auto& verdict : answered.verdicts) {
        if (verdict.fires()) (is_switched_off(call.switched_off, verdict.recommendation->id) ? answered.switched_off : firing).push_back(verdict);
    }
    // A client of 1.0 gets no ids of cards and could not be told what is left out: it is shown everything.
    const bool remembers = prepared.profile().has_members_of_1_1();
    Recollection known = recollect(remembers ? call.history : CardHistory(), knowledge, prepared.request(), facts, std::move(firing));
    answered.suppressed = std::move(known.suppressed);
    answered.recalled = std::move(known.recalled);
    answered.arranged = guideline::arrange(std::move(known.kept), facts.assessment().record.hook);
    return answered;
}

// decisions.md 41: what is not shown again is said to the client.
void write_suppressed(json::Writer& writer, const std::vector<Recommended>& suppressed) {
    if (suppressed.empty()) return;
    writer.key("org.rectal-cds.suppressed").begin_array();
    for (const Recommended& recommended : suppressed) writer.string(recommended.id);
    writer.end_array();
}

Answer answer_with(const fhir::Knowledge& knowledge, const Prepared& prepared, const domain::Case& record) {
    const Call& call = prepared.call();
    const Request& request = prepared.request();
    domain::Facts facts(record);
    const Answered answered = judge(knowledge, prepared, facts);
    const bool conditions_read = record.readable(Input::conditions) != domain::Readability::unreadable;
    if (!conditions_read && answered.arranged.shown.empty() && answered.suppressed.empty()) return refused(conditions_unobtainable());
    Answer answer;
    answer.body = no_cards;
    answer.shown = told(answered.arranged.shown);
    answer.folded = told(answered.arranged.folded);
    answer.switched_off = told(answered.switched_off);
    answer.suppressed = told(answered.suppressed);
    if (call.silent) return answer;
    UuidSource uuids(call.seed_from_hook_instance ? seed_of(request.hook_instance) : call.seed);
    json::Writer writer(call.explain ? json::Writer::Layout::pretty : json::Writer::Layout::compact);
    const fhir::OrderContext orders = order_context(request, facts.assessment());
    writer.begin_object().key("cards").begin_array();
    const CardContent content{knowledge, request, answered, facts, prepared.audience(), prepared.profile(), call.public_url};
    for (const Card& card : cards_of(content, uuids)) {
        write_card(writer, card, prepared.profile(), orders);
        answer.cards.push_back(written_card(card, content));
    }
    writer.end_array();
    if (answer.cards.empty() && !answer.suppressed.empty()) answer.silence = Silence::suppressed;
    if (call.explain || !answer.suppressed.empty()) {
        writer.key("extension").begin_object();
        write_suppressed(writer, answer.suppressed);
        if (call.explain) write_explanation(writer, knowledge, facts, answered.verdicts);
        writer.end_object();
    }
    writer.end_object();
    answer.body = writer.take();
    return answer;
}

}  // namespace

std::variant<Prepared, Answer> prepare(const fhir::Knowledge& knowledge, Call call) {
    auto document = json::Document::parse(std::move(call.body));
    if (!document) return refused(document.error());
    json::Value root = document.value().root();
    if (!call.service) call.service = service_for(knowledge, root["hook"].text(), call.deprecated_hooks);
    if (!call.service) return refused(no_service_for_hook());
    auto request = read_request(root, call.service->hook, call.deprecated_hooks);
    if (!request) return refused(request.error());
    const auto audience = audience_of(request.value(), call.audience);
    if (!audience) return without_cards(Silence::audience);
    return Prepared(std::move(call), std::move(document).value(), std::move(request).value(), *audience);
}

Answer respond(const fhir::Knowledge& knowledge, Prepared prepared, std::vector<Fetched>, FhirAccess) {
    const auto record = assemble_record(prepared.request(), *prepared.call().service, prepared.call().today);
    if (!record) return refused(record.error());
    return answer_with(knowledge, prepared, fhir::read_case(knowledge.codes, record.value()));
}

Answer respond(const fhir::Knowledge& knowledge, Call call) {
    auto prepared = prepare(knowledge, std::move(call));
    if (auto* answer = std::get_if<Answer>(&prepared)) return std::move(*answer);
    return respond(knowledge, std::get<Prepared>(std::move(prepared)), {}, FhirAccess::none);
}

}  // namespace rectal_cds::cdshooks
