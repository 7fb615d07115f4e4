#include "cohort/tally.hpp"

#include <set>

namespace rectal_cds::cohort {

namespace {

constexpr std::size_t max_line_bytes = 256u * 1024 * 1024;
constexpr std::size_t max_line_values = 32'000'000;

std::string text(json::Value value) { return std::string(value.text()); }

std::uint64_t whole(json::Value value) { return static_cast<std::uint64_t>(value.integer().value_or(0)); }

void count_texts(Counts& counts, json::Value list) {
    for (const json::Value item : list.elements()) ++counts[text(item)];
}

void count_ids(Counts& counts, json::Value list) {
    for (const json::Value item : list.elements()) ++counts[text(item["id"])];
}

}  // namespace

std::optional<base::Error> Tally::add(std::string_view line) {
    json::Limits limits;
    limits.max_bytes = max_line_bytes;
    limits.max_values = max_line_values;
    const auto document = json::Document::parse(std::string(line), limits);
    if (!document) return document.error();
    const json::Value result = document.value().root();
    const auto status = result["status"].integer();
    if (!result["patient"].is_string() || !status) {
        return base::Error{base::ErrorKind::invalid, "", "A result with patient and status is expected."};
    }
    ++patients_;
    ++statuses_[std::to_string(*status)];
    if (*status >= 400) ++refused_, ++errors_[text(result["error"]["where"]) + ": " + text(result["error"]["what"])];
    if (result["incomplete"].exists()) ++incomplete_;
    other_copies_ += whole(result["otherCopies"]);
    add_cards(result);
    add_data(result);
    if (result["changes"].exists()) add_changes(result["changes"]);
    return std::nullopt;
}

void Tally::add_cards(json::Value result) {
    for (const json::Value card : result["cards"].elements()) {
        Recommendation& one = recommendations_[text(card["id"])];
        ++one.patients;
        ++one.indicators[text(card["indicator"])];
        if (card["folded"].exists()) ++one.folded;
    }
    if (result["silence"].exists()) ++silence_[text(result["silence"])];
    count_texts(not_assessed_, result["notAssessed"]);
    count_texts(failed_, result["failed"]);
    std::set<std::string> facts;
    for (const json::Value advice : result["open"].elements()) {
        Open& one = open_[text(advice["id"])];
        ++one.patients;
        if (advice["withheld"].boolean().value_or(false)) ++one.withheld;
        for (const json::Value fact : advice["facts"].elements()) facts.insert(text(fact));
    }
    for (const std::string& fact : facts) ++missing_facts_[fact];
}

void Tally::add_data(json::Value result) {
    for (const auto [key, state] : result["inputs"].members()) ++inputs_[std::string(key)][text(state)];
    for (const auto [key, why] : result["unread"].members()) ++unread_[std::string(key) + ": " + text(why)];
    if (result["unread"].exists()) ++unread_patients_;
    for (const json::Value item : result["unusable"].elements()) {
        Seen& seen = unusable_[{text(item["about"]), text(item["problem"])}];
        ++seen.patients, seen.count += whole(item["count"]);
    }
    for (const json::Value item : result["unknownCodes"].elements()) {
        const std::tuple key(text(item["element"]), text(item["system"]), text(item["code"]));
        if (codes_.size() >= max_codes && codes_.count(key) == 0) {
            ++codes_left_out_;
            continue;
        }
        Seen& seen = codes_[key];
        ++seen.patients, seen.count += whole(item["count"]);
    }
}

void Tally::add_changes(json::Value changes) {
    ++changes_.patients;
    if (changes["status"].exists()) ++changes_.status;
    count_ids(changes_.added, changes["added"]);
    count_ids(changes_.removed, changes["removed"]);
    count_ids(changes_.indicator, changes["indicator"]);
    count_texts(changes_.wording, changes["wording"]);
}

}  // namespace rectal_cds::cohort
