#include "evaluate_text.hpp"

#include <algorithm>
#include <string_view>

#include "cdshooks/card.hpp"
#include "json/document.hpp"

namespace rectal_cds {

using json::Value;

namespace {

std::string text_of(Value value) { return std::string(value.text()); }

// Every line of a text, indented.
std::string indented(std::string_view text, const char* indent) {
    std::string result;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = text.substr(begin, end - begin);
        result += (line.empty() ? "" : indent + std::string(line)) + "\n";
        begin = end + 1;
    }
    return result;
}

std::string card_in_words(Value card) {
    std::string text = text_of(card["indicator"]) + ": " + text_of(card["summary"]) + "\n";
    text += "  " + text_of(card["source"]["topic"]["code"]) + ", " + text_of(card["source"]["label"]) + "\n";
    text += indented(card["detail"].text(), "    ");
    for (const Value suggestion : card["suggestions"].elements()) {
        text += "  suggestion: " + text_of(suggestion["label"]) +
                (suggestion["isRecommended"].boolean().value_or(false) ? " (recommended)" : "") + "\n";
    }
    return text;
}

bool is_asked(Value card, const std::vector<std::string>& only) {
    const std::string_view topic = card["source"]["topic"]["code"].text();
    return only.empty() || std::any_of(only.begin(), only.end(),
                                       [&](const std::string& id) { return cdshooks::topic_code(id) == topic; });
}

std::string fact_in_words(Value fact) {
    std::string text = "  " + text_of(fact["value"]) + "  " + text_of(fact["name"]);
    if (!fact["note"].text().empty()) text += " (" + text_of(fact["note"]) + ")";
    text += "\n";
    for (const Value source : fact["evidence"].elements()) {
        text += "      " + text_of(source["reference"]) + ": " + text_of(source["says"]);
        text += source["when"].exists() ? ", " + text_of(source["when"]) + "\n" : "\n";
    }
    for (const Value gap : fact["gaps"].elements())
        text += "      " + text_of(gap["cause"]) + ": " + text_of(gap["what"]) + "\n";
    return text;
}

std::string explanation_in_words(Value explanation) {
    std::string text = "\nRecommendations, and whether each of their conditions holds:\n";
    for (const Value one : explanation["recommendations"].elements()) {
        text += "  " + text_of(one["applies"]) + "  " + text_of(one["id"]);
        if (one["indicator"].exists()) text += ", " + text_of(one["indicator"]);
        if (one["expired"].boolean().value_or(false)) text += ", EXPIRED: not judged";
        text += "\n";
        for (const Value condition : one["conditions"].elements())
            text += "      " + text_of(condition["value"]) + "  " + text_of(condition["fact"]) + "\n";
    }
    for (const Value one : explanation["notApproved"].elements())
        text += "  not judged for want of approval  " + text_of(one["id"]) + "\n";
    text += "\nFacts, from what, and why unknown:\n";
    for (const Value fact : explanation["facts"].elements()) text += fact_in_words(fact);
    if (explanation["unusable"].size() > 0) text += "\nOn record, and not usable:\n";
    for (const Value item : explanation["unusable"].elements()) {
        text +=
            "  " + text_of(item["reference"]) + ", " + text_of(item["about"]) + ": " + text_of(item["problem"]) + "\n";
    }
    return text;
}

std::string refusal_in_words(int status, Value issue) {
    std::string places;
    for (const Value place : issue["expression"].elements()) places += (places.empty() ? "" : ", ") + text_of(place);
    return "REFUSED with " + std::to_string(status) + ": " + places + (places.empty() ? "" : ": ") +
           text_of(issue["diagnostics"]) + "\n";
}

}  // namespace

std::string in_words(const cdshooks::Answer& answer, const std::vector<std::string>& only) {
    const auto document = json::Document::parse(std::string(answer.body));
    if (!document) return "The answer could not be read.\n";
    const Value root = document.value().root();
    if (answer.status != 200) return refusal_in_words(answer.status, root["issue"].at(0));
    std::string text;
    if (root["cards"].size() == 0) text = std::string("No cards: ") + name(answer.silence) + "\n";
    std::string others;
    for (const Value card : root["cards"].elements()) {
        if (is_asked(card, only))
            text += (text.empty() ? "" : "\n") + card_in_words(card);
        else
            others += "  " + text_of(card["indicator"]) + ", " + text_of(card["source"]["topic"]["code"]) + "\n";
    }
    if (text.empty()) text = "No card of what --only names.\n";
    if (!others.empty()) text += "\nFurther cards of this answer:\n" + others;
    const Value explanation = root["extension"]["org.rectal-cds.explanation"];
    return explanation.exists() ? text + explanation_in_words(explanation) : text;
}

}  // namespace rectal_cds
