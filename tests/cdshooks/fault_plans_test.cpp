// The fail-safe table of reliability.md 2.2 under 10,000 random fault plans (T29): silence is earned, what was not read
// is named, and less data never turn a card into silence.
// RECTAL_CDS_FAULT_SEED and RECTAL_CDS_FAULT_PLANS choose other plans; a failure names seed and number of its plan.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>

#include "cdshooks/fault_plan.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using cdshooks::Answer;
using cdshooks::FhirAccess;
using cdshooks::InputState;
using cdshooks::Reason;
using cdshooks::Silence;

namespace {

// Unoptimised and under sanitizers a plan takes ten times as long.
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
constexpr std::uint64_t usual_plans = 10'000;
#else
constexpr std::uint64_t usual_plans = 1'000;
#endif

std::uint64_t setting(const char* name, std::uint64_t unless_set) {
    const char* const text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : unless_set;
}

cdshooks::Call call_for(const BaseCall& base, std::string body) {
    cdshooks::Call call;
    call.body = std::move(body);
    call.service = real_knowledge().service("rectal-cancer-" + base.hook);
    call.today = base.today;
    call.seed_from_hook_instance = true;
    return call;
}

struct Outcome {
    Answer answer;
    std::set<std::string> queried;
};

Outcome outcome_of(const FaultPlan& plan, bool restored) {
    const PlannedCall planned = call_by(plan, restored);
    Outcome outcome;
    auto prepared = cdshooks::prepare(real_knowledge(), call_for(base_calls()[plan.base], planned.body));
    if (auto* answer = std::get_if<Answer>(&prepared)) {
        outcome.answer = std::move(*answer);
        return outcome;
    }
    for (const cdshooks::Query& query : std::get<cdshooks::Prepared>(prepared).queries())
        outcome.queried.insert(query.key);
    outcome.answer = cdshooks::respond(real_knowledge(), std::get<cdshooks::Prepared>(std::move(prepared)),
                                       parsed(planned.came), plan.has_access ? FhirAccess::possible : FhirAccess::none);
    return outcome;
}

bool is_read(const FaultPlan& plan, const std::string& key) {
    const Left left = plan.keys.at(key).left;
    return left == Left::whole || left == Left::empty;
}

bool all_read(const FaultPlan& plan) {
    return std::all_of(plan.keys.begin(), plan.keys.end(), [&](const auto& key) { return is_read(plan, key.first); });
}

bool is_strange(const FaultPlan& plan) {
    return std::any_of(plan.keys.begin(), plan.keys.end(), [](const auto& key) { return key.second.is_strange; });
}

// Whether a biologic is being ordered: then unread diagnoses do not end the call (local-codes.md D1).
bool orders_biologic(std::size_t base) {
    static std::map<std::size_t, bool> known;
    const auto found = known.find(base);
    if (found != known.end()) return found->second;
    FaultPlan plan;
    plan.base = base;
    for (const auto& [name, key] : base_calls()[base].keys) plan.keys[name].value = key.whole;
    plan.keys["conditions"].value =
        R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"processing"}]})";
    return known[base] = outcome_of(plan, false).answer.status == 200;
}

std::set<std::string> fired(const Answer& answer) {
    std::set<std::string> ids;
    for (const auto* list : {&answer.shown, &answer.folded}) {
        for (const auto& recommended : *list) ids.insert(recommended.id);
    }
    ids.erase("data-unavailable");
    return ids;
}

bool tells_what_is_missing(const Answer& answer) {
    return says(answer.body, "\"dataUnavailable\"") || says(answer.body, "\"notAssessed\"");
}

// Each returns what is wrong, "" when nothing is.

std::string fault_of_queries(const FaultPlan& plan, const Outcome& outcome) {
    for (const auto& [name, key] : plan.keys) {
        const bool is_queried = outcome.queried.count(name) != 0;
        if (key.is_delivered_null && is_queried) return name + " is asked for again";
        if (key.is_fetched && !is_queried) return name + " is not asked for";
        if (key.what == "whole" && is_queried) return name + " was there and is asked for";
    }
    return {};
}

