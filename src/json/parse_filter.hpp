// ParseFilter stands between RapidJSON's reader and the tree: it counts, refuses and remembers where it is.
// RapidJSON 1.1.0 itself has no limits, keeps duplicate members and lets "\uDC00" through (measured).
#pragma once


#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"
#include "json/memory.hpp"

namespace rectal_cds::json {

// A handler in RapidJSON's sense: each event is passed on to the tree, or false ends the parse.
// It holds views into the text, so it must not outlive it.
class ParseFilter {
public:
    using Ch = char;
    using Length = rapidjson::SizeType;

    // `has_unicode_escapes`: the text holds "\u", so a string may hold what the raw bytes did not.
    ParseFilter(Tree& tree, const Limits& limits, bool has_unicode_escapes);

    bool Null() { return begin_value() && tree_.Null(); }
    bool Bool(bool value) { return begin_value() && tree_.Bool(value); }
    bool Int(int value) { return begin_value() && tree_.Int(value); }
    bool Uint(unsigned value) { return begin_value() && tree_.Uint(value); }
    bool Int64(std::int64_t value) { return begin_value() && tree_.Int64(value); }
    bool Uint64(std::uint64_t value) { return begin_value() && tree_.Uint64(value); }
    bool Double(double value) { return begin_value() && tree_.Double(value); }
    bool RawNumber(const char* text, Length length, bool copy) { return String(text, length, copy); }
    bool String(const char* text, Length length, bool copy);
    bool Key(const char* text, Length length, bool copy);
    bool StartObject();
    bool EndObject(Length members);
    bool StartArray();
    bool EndArray(Length elements);

    // Why the filter ended the parse, a full sentence; empty if it did not.
    const std::string& refusal() const { return refusal_; }
    // The last value that was begun before the parse ended, FHIRPath-like; empty at the root. A member name that is not
    // made of 1 to 64 ASCII letters and underscores shows as `*`, for it may be anything.
    std::string place() const;

private:
    struct Frame {
        bool is_object = false;
        std::size_t begun = 0;       // elements begun (array)
        std::size_t first_name = 0;  // where the names of this object begin in names_
    };

    bool begin_value();
    bool begin_container(bool is_object);
    bool is_clean(std::string_view text);
    bool refuse(std::string why);
    const std::string_view* find_duplicate(std::size_t first_name);

    Tree& tree_;
    const Limits& limits_;
    bool has_unicode_escapes_;
    std::size_t values_ = 0;
    std::vector<Frame> frames_;
    std::vector<std::string_view> names_;  // the member names of all open objects, innermost last
    std::string refusal_;
};

}  // namespace rectal_cds::json
