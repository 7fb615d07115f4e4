#include "json/parse_filter.hpp"

#include <algorithm>
#include <utility>

#include "json/utf8.hpp"

namespace rectal_cds::json {

namespace {

constexpr std::size_t few_members = 16;  // up to here comparing all pairs beats sorting

bool is_plain_name(std::string_view name) {
    constexpr std::size_t longest = 64;
    if (name.empty() || name.size() > longest) return false;
    return std::all_of(name.begin(), name.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; });
}

}  // namespace

ParseFilter::ParseFilter(Tree& tree, const Limits& limits, bool has_unicode_escapes)
    : tree_(tree), limits_(limits), has_unicode_escapes_(has_unicode_escapes) {
    frames_.reserve(static_cast<std::size_t>(std::max(limits.max_depth, 0)));
    names_.reserve(64);
}

bool ParseFilter::String(const char* text, Length length, bool copy) {
    return begin_value() && is_clean({text, length}) && tree_.String(text, length, copy);
}

bool ParseFilter::Key(const char* text, Length length, bool copy) {
    if (names_.size() - frames_.back().first_name >= limits_.max_members) {
        return refuse("An object has more than " + std::to_string(limits_.max_members) + " members.");
    }
    names_.emplace_back(text, length);
    return is_clean(names_.back()) && tree_.Key(text, length, copy);
}

bool ParseFilter::StartObject() { return begin_container(true) && tree_.StartObject(); }

bool ParseFilter::EndObject(Length members) {
    const std::size_t first_name = frames_.back().first_name;
    if (const std::string_view* name = find_duplicate(first_name)) {
        const std::string shown = is_plain_name(*name) ? "the member `" + std::string(*name) + "`" : "a member";
        frames_.pop_back();
        names_.resize(first_name);
        return refuse("An object has " + shown + " more than once.");
    }
    frames_.pop_back();
    names_.resize(first_name);
    return tree_.EndObject(members);
}

bool ParseFilter::StartArray() { return begin_container(false) && tree_.StartArray(); }

bool ParseFilter::EndArray(Length elements) {
    frames_.pop_back();
    return tree_.EndArray(elements);
}

bool ParseFilter::begin_value() {
    if (!frames_.empty()) ++frames_.back().begun;
    if (++values_ <= limits_.max_values) return true;
    return refuse("The text holds more than " + std::to_string(limits_.max_values) + " values.");
}

bool ParseFilter::begin_container(bool is_object) {
    if (!begin_value()) return false;
    if (frames_.size() >= static_cast<std::size_t>(std::max(limits_.max_depth, 0))) {
        return refuse("Objects and arrays are nested deeper than " + std::to_string(limits_.max_depth) + " levels.");
    }
    frames_.push_back({is_object, 0, names_.size()});
    return true;
}

bool ParseFilter::is_clean(std::string_view text) {
    if (!has_unicode_escapes_) return true;
    if (text.find('\0') != std::string_view::npos) return refuse("A string holds the character U+0000.");
    if (is_utf8(text)) return true;
    return refuse("A string holds half of a surrogate pair.");
}

bool ParseFilter::refuse(std::string why) {
    refusal_ = std::move(why);
    return false;
}

// Sorts the names of a large object: bounded work whatever the names are, where a hash table could be flooded.
const std::string_view* ParseFilter::find_duplicate(std::size_t first_name) {
    const auto first = names_.begin() + static_cast<std::ptrdiff_t>(first_name);
    if (static_cast<std::size_t>(names_.end() - first) > few_members) {
        std::sort(first, names_.end());
        const auto found = std::adjacent_find(first, names_.end());
        return found == names_.end() ? nullptr : &*found;
    }
    for (auto name = first; name != names_.end(); ++name) {
        if (std::find(first, name, *name) != name) return &*name;
    }
    return nullptr;
}

std::string ParseFilter::place() const {
    std::string path;
    for (std::size_t depth = 0; depth < frames_.size(); ++depth) {
        const Frame& frame = frames_[depth];
        if (!frame.is_object) {
            path += '[' + std::to_string(frame.begun == 0 ? 0 : frame.begun - 1) + ']';
            continue;
        }
        const std::size_t end = depth + 1 < frames_.size() ? frames_[depth + 1].first_name : names_.size();
        if (end == frame.first_name) continue;
        if (!path.empty()) path += '.';
        path += is_plain_name(names_[end - 1]) ? std::string(names_[end - 1]) : "*";
    }
    return path;
}

}  // namespace rectal_cds::json
