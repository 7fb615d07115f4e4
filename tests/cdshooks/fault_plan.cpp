#include "cdshooks/fault_plan.hpp"

#include <algorithm>

#include "cdshooks/wording_calls.hpp"
#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::testing {

using cdshooks::FetchFailure;

namespace {

constexpr const char* failed =
    R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"processing"}]})";
constexpr const char* remark =
    R"({"resourceType":"OperationOutcome","issue":[{"severity":"warning","code":"not-found"}]})";
constexpr const char* next_url = "https://fhir.example.org/r4?page=2";

constexpr FetchFailure failures[] = {FetchFailure::not_attempted, FetchFailure::not_allowed, FetchFailure::timed_out,
                                     FetchFailure::unreachable,   FetchFailure::refused,     FetchFailure::not_found,
                                     FetchFailure::overloaded,    FetchFailure::not_fhir,    FetchFailure::too_large,
                                     FetchFailure::circuit_open};

constexpr const char* nonsense[] = {
    "\"123\"", "5", "[]", "true", "{}", "\"<html>Log in</html>\"", R"({"resourceType":"Location","id":"l"})"};

std::string text_of(json::Value value) {
    json::Writer writer;
    return writer.value(value).take();
}

std::string bundle(const std::vector<std::string>& entries, const std::string& more = {}) {
    std::string text = R"({"resourceType":"Bundle","type":"searchset")" + more + R"(,"entry":[)";
    for (std::size_t i = 0; i < entries.size(); ++i) text += (i == 0 ? "" : ",") + entries[i];
    return text + "]}";
}

std::string linked(const std::vector<std::string>& entries) {
    return bundle(entries, std::string(R"(,"link":[{"relation":"next","url":")") + next_url + "\"}]");
}

BaseCall taken_apart(std::string name, json::Value request, base::Day today) {
    BaseCall call;
    call.name = std::move(name);
    call.hook = request["hook"].text();
    call.today = today;
    for (const json::Member member : request.members()) {
        if (member.name == "prefetch") continue;
        call.frame += (call.frame.empty() ? "{\"" : ",\"") + std::string(member.name) + "\":" + text_of(member.value);
    }
    for (const auto& [key, unused] : real_knowledge().service("rectal-cancer-" + call.hook)->prefetch) {
        BaseCall::Key& made = call.keys[key];
        made.whole = text_of(request["prefetch"][key]);
        for (const json::Value entry : request["prefetch"][key]["entry"].elements())
            made.entries.push_back(text_of(entry));
    }
    return call;
}

bool is_read_completely(const BaseCall& call) {
    FaultPlan plan;
    std::string body = call.frame + ",\"prefetch\":{";
    for (const auto& [key, made] : call.keys) body += (body.back() == '{' ? "\"" : ",\"") + key + "\":" + made.whole;
    cdshooks::Call made = call_of(body + "}}");
    made.today = call.today;
    const cdshooks::Answer answer = cdshooks::respond(real_knowledge(), std::move(made));
    return answer.status == 200 && std::none_of(answer.inputs.begin(), answer.inputs.end(), [](const auto& input) {
               return input.state != cdshooks::InputState::present && input.state != cdshooks::InputState::empty &&
                      input.state != cdshooks::InputState::not_asked;
           });
}

// One resource of the key that names another patient.
std::string strange_page(const std::string& key) {
    if (key == "patient") return R"({"resourceType":"Patient","id":"stranger"})";
    return bundle(
        {R"({"resource":{"resourceType":"Observation","id":"s","subject":{"reference":"Patient/stranger"}}})"});
}

using Entries = std::vector<std::string>;

Entries first_of(const Entries& entries, std::size_t count) {
    return {entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(count)};
}

Entries rest_of(const Entries& entries, std::size_t count) {
    return {entries.begin() + static_cast<std::ptrdiff_t>(count), entries.end()};
}

// What the server answers to a read of the Patient.
void fetch_patient(KeyPlan& plan, const BaseCall::Key& key, Dice& dice) {
    const std::string page = dice.one_in(3) ? (dice.one_in(2) ? failed : bundle({})) : key.whole;
    plan.left = page == key.whole ? Left::whole : Left::nothing;
    plan.what += page == key.whole ? ", fetched" : ", fetched an outcome";
    plan.came.pages = {page};
}

