#include <algorithm>
#include <vector>

#include "cohort/tally.hpp"

namespace rectal_cds::cohort {

namespace {

constexpr std::size_t most_listed = 15;  // for people; the JSON has all

// The most frequent first; by name where as frequent.
template <class Map, class Count> auto by_frequency(const Map& map, Count count) {
    std::vector<typename Map::const_pointer> sorted;
    for (const auto& item : map) sorted.push_back(&item);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](const auto* one, const auto* other) { return count(one->second) > count(other->second); });
    return sorted;
}

std::string right(std::uint64_t number) {
    const std::string digits = std::to_string(number);
    return std::string(digits.size() < 10 ? 10 - digits.size() : 0, ' ') + digits;
}

// A heading and its lines; nothing when there are none.
template <class Map, class Count, class Name>
std::string listed(const std::string& heading, const Map& map, Count count, Name name) {
    if (map.empty()) return {};
    std::string text = heading + "\n";
    std::size_t lines = 0;
    for (const auto* item : by_frequency(map, count)) {
        if (++lines > most_listed) break;
        text += right(count(item->second)) + "  " + name(*item) + "\n";
    }
    if (map.size() > most_listed) text += "            and " + std::to_string(map.size() - most_listed) + " more\n";
    return text;
}

std::string listed(const std::string& heading, const Counts& counts) {
    return listed(
        heading, counts, [](std::uint64_t count) { return count; }, [](const auto& item) { return item.first; });
}

}  // namespace

void write_counts(json::Writer& writer, const char* key, const Counts& counts) {
    writer.key(key).begin_object();
    for (const auto& [name, count] : counts) writer.member(name, count);
    writer.end_object();
}

void Tally::write(json::Writer& writer) const {
    writer.member("patients", patients_).member("refused", refused_);
    write_counts(writer, "byStatus", statuses_);
    write_counts(writer, "errors", errors_);
    write_cards(writer);
    write_data(writer);
    write_changes(writer);
}

void Tally::write_cards(json::Writer& writer) const {
    writer.key("recommendations").begin_array();
    for (const auto* item : by_frequency(recommendations_, [](const Recommendation& one) { return one.patients; })) {
        writer.begin_object().member("id", item->first).member("patients", item->second.patients);
        writer.member("folded", item->second.folded);
        write_counts(writer, "indicators", item->second.indicators);
        writer.end_object();
    }
    writer.end_array();
    write_counts(writer, "silence", silence_);
    write_counts(writer, "notAssessed", not_assessed_);
    write_counts(writer, "failed", failed_);
    writer.key("open").begin_array();
    for (const auto* item : by_frequency(open_, [](const Open& one) { return one.patients; })) {
        writer.begin_object().member("id", item->first).member("patients", item->second.patients);
        writer.member("withheld", item->second.withheld).end_object();
    }
    writer.end_array();
    write_counts(writer, "missingFacts", missing_facts_);
}

void Tally::write_data(json::Writer& writer) const {
    writer.key("inputs").begin_object();
    for (const auto& [key, states] : inputs_) write_counts(writer, key.c_str(), states);
    writer.end_object();
    write_counts(writer, "unread", unread_);
    writer.key("unusable").begin_array();
    const auto patients = [](const Seen& seen) { return seen.patients; };
    for (const auto* item : by_frequency(unusable_, patients)) {
        writer.begin_object().member("about", item->first.first).member("problem", item->first.second);
        writer.member("patients", item->second.patients).member("count", item->second.count).end_object();
    }
    writer.end_array().key("unknownCodes").begin_array();
    for (const auto* item : by_frequency(codes_, patients)) {
        const auto& [element, system, code] = item->first;
        writer.begin_object().member("element", element).member("system", system).member("code", code);
        writer.member("patients", item->second.patients).member("count", item->second.count).end_object();
    }
    writer.end_array().member("unknownCodesLeftOut", codes_left_out_);
    writer.member("incomplete", incomplete_).member("otherCopies", other_copies_);
}

void Tally::write_changes(json::Writer& writer) const {
    writer.key("changes").begin_object().member("patients", changes_.patients).member("status", changes_.status);
    write_counts(writer, "added", changes_.added);
    write_counts(writer, "removed", changes_.removed);
    write_counts(writer, "indicator", changes_.indicator);
    write_counts(writer, "wording", changes_.wording);
    writer.end_object();
}

std::string Tally::in_words() const {
    const auto no_drafts = statuses_.count("204") ? statuses_.at("204") : 0;
    std::string text =
        std::to_string(patients_) + " patients, " + std::to_string(refused_) + " of them could not be judged";
    text += no_drafts == 0 ? "\n" : ", " + std::to_string(no_drafts) + " have no draft order\n";
    text += listed("Could not be judged because", errors_);
    text += listed(
        "Recommendations (patients)", recommendations_, [](const auto& one) { return one.patients; },
        [](const auto& item) { return item.first; });
    text += listed("No cards because (patients)", silence_);
    text += listed("Not assessed for want of readable data (patients)", not_assessed_);
    text += listed("Failed by a fault of this program (patients)", failed_);
    text += listed("Unknown facts that a recommendation waits for (patients)", missing_facts_);
    text += listed("Could not be read from the FHIR server (patients)", unread_);
    text += listed(
        "Recorded and not usable (patients)", unusable_, [](const Seen& seen) { return seen.patients; },
        [](const auto& item) { return item.first.first + ": " + item.first.second; });
    text += listed(
        "Codes that are not read (patients)", codes_, [](const Seen& seen) { return seen.patients; },
        [](const auto& item) {
            return std::get<0>(item.first) + " " + std::get<1>(item.first) + "|" + std::get<2>(item.first);
        });
    if (incomplete_ > 0) text += std::to_string(incomplete_) + " patients' records are not whole in the input\n";
    if (other_copies_ > 0)
        text += std::to_string(other_copies_) + " resources are older copies of others; the latest counts\n";
    return text + changes_in_words();
}

std::string Tally::changes_in_words() const {
    if (changes_.patients == 0) return {};
    std::string text =
        "Under the other knowledge something changes for " + std::to_string(changes_.patients) + " patients\n";
    text += listed("Added (patients)", changes_.added);
    text += listed("Removed (patients)", changes_.removed);
    text += listed("Another indicator (patients)", changes_.indicator);
    text += listed("Other words (patients)", changes_.wording);
    if (changes_.status > 0) text += right(changes_.status) + "  another status\n";
    return text;
}

}  // namespace rectal_cds::cohort
