#include "cdshooks/feedback.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "cdshooks/request.hpp"
#include "json/document.hpp"

namespace rectal_cds::cdshooks {

using base::Error;
using base::ErrorKind;
using base::Result;
using json::Value;

namespace {

constexpr std::size_t max_id_bytes = 256;
constexpr std::size_t max_code_bytes = 1024;  // of a code, its system, its display
constexpr std::size_t max_suggestions = 100;

Error invalid(std::string where, std::string what) { return {ErrorKind::invalid, std::move(where), std::move(what)}; }

bool is_given(Value value) { return value.exists() && !value.is_null(); }

bool is_id(std::string_view id) {
    if (id.find_first_not_of(' ') == std::string_view::npos || id.size() > max_id_bytes) return false;
    return std::none_of(id.begin(), id.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// Our ids are UUIDs in lower case; a client may have kept them in upper case.
std::string normalised(std::string_view id) {
    std::string text(id);
    if (is_uuid(id)) {
        for (char& c : text) c = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

// Reads a text member; the place is `where` and its name. Absent and null leave `into` as it is.
std::optional<Error> read_text(Value object, std::string_view member, const std::string& where, std::size_t most,
                               std::string& into) {
    const Value value = object[member];
    if (!is_given(value)) return std::nullopt;
    std::string place = where + "." + std::string(member);
    if (!value.is_string()) return invalid(std::move(place), "A string is expected.");
    if (value.text().size() > most) {
        return invalid(std::move(place), "At most " + std::to_string(most) + " bytes are expected.");
    }
    into = value.text();
    return std::nullopt;
}

std::optional<Error> read_coding(Value coding, const std::string& where, OverrideReason& into) {
    if (!coding.is_object()) return invalid(where, "A Coding with a code is expected.");
    if (auto error = read_text(coding, "code", where, max_code_bytes, into.code)) return error;
    if (into.code.empty()) return invalid(where + ".code", "The code of the reason is expected.");
    if (auto error = read_text(coding, "system", where, max_code_bytes, into.system)) return error;
    return read_text(coding, "display", where, max_code_bytes, into.display);
}

// Epic's reasons that were built locally (cds-hooks.md 9). What is no text of this form is passed over: an extension
// of whatever shape is no reason to refuse feedback.
void read_epic_reason(Value extension, OverrideReason& into) {
    const auto text = [&](const char* last) {
        const Value value = extension["com.epic.cdshooks.feedback.overrideReason." + std::string(last)];
        if (const auto number = value.integer()) return std::to_string(*number);
        return value.text().size() > max_code_bytes ? std::string() : std::string(value.text());
    };
    into.category = text("reasonCategory");
    into.title = text("reasonTitle");
    if (into.display.empty()) into.display = text("reasonDisplay");
}

std::optional<Error> read_reason(Value reason, const std::string& where, OverrideReason& into) {
    if (!reason.is_object()) return invalid(where, "An object with reason or userComment is expected.");
    const Value coding = reason["reason"], comment = reason["userComment"], extension = reason["extension"];
    const bool of_2020 = !is_given(coding) && is_given(reason["code"]);
    if (is_given(coding)) {
        if (auto error = read_coding(coding, where + ".reason", into)) return error;
    } else if (of_2020) {
        if (auto error = read_coding(reason, where, into)) return error;
    }
    if (auto error = read_text(reason, "userComment", where, max_comment_bytes, into.comment)) return error;
    read_epic_reason(extension, into);
    const bool extended = extension.is_object() && extension.size() > 0;
    if (is_given(coding) || of_2020 || is_given(comment) || extended) return std::nullopt;
    return invalid(where, "A reason or a userComment is expected (cds-fb-3).");
}

std::optional<Error> read_suggestions(Value accepted, const std::string& where, FeedbackItem& into) {
    if (!is_given(accepted)) return std::nullopt;
    if (!accepted.is_array()) return invalid(where, "An array of objects with an id is expected.");
    if (accepted.size() > max_suggestions) {
        return invalid(where, "At most " + std::to_string(max_suggestions) + " suggestions are expected.");
    }
    for (std::size_t i = 0; i < accepted.size(); ++i) {
        const std::string_view id = accepted.at(i)["id"].text();
        if (!is_id(id))
            return invalid(where + "[" + std::to_string(i) + "].id", "The uuid of a suggestion is expected.");
        std::string suggestion = normalised(id);
        auto& known = into.suggestions;
        if (std::find(known.begin(), known.end(), suggestion) == known.end()) known.push_back(std::move(suggestion));
    }
    return std::nullopt;
}

std::optional<Error> read_outcome(Value item, const std::string& where, FeedbackItem& into) {
    const std::string_view outcome = item["outcome"].text();
    if (outcome != "accepted" && outcome != "overridden") {
        return invalid(where + ".outcome", "accepted or overridden is expected (cds-fb-1).");
    }
    into.outcome = outcome == "accepted" ? FeedbackOutcome::accepted : FeedbackOutcome::overridden;
    const std::string place = where + ".acceptedSuggestions";
    if (auto error = read_suggestions(item["acceptedSuggestions"], place, into)) return error;
    if (into.outcome == FeedbackOutcome::overridden || !into.suggestions.empty()) return std::nullopt;
    return invalid(place, "An accepted card names the suggestions that were accepted (cds-fb-2).");
}

Result<FeedbackItem> read_item(Value item, const std::string& where) {
    if (!item.is_object()) return invalid(where, "An object with card, outcome and outcomeTimestamp is expected.");
    FeedbackItem read;
    if (!is_id(item["card"].text())) return invalid(where + ".card", "The uuid of a card is expected.");
    read.card = normalised(item["card"].text());
    if (auto error = read_outcome(item, where, read)) return *error;
    for (const char* spelling : {"overrideReason", "overrideReasons"}) {  // the second is Epic's
        if (!is_given(item[spelling])) continue;
        if (auto error = read_reason(item[spelling], where + "." + spelling, read.reason)) return *error;
        break;
    }
    const auto at = parse_instant(item["outcomeTimestamp"].text());
    if (!at) {
        return invalid(where + ".outcomeTimestamp", "A date and time with an offset is expected (RFC 3339).");
    }
    read.at = *at;
    return read;
}

}  // namespace

const char* name(FeedbackOutcome outcome) { return outcome == FeedbackOutcome::accepted ? "accepted" : "overridden"; }

Result<std::vector<FeedbackItem>> read_feedback(std::string body) {
    json::Limits limits;
    limits.max_bytes = max_feedback_bytes;
    const auto document = json::Document::parse(std::move(body), limits);
    if (!document) return document.error();
    const Value root = document.value().root(), feedback = root["feedback"];
    if (!root.is_object()) return invalid("http.body", "A JSON object with the member feedback is expected.");
    if (!feedback.is_array()) return invalid("feedback", "An array of feedback items is expected.");
    if (feedback.size() > max_feedback_items) {
        const std::string most = std::to_string(max_feedback_items);
        return Error{ErrorKind::too_large, "feedback", "At most " + most + " items are taken in one call."};
    }
    std::vector<FeedbackItem> items;
    for (std::size_t i = 0; i < feedback.size(); ++i) {
        auto item = read_item(feedback.at(i), "feedback[" + std::to_string(i) + "]");
        if (!item) return item.error();
        items.push_back(std::move(item).value());
    }
    return items;
}

}  // namespace rectal_cds::cdshooks
