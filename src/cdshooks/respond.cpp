#include "cdshooks/respond.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <optional>
#include <utility>

#include "cdshooks/cards.hpp"
#include "cdshooks/discovery.hpp"
#include "cdshooks/explain.hpp"
#include "cdshooks/judgement.hpp"
#include "cdshooks/operation_outcome.hpp"
#include "cdshooks/prefetch.hpp"
#include "cdshooks/reasons.hpp"
#include "cdshooks/request.hpp"
#include "cdshooks/unobtainable.hpp"
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

Answer refused(const Refusal& refusal) {
    Answer answer = refused(refusal.error);
    answer.reason = refusal.reason;
    answer.obstacle = refusal.obstacle;
    if (refusal.places.size() > 1) {
        answer.body = operation_outcome("error", shape_of(refusal.error.kind).issue, refusal.places, refusal.error.what);
    }
    return answer;
}

Answer refused(Unobtainable lacking) {
    return refused(Refusal{{ErrorKind::unobtainable, lacking.places.front(), std::move(lacking.what)}, Reason::unobtainable,
                           std::move(lacking.places), lacking.obstacle});
}

Answer without_cards(Silence silence) {
    Answer answer;
    answer.body = no_cards;
    answer.silence = silence;
    return answer;
}

Error no_service_for_hook(const fhir::Knowledge& knowledge) {
    std::string hooks;
    for (const fhir::Service& service : knowledge.services) hooks += (hooks.empty() ? "" : ", ") + std::string(name(service.hook));
    return {ErrorKind::invalid, "hook", "The name of a hook that this service is called on is expected: " + hooks + "."};
}

std::vector<MissingInput> unread_essentials(const domain::Case& record) {
    std::vector<MissingInput> missing;
    for (const Input input : {Input::patient, Input::conditions}) {
        if (record.readable(input) == domain::Readability::unreadable) missing.push_back({input, record.shortfall_of(input)});
    }
    return missing;
}

// decisions.md 1 and 6: silence where an input was not read has to have a cause that stands without it.
std::vector<MissingInput> silence_not_earned(const domain::Case& record) {
    std::vector<MissingInput> missing;
    for (int i = 0; i < domain::input_count; ++i) {
        const auto input = static_cast<Input>(i);
        if (record.complete(input) || record.readable(input) == domain::Readability::not_asked) continue;
        missing.push_back({input, record.shortfall_of(input)});
    }
    return missing;
}

bool is_any(const Answered& answered, bool guideline::Verdict::* what) {
    return std::any_of(answered.verdicts.begin(), answered.verdicts.end(), [&](const auto& verdict) { return verdict.*what; });
}

Answer failed() {
    return refused(Error{ErrorKind::system, "", "A fault of this service kept it from answering. Nothing was checked."});
}

Answer exhausted() {
    Answer answer = refused(Error{ErrorKind::system, "", "Time or memory ran out before anything could be said. Nothing was checked."});
    answer.status = 503;
    answer.reason = Reason::exhausted;
    return answer;
}

// Without a card: an answer that is no silence, where silence was not earned.
std::optional<Answer> instead_of_silence(const Answered& answered, domain::Facts& facts, const Request& request, FhirAccess access) {
    Answer told;
    tell(told, answered, facts);
    if (is_any(answered, &guideline::Verdict::unreached)) return exhausted();
    if (!told.failed.empty()) return failed();
    if (!answered.suppressed.empty()) return std::nullopt;
    const auto missing = silence_not_earned(facts.assessment().record);
    return missing.empty() ? std::nullopt : std::optional(refused(unobtainable(missing, request, access)));
}

// decisions.md 41: what is not shown again is said to the client.
void write_suppressed(json::Writer& writer, const std::vector<Recommended>& suppressed) {
    if (suppressed.empty()) return;
    writer.key("org.rectal-cds.suppressed").begin_array();
    for (const Recommended& recommended : suppressed) writer.string(recommended.id);
    writer.end_array();
}

std::string written(const CardContent& content, const std::vector<Card>& cards, const Answer& answer, const Call& call) {
    const bool explain = call.explain;
    json::Writer writer(explain ? json::Writer::Layout::pretty : json::Writer::Layout::compact);
    fhir::OrderContext orders = order_context(content.request, content.facts.assessment());
    fhir::OrderCopies copies;
    if (!explain) orders.copies = &copies;
    writer.begin_object().key("cards").begin_array();
    for (const Card& card : cards) write_card(writer, card, content.profile, orders);
    writer.end_array();
    if (explain || !answer.suppressed.empty()) {
        writer.key("extension").begin_object();
        write_suppressed(writer, answer.suppressed);
        if (explain) write_explanation(writer, content.knowledge, content.facts, content.answered.verdicts, call.explain_only);
        writer.end_object();
    }
    writer.end_object();
    return writer.take();
}