// What the server answers to a search: `entries` are what is still to come of it.
void fetch_pages(KeyPlan& plan, const Entries& entries, bool is_rest, Dice& dice) {
    const std::size_t cut = entries.empty() ? 0 : dice.below(entries.size() + 1);
    const Entries first = first_of(entries, cut), rest = rest_of(entries, cut);
    const Left less = is_rest ? Left::part : Left::nothing;
    switch (dice.below(8)) {
    case 0:
        plan.what += ", an outcome";
        plan.left = less;
        plan.came.pages = {dice.one_in(2) ? failed : remark};
        break;
    case 1:
        plan.what += ", nonsense";
        plan.left = less;
        plan.came.pages = {nonsense[dice.below(std::size(nonsense))]};
        break;
    case 2:
        plan.what += ", cut";
        plan.left = Left::part;
        plan.came.pages = {linked(first)};
        plan.came.is_incomplete = true;
        break;
    case 3:
        plan.what += ", second page an outcome";
        plan.left = Left::part;
        plan.came.pages = {linked(first), failed};
        break;
    case 4:
        plan.what += ", second page overlaps";
        plan.came.pages = {linked(first), bundle(entries)};
        break;
    case 5:
        plan.what += ", two pages";
        plan.came.pages = {linked(first), bundle(rest)};
        break;
    default:
        plan.what += ", one page";
        plan.came.pages = {bundle(entries)};
        break;
    }
    // A first page without a resource, followed by an error, is as good as nothing.
    if (plan.left == Left::part && !is_rest && first.empty() && plan.came.pages.size() == 2) plan.left = Left::nothing;
}

// The query of a key that was left out, or of its next page.
void fetch(KeyPlan& plan, const std::string& name, const BaseCall::Key& key, const Entries& entries, bool is_rest,
           Dice& dice) {
    plan.is_fetched = true;
    plan.came.key = name;
    if (dice.one_in(3)) {
        plan.came.failure = failures[dice.below(std::size(failures))];
        plan.left = is_rest ? Left::part : Left::nothing;
        plan.what += std::string(", ") + cdshooks::name(plan.came.failure);
    } else if (dice.one_in(25)) {
        plan.what += ", another patient's";
        plan.is_strange = true;
        plan.came.pages = {strange_page(name)};
    } else if (name == "patient") {
        fetch_patient(plan, key, dice);
    } else {
        fetch_pages(plan, entries, is_rest, dice);
    }
}

void leave_out(KeyPlan& plan, const std::string& name, const BaseCall::Key& key, bool has_access, Dice& dice) {
    plan.what = dice.one_in(3) ? "nonsense" : "absent";
    plan.value.clear();
    if (plan.what == "nonsense") plan.value = nonsense[dice.below(std::size(nonsense))];
    plan.left = Left::nothing;
    if (!has_access || dice.one_in(12)) return;
    plan.left = Left::whole;
    fetch(plan, name, key, key.entries, false, dice);
}

void open_page(KeyPlan& plan, const std::string& name, const BaseCall::Key& key, bool has_access, Dice& dice) {
    const std::size_t cut = key.entries.empty() ? 0 : dice.below(key.entries.size() + 1);
    plan.what = "first page of " + std::to_string(cut);
    plan.value = linked(first_of(key.entries, cut));
    plan.left = Left::part;
    if (!has_access || dice.one_in(8)) return;
    plan.left = Left::whole;
    fetch(plan, name, key, rest_of(key.entries, cut), true, dice);
}

void answer_nothing(KeyPlan& plan, bool is_patient, Dice& dice) {
    const std::string values[] = {"null", remark, R"({"resourceType":"Bundle","type":"searchset","total":0})",
                                  bundle({}),
                                  bundle({std::string(R"({"search":{"mode":"outcome"},"resource":)") + remark + "}"})};
    plan.what = "known empty";
    plan.value = values[dice.below(std::size(values))];
    plan.left = is_patient ? Left::nothing : Left::empty;
    plan.is_delivered_null = true;
}