std::string fault_of_states(const FaultPlan& plan, const Answer& answer) {
    for (const auto& [name, key] : plan.keys) {
        for (int i = 0; i < domain::input_count; ++i) {
            if (name != domain::name(static_cast<domain::Input>(i))) continue;
            const InputState state = answer.inputs[static_cast<std::size_t>(i)].state;
            const bool is_told_read = state == InputState::present || state == InputState::empty;
            if (is_told_read != is_read(plan, name)) return name + " is told as " + cdshooks::name(state);
        }
    }
    return {};
}

std::string fault_of_refusal(const FaultPlan& plan, const Answer& answer) {
    if (answer.reason != Reason::unobtainable) return std::string("refused as ") + cdshooks::name(answer.reason);
    const bool no_patient = !is_read(plan, "patient");
    const bool no_diagnoses = plan.keys.at("conditions").left != Left::whole && !is_read(plan, "conditions");
    if (!no_patient && (!no_diagnoses || orders_biologic(plan.base)))
        return "refused although Patient and diagnoses were read";
    return {};
}

std::string fault_of_silence(const FaultPlan& plan, const Answer& answer) {
    const auto needs = [&](std::initializer_list<const char*> keys) -> std::string {
        for (const char* key : keys) {
            if (!is_read(plan, key))
                return std::string("silent (") + cdshooks::name(answer.silence) + ") without having read " + key;
        }
        return {};
    };
    switch (answer.silence) {
    case Silence::deceased:
    case Silence::under_18: return needs({"patient"});
    case Silence::out_of_scope: return needs({"conditions"});
    case Silence::m0: return needs({"conditions", "observations"});
    case Silence::hospice:
    case Silence::audience: return {};
    default: return all_read(plan) ? "" : "silent although something was not read";
    }
}

// The key stands in the list "NOT CHECKED: conditions (why), observations (in part: why) could not be read."
std::string fault_of_list(const FaultPlan& plan, const Answer& answer) {
    const std::string text = detail(answer, "dataUnavailable");
    const std::string list = text.substr(0, text.find(" could not be read. This is not a negative result."));
    if (list.compare(0, 13, "NOT CHECKED: ") != 0 || list.size() == text.size())
        return "the card does not say NOT CHECKED";
    for (const auto& [name, key] : plan.keys) {
        const bool is_named = says(list, name + " (");
        if (is_named == is_read(plan, name))
            return name + (is_named ? " was read and is named as unread" : " was not read and is not named");
    }
    return {};
}

// Less data may take cards away or, where the newest result is on a lost page, show older ones: never without a word.
std::string fault_of_loss(const FaultPlan& plan, const Answer& answer) {
    const Answer whole = outcome_of(plan, true).answer;
    if (whole.status != 200) return "the call without faults is refused";
    if (all_read(plan)) return answer.body == whole.body ? "" : "read completely, and not answered as if delivered";
    return fired(answer) == fired(whole) || tells_what_is_missing(answer) ? "" : "cards differ without a word";
}

std::string fault_of_answer(const FaultPlan& plan, const Answer& answer) {
    for (const char* phrase : {"no issues", "No issues", "no problems", "all clear", "stranger"}) {
        if (says(answer.body, phrase)) return std::string("the answer says ") + phrase;
    }
    if (is_strange(plan))
        return answer.reason == Reason::fetched_patient_mismatch && answer.status == 412
                   ? ""
                   : "another patient's data are answered";
    if (std::string fault = fault_of_states(plan, answer); !fault.empty()) return fault;
    if (answer.status == 412) return fault_of_refusal(plan, answer);
    if (answer.status != 200) return "status " + std::to_string(answer.status);
    const bool is_silent = topics(answer).empty();
    if (is_silent != (answer.silence != Silence::none))
        return std::string("silence is told as ") + cdshooks::name(answer.silence);
    if (is_silent) {
        if (std::string fault = fault_of_silence(plan, answer); !fault.empty()) return fault;
    } else if (!all_read(plan)) {
        if (std::string fault = fault_of_list(plan, answer); !fault.empty()) return fault;
    }
    return plan.keys.at("patient").left == Left::nothing ? "" : fault_of_loss(plan, answer);
}

