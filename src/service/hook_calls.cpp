#include "service/hook_calls.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "domain/source.hpp"
#include "service/guarded.hpp"
#include "service/urgency.hpp"

namespace rectal_cds::service {

using cdshooks::Answer;
using cdshooks::Fetched;
using cdshooks::FhirAccess;
using cdshooks::Prepared;
using std::chrono::steady_clock;

struct HookCalls::Judged {
    std::string service_id, hook, hook_instance, user_id, encounter_id, patient_id;
    bool is_silent = false;
    domain::Hook kind{};
};

// Recorded when the answer has been sent, or, when it goes without that, as one whose cards nobody got.
struct HookCalls::Delivery {
    Delivery(const Parts& to, store::IssuedAnswer answer) : parts(to), gate(to.gate), issued(std::move(answer)) {}
    Delivery(const Delivery&) = delete;
    Delivery& operator=(const Delivery&) = delete;
    ~Delivery() {
        if (is_sent) return;
        issued.silent = true;
        try {
            gate->run([this] { parts.store.record_issued(std::move(issued)); });
        } catch (...) {  // without memory; a card that is not recorded is shown again
        }
    }

    void sent() {
        if (std::exchange(is_sent, true)) return;
        gate->run([this] {
            parts.memory.note_issued(issued);
            parts.store.record_issued(std::move(issued));
        });
    }

