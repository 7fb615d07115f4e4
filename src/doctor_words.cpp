#include <algorithm>

#include "doctor_report.hpp"

namespace rectal_cds {

using cdshooks::Delivery;
using cdshooks::Examination;
using cdshooks::InputExamination;

namespace {

constexpr std::size_t most_codes = 40;
constexpr std::size_t widest_key = 26;

std::string counted(std::size_t count, const char* one, const char* many) { return std::to_string(count) + ' ' + (count == 1 ? one : many); }

std::string joined(const std::vector<std::string>& items, const char* between = ", ") {
    std::string text;
    for (const std::string& item : items) text += (text.empty() ? "" : between) + item;
    return text;
}

class Words {
public:
    void head(const std::string& line) { text_ += line + "\n"; }
    void line(const std::string& line) { text_ += "  " + line + "\n"; }
    void item(const std::string& line) { text_ += "    " + line + "\n"; }
    void more(std::size_t count) {
        if (count > 0) item("and " + std::to_string(count) + " more (--json lists all)");
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

std::string meaning(const InputExamination& input) {
    switch (input.delivery) {
        case Delivery::absent: return "absent: not known";
        case Delivery::null: return input.is_read ? "null: known to be empty" : "null: cannot be done without";
        case Delivery::empty: return "empty: nothing on record";
        case Delivery::supplied: return "supplied: " + counted(input.resources, "resource", "resources");
        case Delivery::partial:
            return "PARTIAL: " + counted(input.resources, "resource", "resources") + "; what is there counts, what is not there is unknown";
        case Delivery::operation_outcome: return input.is_read ? "OperationOutcome without an error: known to be empty" : "OperationOutcome: could not be read";
        case Delivery::garbage: break;
    }
    return "garbage: could not be read";
}

void write_envelope(Words& words, const Examination& seen) {
    if (seen.service.empty() && seen.is_json) words.line("Call: no service of this program is for its hook");
    if (!seen.service.empty()) words.line("Call: hook " + seen.hook + ", service " + seen.service + (seen.user_type.empty() ? "" : ", by a " + seen.user_type));
    if (seen.drafts > 0) words.line("Orders: " + counted(seen.drafts, "draft", "drafts") + (seen.selections > 0 ? ", " + std::to_string(seen.selections) + " selected" : ""));
    const std::string status = std::to_string(seen.answer.status);
    if (seen.fault) words.line("REFUSED with " + status + " for this, the first fault: " + (seen.fault->where.empty() ? "" : seen.fault->where + ": ") + seen.fault->what);
    if (!seen.fault) words.line("Form: right. Patient: all that was sent is the patient's of the call");
}

void write_access(Words& words, const DoctorReport& report) {
    const FhirAccess& access = report.access;
    if (!access.has_server) return words.line("FHIR access: none; what prefetch does not bring cannot be had");
    if (access.server.empty()) return words.line("FHIR access: fhirServer is no usable address: " + access.problem);
    std::string text = "FHIR access: " + access.server + (access.has_token ? ", with a token" : ", without a token");
    if (access.expires_in) text += " for " + std::to_string(*access.expires_in) + " s";
    words.line(text);
    if (!report.has_rules) words.item("whether it may be contacted cannot be said without --clients or --fhir-server");
    else if (!access.is_allowed) words.item("NOT ALLOWED: no client has it under fhirServers, and --fhir-server does not name it");
    else words.item("allowed" + (access.clients.empty() ? std::string() : " for " + joined(access.clients)));
    if (!access.missing_scopes.empty()) words.item("no scope lets these be read: " + joined(access.missing_scopes));
}

void write_inputs(Words& words, const DoctorReport& report) {
    const Examination& seen = report.examination;
    if (seen.inputs.empty()) return;
    words.line("Prefetch:");
    const bool can_fetch = report.access.is_allowed && report.access.has_token;
    for (const InputExamination& input : seen.inputs) {
        std::string line = input.key + std::string(widest_key - std::min(widest_key, input.key.size()), ' ') + meaning(input);
        if (!input.remarks.empty()) line += " (" + joined(input.remarks, "; ") + ")";
        if (input.is_fetched && can_fetch) line += "; it would be fetched";
        words.item(line);
    }
    if (!seen.other_keys.empty()) words.item("not read by this service: " + joined(seen.other_keys));
}

void write_codes(Words& words, const Examination& seen) {
    const auto write = [&](bool answers, const char* title) {
        std::size_t count = 0;
        for (const auto& code : seen.unknown_codes) {
            if (code.answers_question != answers) continue;
            if (count++ == 0) words.line(title);
            if (count > most_codes) continue;
            words.item(code.input + "  " + code.element + "  " + (code.system.empty() ? "(no system)" : code.system) + "  " + code.code + "  x" + std::to_string(code.count));
        }
        words.more(count > most_codes ? count - most_codes : 0);
    };
    write(true, "Answers in codes that are not known (the question is one that is read; map these with --site):");
    write(false, "Other codes that are not known (most charts have many; look for what this service should have read):");
}

void write_unusable(Words& words, const Examination& seen) {
    if (seen.unusable.empty()) return;
    words.line("On record, and not usable:");
    for (const auto& item : seen.unusable) {
        std::string line = item.about + ": " + item.problem;
        if (!item.status.empty()) line += " Status: " + item.status + ".";
        if (!item.unit.empty()) line += " Unit: " + item.unit + ".";
        words.item(line + " " + item.place + (item.count > 1 ? " and " + std::to_string(item.count - 1) + " more" : ""));
    }
}

void write_open(Words& words, const Examination& seen) {
    const auto write = [&](bool withheld, const char* title) {
        bool is_first = true;
        for (const auto& advice : seen.open_advice) {
            if (advice.is_withheld != withheld) continue;
            if (is_first) words.line(title);
            is_first = false;
            words.item(advice.title + " (" + advice.id + "): " + joined(advice.facts, "; "));
        }
    };
    write(true, "WITHHELD, because data could not be read or used (advice, and the facts it waits for):");
    if (!seen.unknown_facts.empty()) words.line("Facts that stay unknown, and why:");
    for (const auto& fact : seen.unknown_facts) words.item(fact.name + ": " + joined(fact.causes));
    write(false, "Open, because nothing is on record (advice, and the facts it waits for):");
}

void write_cards(Words& words, const Examination& seen) {
    if (seen.fault) return;
    if (seen.cards.empty()) {
        const std::string_view why = name(seen.answer.silence);
        return words.line("Answer from this request alone: 200 without cards" + (why == "none" ? std::string(": nothing fires") : " (" + std::string(why) + ")"));
    }
    words.line("Answer from this request alone: 200 with these cards:");
    for (const auto& card : seen.cards) words.item(card.indicator + ": " + card.title + " (" + card.topic + (card.is_folded ? ", folded" : "") + ")");
}

}  // namespace

std::string in_words(const DoctorReport& report) {
    const Examination& seen = report.examination;
    Words words;
    words.head(report.file + ", request " + std::to_string(report.number));
    write_envelope(words, seen);
    if (!seen.is_json) return words.take();
    write_access(words, report);
    write_inputs(words, report);
    write_codes(words, seen);
    write_unusable(words, seen);
    write_open(words, seen);
    write_cards(words, seen);
    return words.take();
}

}  // namespace rectal_cds