Answer answer_with(const fhir::Knowledge& knowledge, const Prepared& prepared, const domain::Case& record, FhirAccess access) {
    const Call& call = prepared.call();
    domain::Facts facts(record);
    const Answered answered = judge(knowledge, prepared, facts);
    if (is_unobtainable(answered, record)) return refused(unobtainable(unread_essentials(record), prepared.request(), access));
    UuidSource uuids(call.seed_from_hook_instance ? seed_of(prepared.request().hook_instance) : call.seed);
    const CardContent content{knowledge, prepared.request(), answered, facts, prepared.audience(), prepared.profile(), call.public_url, call.why_url};
    const std::vector<Card> cards = cards_of(content, uuids);
    Answer answer;
    if (cards.empty()) {
        answer.silence = silence_of(answered, facts);
        const bool is_explained = answer.silence != Silence::nothing_fired && answer.silence != Silence::suppressed;
        if (auto instead = is_explained ? std::nullopt : instead_of_silence(answered, facts, prepared.request(), access)) return std::move(*instead);
    }
    tell(answer, answered, facts);
    answer.body = no_cards;
    if (call.silent) {
        answer.silence = Silence::silent_call;
        return answer;
    }
    answer.body = written(content, cards, answer, call);
    for (const Card& card : cards) answer.cards.push_back(written_card(card, content));
    if (call.keep_reasons && prepared.audience() != Audience::patient) answer.reasons = std::make_shared<Reasons>(reasons_of(content, cards));
    return answer;
}

std::variant<Prepared, Answer> read_and_check(const fhir::Knowledge& knowledge, Call call) {
    auto document = json::Document::parse(std::move(call.body), call.limits);
    if (!document) return refused(document.error());
    const json::Value root = document.value().root();
    if (!root.is_object()) return refused(not_an_object());
    struct TokenWiped {  // unless the document goes on as Prepared, which wipes it itself
        json::Document& document;
        ~TokenWiped() { document.erase(document.root()["fhirAuthorization"]["access_token"]); }
    } const token_wiped{document.value()};
    if (!call.service) call.service = service_for(knowledge, root["hook"].text(), call.deprecated_hooks);
    if (!call.service) return refused(no_service_for_hook(knowledge));
    auto request = read_request(root, call.service->hook, call.deprecated_hooks);
    if (!request) return refused(request.error());
    if (const auto refusal = check_sent(request.value(), *call.service, call.allow_patient_links)) return refused(refusal->error);
    const auto audience = audience_of(request.value(), call.audience);
    if (!audience) return without_cards(Silence::audience);
    return Prepared(std::move(call), std::move(document).value(), std::move(request).value(), *audience);
}

Answer assemble_and_answer(const fhir::Knowledge& knowledge, const Prepared& prepared, const std::vector<Fetched>& fetched, FhirAccess access) {
    const Assembled assembled = assemble(prepared, fetched, access);
    Answer answer;
    if (assembled.refusal) answer = refused(*assembled.refusal);
    else answer = answer_with(knowledge, prepared, fhir::read_case(knowledge.codes, assembled.record), access);
    answer.inputs = assembled.inputs;
    if (answer.reasons) answer.reasons->inputs = assembled.inputs;
    return answer;
}

}  // namespace

std::variant<Prepared, Answer> prepare(const fhir::Knowledge& knowledge, Call call) {
    try {
        return read_and_check(knowledge, std::move(call));
    } catch (const std::bad_alloc&) {
        return exhausted();
    } catch (const std::exception&) {
        return failed();
    }
}

Answer respond(const fhir::Knowledge& knowledge, Prepared prepared, std::vector<Fetched> fetched, FhirAccess access) {
    try {
        return assemble_and_answer(knowledge, prepared, fetched, access);
    } catch (const std::bad_alloc&) {
        return exhausted();
    } catch (const std::exception&) {
        return failed();
    }
}

Answer respond(const fhir::Knowledge& knowledge, Call call) {
    auto prepared = prepare(knowledge, std::move(call));
    if (auto* answer = std::get_if<Answer>(&prepared)) return std::move(*answer);
    return respond(knowledge, std::get<Prepared>(std::move(prepared)), {}, FhirAccess::none);
}

}  // namespace rectal_cds::cdshooks