    const Parts& parts;  // only inside the gate
    const std::shared_ptr<Gate> gate;
    store::IssuedAnswer issued;
    bool is_sent = false;
};

namespace {

cdshooks::AudienceSettings audience_of(const auth::Client& client, cdshooks::AudienceSettings settings) {
    settings.plain_patient_cards = client.patient_cards == auth::PatientCards::plain_language;
    return settings;
}

// A longer life changes nothing for a call, and huge numbers would overflow.
constexpr std::chrono::seconds longest_token_life{86'400};

http::Response forbidden_server() {
    return refuse(403, "forbidden", "fhirServer", "This FHIR server is not registered for the caller.");
}

http::Response insecure_server() { return refuse(400, "invalid", "fhirServer", "https is expected."); }

http::Response token_unusable() {
    return refuse(400, "invalid", "fhirAuthorization.access_token", "A bearer token (RFC 6750) is expected.");
}

std::vector<std::string> ids(const std::vector<cdshooks::Recommended>& recommended) {
    std::vector<std::string> result;
    for (const cdshooks::Recommended& each : recommended) result.push_back(each.id);
    return result;
}

}  // namespace

cdshooks::Call HookCalls::make_call(const Conversation& conversation, const fhir::Service* at_id, std::optional<cdshooks::WireVersion> base_path) const {
    cdshooks::Call call;
    call.service = at_id;
    call.deprecated_hooks = settings_.discovery.deprecated_hooks;
    call.today = clocks_.today();
    call.seed = clocks_.seed();
    call.audience = settings_.audience;
    call.wire = {settings_.sandbox_wire, base_path};
    if (settings_.shows_links) call.public_url = settings_.public_url, call.why_url = parts_.explaining.address;
    call.keep_reasons = static_cast<bool>(parts_.explaining.keep);
    call.is_out_of_time = [&conversation] { return steady_clock::now() > conversation.deadline; };
    if (const auto& client = conversation.caller.client) {
        call.audience = audience_of(*client, settings_.audience);
        call.wire.client = client->wire;
        call.silent = client->silent;
        call.allow_patient_links = client->patient_links;
        call.switched_off = client->switched_off;
    }
    if (settings_.remembers_cards) {
        const std::string& name = conversation.caller.name();
        const auto pseudonym = [this, name](const std::string& patient) { return parts_.pseudonym(name, patient); };
        call.history = parts_.memory.history(name, pseudonym, clocks_.now());
    }
    return call;
}

void HookCalls::answer(const Shared& conversation, const fhir::Service* at_id, std::optional<cdshooks::WireVersion> base_path) const {
    conversation->deadline = conversation->received + settings_.deadline;
    cdshooks::Call call = make_call(*conversation, at_id, base_path);
    call.body = std::move(conversation->request.body);
    auto first = cdshooks::prepare(conversation->content->knowledge, std::move(call));
    if (auto* answer = std::get_if<Answer>(&first)) return conclude(conversation, std::move(*answer), nullptr);
    Prepared& prepared = std::get<Prepared>(first);
    conversation->answered.hook_instance = prepared.request().hook_instance;
    Access allowed = access(*conversation, prepared);
    prepared.wipe_token();
    if (auto* refusal = std::get_if<http::Response>(&allowed)) return finish_(conversation, std::move(*refusal));
    if (const auto* without = std::get_if<FhirAccess>(&allowed)) return judge(conversation, std::move(prepared), {}, *without);
    if (prepared.queries().empty() && prepared.follow_up({}).empty()) return judge(conversation, std::move(prepared), {}, FhirAccess::possible);
    fetch(conversation, std::make_shared<Prepared>(std::move(prepared)), std::move(std::get<fetch::Access>(allowed)));
}

// Which FHIR server may be asked, if any.
HookCalls::Access HookCalls::access(Conversation& conversation, Prepared& prepared) const {
    if (prepared.fhir_server().empty()) return FhirAccess::none;
    Access allowed = access_of_client(conversation, prepared);
    auto* access = std::get_if<fetch::Access>(&allowed);
    if (!access) return allowed;
    if (!prepared.access_token().empty()) {
        auto token = std::make_shared<auth::Secret>(auth::Secret::copy_of(prepared.access_token()));
        if (!token->is_bearer_token()) return token_unusable();
        access->token = std::move(token);
        if (const auto seconds = prepared.expires_in()) {
            access->token_expires = conversation.received + std::clamp(std::chrono::seconds(*seconds), std::chrono::seconds(0), longest_token_life);
        }
    }
    access->client = conversation.caller.name();
    access->traceparent = conversation.trace.header();
    access->deadline = conversation.received + settings_.fetch_deadline;  // the end of a token, too, whose life is not said
    return allowed;
}

HookCalls::Access HookCalls::access_of_client(Conversation& conversation, const Prepared& prepared) const {
    const std::string_view named = prepared.fhir_server();
    fetch::Access access;
    if (const auto& client = conversation.caller.client) {
        const auth::BaseUrl* base = client->fhir_server(named);
        if (!base) {
            const auto url = auth::parse_url(named);
            if (url && !auth::is_confidential(url.value())) return insecure_server();
            parts_.metrics.fhir_server_not_allowed(client->name);
            parts_.alarm({"fhir_server_not_allowed", conversation.answered.correlation_id, client->name, ""});
            return forbidden_server();
        }
        if (prepared.access_token().empty() && !client->fetches_without_token) return FhirAccess::no_token;
        access.base = *base;
        access.ranges = client->address_ranges;
        return access;
    }
    const auto& server = settings_.sandbox_server;
    if (!server || !auth::is_same_base(server->base, named)) return FhirAccess::other_server;
    access.base = server->base;
    access.ranges = server->ranges;
    return access;
}

void HookCalls::fetch(const Shared& conversation, std::shared_ptr<Prepared> prepared, fetch::Access access) const {
    conversation->deadline = access.deadline + settings_.deadline;
    parts_.reader.gather(
        std::move(access), prepared->queries(), [prepared](const std::vector<Fetched>& fetched) { return prepared->follow_up(fetched); },
        gated(parts_.gate, [this, conversation, prepared](std::vector<Fetched> fetched) { judge_fetched(conversation, prepared, std::move(fetched)); }));
}

// The thread here is a transport's, or the one that keeps all deadlines.
void HookCalls::judge_fetched(const Shared& conversation, const std::shared_ptr<Prepared>& prepared, std::vector<Fetched> fetched) const {
    const Urgency urgency = urgency_of(prepared->request().hook);
    const auto results = std::make_shared<std::vector<Fetched>>(std::move(fetched));
    std::size_t bytes = 0;
    for (const Fetched& result : *results) bytes += result.bytes;
    const auto work = [this, conversation, prepared, results] {
        guarded(conversation, finish_, [&] { judge(conversation, std::move(*prepared), std::move(*results), FhirAccess::possible); });
    };
    const bool is_taken = parts_.work.post(conversation->caller.name(), percent_when_fetched(urgency), work, bytes);
    if (is_taken) return;
    conversation->answered.reason = "overloaded";
    parts_.metrics.shed("queue", name(urgency));
    finish_(conversation, overloaded(urgency));
}

void HookCalls::judge(const Shared& conversation, Prepared prepared, std::vector<Fetched> fetched, FhirAccess access) const {
    const cdshooks::Request& request = prepared.request();
    const Judged judged{prepared.call().service->id, cdshooks::name(request.hook), request.hook_instance, request.user_id,
                        request.encounter_id,        request.patient_id,           prepared.call().silent,       request.hook};
    conclude(conversation, cdshooks::respond(conversation->content->knowledge, std::move(prepared), std::move(fetched), access), &judged);
}

void HookCalls::conclude(const Shared& conversation, Answer answer, const Judged* judged) const {
    count(*conversation, answer, judged ? judged->hook : "unknown");
    if (answer.reasons && parts_.explaining.keep) parts_.explaining.keep(std::move(answer.reasons));
    auto on_sent = judged ? record(*conversation, answer, *judged) : nullptr;
    Answered& answered = conversation->answered;
    answered.silent = answer.silence == cdshooks::Silence::silent_call;
    answered.cards = answered.silent ? 0 : answer.shown.size();
    if (answer.status != 200) answered.reason = name(answer.reason);
    else if (answered.cards == 0) answered.reason = name(answer.silence);
    if (answer.obstacle != cdshooks::Obstacle::none) answered.obstacle = name(answer.obstacle);
    for (int i = 0; i < domain::input_count; ++i) {
        const cdshooks::InputReport& input = answer.inputs[static_cast<std::size_t>(i)];
        if (input.state == cdshooks::InputState::not_asked) continue;
        std::string state = name(input.state);
        if (input.failure != cdshooks::FetchFailure::none) state += std::string(":") + name(input.failure);
        answered.inputs.emplace_back(domain::name(static_cast<domain::Input>(i)), std::move(state));
    }
    answered.shown = ids(answer.shown), answered.folded = ids(answer.folded);
    answered.suppressed = ids(answer.suppressed), answered.not_assessed = std::move(answer.not_assessed);
    if (judged) answered.hook = judged->hook, answered.content_version = conversation->content->knowledge.version;
    if (settings_.logs_decisions && judged) note_decision(*conversation, judged->kind, answer);
    http::Response response = json_answer(answer.status, std::move(answer.body));
    response.on_sent = std::move(on_sent);
    finish_(conversation, std::move(response));
}

// Patients and relatives who look into their own record are recorded by pseudonym, as the patient is: otherwise the two
// side by side would name whom the pseudonym stands for.
std::string HookCalls::recorded_user(const std::string& user_id, const std::string& client) const {
    const auto slash = user_id.find('/');
    const std::string type = user_id.substr(0, slash);
    if (slash == std::string::npos || (type != "Patient" && type != "RelatedPerson")) return user_id;
    return type + '/' + parts_.pseudonym(client, user_id.substr(slash + 1));
}

// What is to be run when the answer has been sent.
std::function<void()> HookCalls::record(const Conversation& conversation, Answer& answer, const Judged& judged) const {
    store::IssuedAnswer issued;
    issued.client = conversation.caller.name();
    // The id in the address: feedback comes in at the same one.
    issued.service_id = settings_.discovery.shared_id.empty() ? judged.service_id : settings_.discovery.shared_id;
    issued.hook = judged.hook, issued.hook_instance = judged.hook_instance;
    issued.user_id = recorded_user(judged.user_id, issued.client), issued.encounter_id = judged.encounter_id;
    issued.location = settings_.location;
    issued.patient = parts_.pseudonym(issued.client, judged.patient_id);
    issued.content_version = conversation.content->knowledge.version;
    issued.correlation_id = conversation.answered.correlation_id;
    issued.token_id = conversation.caller.claims.jti;
    issued.status = answer.status, issued.silent = judged.is_silent;
    issued.cards = std::move(answer.cards);
    if (judged.is_silent) issued.would_show = ids(answer.shown);
    issued.folded = ids(answer.folded), issued.suppressed = ids(answer.suppressed);
    issued.at = clocks_.now();
    return [delivery = std::make_shared<Delivery>(parts_, std::move(issued))] { delivery->sent(); };
}

}  // namespace rectal_cds::service
