#include "auth/client_entry.hpp"

#include <algorithm>

namespace rectal_cds::auth {

namespace {

constexpr std::size_t longest_text = 2048;

bool is_plain(std::string_view text) {
    return !text.empty() && text.size() <= longest_text &&
           std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

}  // namespace

EntryReader::EntryReader(json::Value entry, std::string place, std::vector<base::Error>& errors)
    : entry_(entry), place_(std::move(place)), errors_(errors) {
    if (!entry_.is_object()) errors_.push_back({base::ErrorKind::invalid, place_, "An object is expected."});
}

json::Value EntryReader::member(std::string_view name, Presence presence) {
    known_.emplace(name);
    const json::Value value = entry_[name];
    if (!value.exists() && presence == required && entry_.is_object()) fault(name, "This member is missing.");
    return value;
}

std::string EntryReader::text(std::string_view name, Presence presence) {
    const json::Value value = member(name, presence);
    if (!value.exists()) return {};
    if (is_plain(value.text())) return std::string(value.text());
    fault(name, "A text of 1 to 2048 bytes without control characters is expected.");
    return {};
}

std::optional<std::int64_t> EntryReader::whole(std::string_view name, std::int64_t least, std::int64_t most) {
    const json::Value value = member(name);
    if (!value.exists()) return std::nullopt;
    const auto number = value.integer();
    if (number && *number >= least && *number <= most) return number;
    fault(name, "A whole number from " + std::to_string(least) + " to " + std::to_string(most) + " is expected.");
    return std::nullopt;
}

bool EntryReader::boolean(std::string_view name) {
    const json::Value value = member(name);
    if (value.exists() && !value.is_boolean()) fault(name, "true or false is expected.");
    return value.boolean().value_or(false);
}

std::vector<EntryReader::PlacedText> EntryReader::texts(std::string_view name) {
    std::vector<PlacedText> texts;
    const json::Value list = member(name);
    if (list.exists() && list.size() == 0) fault(name, "A list with at least one text is expected.");
    std::set<std::string_view> seen;
    std::size_t index = 0;
    for (const json::Value element : list.elements()) {
        const std::string place = std::string(name) + "[" + std::to_string(index++) + "]";
        if (!is_plain(element.text())) {
            fault(place, "A text of 1 to 2048 bytes without control characters is expected.");
        } else if (!seen.insert(element.text()).second) {
            fault(place, "This stands in the list twice.");
        } else {
            texts.push_back({std::string(element.text()), place});
        }
    }
    return texts;
}

void EntryReader::refuse_other_members() {
    for (const json::Member member : entry_.members()) {
        if (known_.find(member.name) == known_.end()) fault(member.name, "This member is not known here.");
    }
}

void EntryReader::fault(std::string_view member, std::string what) {
    errors_.push_back({base::ErrorKind::invalid, place_of(member), std::move(what)});
}

std::string EntryReader::place_of(std::string_view member) const {
    return place_.empty() ? std::string(member) : place_ + "." + std::string(member);
}

}  // namespace rectal_cds::auth