void answer_in_part(KeyPlan& plan, const BaseCall::Key& key, Dice& dice) {
    Entries some = first_of(key.entries, key.entries.empty() ? 0 : dice.below(key.entries.size()));
    plan.left = Left::part;
    if (dice.one_in(2)) {
        plan.what = "fewer than announced";
        plan.value = bundle(some, ",\"total\":" + std::to_string(key.entries.size() + 1));
    } else {
        plan.what = "an error among the entries";
        plan.left = some.empty() ? Left::nothing : Left::part;
        some.push_back(std::string(R"({"search":{"mode":"outcome"},"resource":)") + failed + "}");
        plan.value = bundle(some);
    }
}

// One key in `rate` / 6 has a fault.
KeyPlan key_plan(const std::string& name, const BaseCall::Key& key, bool has_access, std::size_t rate, Dice& dice) {
    KeyPlan plan;
    plan.what = "whole";
    plan.value = key.whole;
    const bool is_patient = name == "patient";
    switch (dice.below(is_patient ? 24 : rate)) {
    case 0: answer_nothing(plan, is_patient, dice); break;
    case 1:
        plan.what = "OperationOutcome";
        plan.value = failed;
        plan.left = Left::nothing;
        plan.is_delivered_null = true;
        break;
    case 2:
    case 3: leave_out(plan, name, key, has_access, dice); break;
    case 4:
        if (!is_patient) open_page(plan, name, key, has_access, dice);
        break;
    case 5:
        if (!is_patient) answer_in_part(plan, key, dice);
        break;
    default: break;
    }
    return plan;
}

}  // namespace

const std::vector<BaseCall>& base_calls() {
    static const std::vector<BaseCall> calls = [] {
        std::vector<BaseCall> all;
        for (const auto& golden : real_knowledge().governance.golden_cases)
            all.push_back(taken_apart(golden.path, golden.request, golden.today));
        for (const HookCall& call : scenario_calls()) {
            const json::Document document = parsed(call.body);
            all.push_back(taken_apart(call.name, document.root(), call.today));
        }
        all.erase(std::remove_if(all.begin(), all.end(), [](const auto& call) { return !is_read_completely(call); }),
                  all.end());
        return all;
    }();
    return calls;
}

Dice::Dice(std::uint64_t seed, std::uint64_t number) : state_(seed * 0x9E3779B97F4A7C15u + number) { below(1); }

// SplitMix64.
std::size_t Dice::below(std::size_t bound) {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return static_cast<std::size_t>((z ^ (z >> 31)) % bound);
}

FaultPlan fault_plan(std::uint64_t seed, std::uint64_t number) {
    Dice dice(seed, number);
    FaultPlan plan;
    plan.base = dice.below(base_calls().size());
    plan.has_access = !dice.one_in(3);
    const std::size_t rate = dice.one_in(2) ? 12 : 40;
    for (const auto& [name, key] : base_calls()[plan.base].keys)
        plan.keys[name] = key_plan(name, key, plan.has_access, rate, dice);
    return plan;
}

std::string in_words(const FaultPlan& plan) {
    std::string text = base_calls()[plan.base].name + " (" + base_calls()[plan.base].hook +
                       (plan.has_access ? ", FHIR access" : "") + ")";
    for (const auto& [name, key] : plan.keys) {
        if (key.what != "whole") text += "; " + name + ": " + key.what;
    }
    return text;
}

PlannedCall call_by(const FaultPlan& plan, bool restored) {
    const BaseCall& base = base_calls()[plan.base];
    PlannedCall call{base.frame + ",\"prefetch\":{", {}};
    for (const auto& [name, key] : plan.keys) {
        const bool is_restored = restored && key.left != Left::empty;
        const std::string& value = is_restored ? base.keys.at(name).whole : key.value;
        if (!value.empty()) call.body += (call.body.back() == '{' ? "\"" : ",\"") + name + "\":" + value;
        if (key.is_fetched && !is_restored) call.came.push_back(key.came);
    }
    call.body += "}}";
    return call;
}

}  // namespace rectal_cds::testing