struct Tally {
    std::size_t refused = 0, strange = 0, silent = 0, silent_unread = 0, unread = 0, whole = 0;
};

void count(Tally& tally, const FaultPlan& plan, const Answer& answer) {
    tally.strange += is_strange(plan) ? 1 : 0;
    tally.refused += answer.reason == Reason::unobtainable ? 1 : 0;
    if (answer.status != 200) return;
    const bool is_silent = answer.silence != Silence::none;
    tally.silent += is_silent ? 1 : 0;
    tally.silent_unread += is_silent && !all_read(plan) ? 1 : 0;
    tally.unread += !is_silent && !all_read(plan) ? 1 : 0;
    tally.whole += all_read(plan) ? 1 : 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fault_plans)

BOOST_AUTO_TEST_CASE(T29_under_every_plan_silence_is_earned_and_what_was_not_read_is_named) {
    const std::uint64_t seed = setting("RECTAL_CDS_FAULT_SEED", 20260302);
    const std::uint64_t plans = setting("RECTAL_CDS_FAULT_PLANS", usual_plans);
    Tally tally;
    int faults = 0;
    for (std::uint64_t number = 0; number < plans && faults < 10; ++number) {
        const FaultPlan plan = fault_plan(seed, number);
        const Outcome outcome = outcome_of(plan, false);
        std::string fault = fault_of_queries(plan, outcome);
        if (fault.empty()) fault = fault_of_answer(plan, outcome.answer);
        count(tally, plan, outcome.answer);
        if (fault.empty()) continue;
        ++faults;
        BOOST_ERROR("seed " << seed << ", plan " << number << ": " << fault << ". " << in_words(plan));
    }
    BOOST_TEST_MESSAGE("refused " << tally.refused << ", another patient's " << tally.strange << ", silent "
                                  << tally.silent << ", of them unread " << tally.silent_unread << ", unread and told "
                                  << tally.unread << ", whole " << tally.whole);
    if (plans < usual_plans) return;
    BOOST_TEST(tally.refused > plans / 50);
    BOOST_TEST(tally.strange > plans / 200);
    BOOST_TEST(tally.silent > plans / 100);
    BOOST_TEST(tally.unread > plans / 4);
    BOOST_TEST(tally.whole > plans / 50);
}

BOOST_AUTO_TEST_CASE(a_plan_can_be_replayed) {
    for (std::uint64_t number = 0; number < 20; ++number) {
        BOOST_TEST(call_by(fault_plan(7, number)).body == call_by(fault_plan(7, number)).body);
        BOOST_TEST(in_words(fault_plan(7, number)) == in_words(fault_plan(7, number)));
    }
    BOOST_TEST(call_by(fault_plan(7, 1)).body != call_by(fault_plan(8, 1)).body);
}

BOOST_AUTO_TEST_CASE(the_plans_cover_all_hooks_and_antibodies) {
    std::map<std::string, int> hooks;
    int biologics = 0;
    for (std::size_t base = 0; base < base_calls().size(); ++base) {
        ++hooks[base_calls()[base].hook];
        biologics += orders_biologic(base) ? 1 : 0;
    }
    BOOST_TEST(base_calls().size() > 200U);
    BOOST_TEST(hooks.size() == 3U);
    BOOST_TEST(biologics > 20);
}

BOOST_AUTO_TEST_SUITE_END()
