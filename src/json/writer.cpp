#include "json/writer.hpp"

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "json/memory.hpp"
#include "json/utf8.hpp"

namespace rectal_cds::json {

namespace {

using Buffer = rapidjson::GenericStringBuffer<rapidjson::UTF8<>, Memory>;
using BufferWriter = rapidjson::Writer<Buffer, rapidjson::UTF8<>, rapidjson::UTF8<>, Memory>;

// RapidJSON's writer looks at every byte of a string and appends it by itself. Most strings need no escape, and go out
// in one piece.
class CompactWriter : public BufferWriter {
public:
    using BufferWriter::BufferWriter;

    // Precondition: is_plain(text).
    void PlainString(std::string_view text) {
        Prefix(rapidjson::kStringType);
        char* const to = os_->Push(text.size() + 2);
        to[0] = to[text.size() + 1] = '"';
        std::copy(text.begin(), text.end(), to + 1);
        EndValue(true);
    }
    void Verbatim(std::string_view json) {
        Prefix(rapidjson::kObjectType);
        std::copy(json.begin(), json.end(), os_->Push(json.size()));
        EndValue(true);
    }
};
using PrettyWriter = rapidjson::PrettyWriter<Buffer, rapidjson::UTF8<>, rapidjson::UTF8<>, Memory>;

// Between these magnitudes a number is written without an exponent. From 2^53 on, all digits of a double written
// plainly would be more than are needed to read it back.
constexpr double smallest_plain = 1e-7;
constexpr double largest_plain = 1e15;

std::string_view format_number(double value, std::array<char, 64>& buffer) {
    if (value == 0) return "0";
    const double magnitude = std::abs(value);
    const bool is_plain = magnitude >= smallest_plain && magnitude < largest_plain;
    const auto format = is_plain ? std::chars_format::fixed : std::chars_format::scientific;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format).ptr;
    return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

// ASCII in which nothing is escaped: eight bytes at a time, each compared with 0x20, '"', '\\' and 0x80.
bool is_plain(std::string_view text) {
    constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
    const auto needs_care = [](std::uint64_t bytes) {
        const auto has_zero = [](std::uint64_t word) { return (word - ones) & ~word; };
        return ((bytes - ones * 0x20) | bytes | has_zero(bytes ^ (ones * '"')) | has_zero(bytes ^ (ones * '\\'))) &
               tops;
    };
    std::uint64_t bytes = 0;
    for (; text.size() >= sizeof bytes; text.remove_prefix(sizeof bytes)) {
        std::memcpy(&bytes, text.data(), sizeof bytes);
        if (needs_care(bytes) != 0) return false;
    }
    bytes = ones * ' ';
    if (!text.empty()) std::memcpy(&bytes, text.data(), text.size());
    return needs_care(bytes) == 0;
}

rapidjson::SizeType length_of(std::string_view text) { return static_cast<rapidjson::SizeType>(text.size()); }

const char* begin_of(std::string_view text) { return text.data() == nullptr ? "" : text.data(); }

}  // namespace

// The text so far, and which containers are open: RapidJSON itself checks the grammar in debug builds only.
struct Writer::Output {
    enum class Open : char { array, object_before_name, object_before_value };

    explicit Output(Layout layout) : is_pretty(layout == Layout::pretty) { pretty.SetIndent(' ', 2); }

    void before_value() {
        if (open.empty() ? has_root : open.back() == Open::object_before_name) {
            throw std::logic_error("JSON writer: a value where none may stand");
        }
        if (open.empty()) {
            has_root = true;
        } else if (open.back() == Open::object_before_value) {
            open.back() = Open::object_before_name;
        }
    }

    void before_name() {
        if (open.empty() || open.back() != Open::object_before_name) {
            throw std::logic_error("JSON writer: a member name where none may stand");
        }
        open.back() = Open::object_before_value;
    }

    void before_end(Open expected) {
        if (open.empty() || open.back() != expected) throw std::logic_error("JSON writer: an end without its begin");
        open.pop_back();
    }

    template <class Event> void emit(Event event) {
        if (is_pretty) {
            event(pretty);
        } else {
            event(compact);
        }
    }

    Buffer buffer{nullptr, 4096};
    bool is_pretty;
    CompactWriter compact{buffer};
    PrettyWriter pretty{buffer};
    std::vector<Open> open;
    bool has_root = false;
};

// Replays a parsed node into a Writer. Its depth is bounded by the Limits of its Document.
struct Writer::Replay {
    Writer& writer;
    using Ch = char;
    using Length = rapidjson::SizeType;
    bool Null() { return writer.null_value(), true; }
    bool Bool(bool value) { return writer.boolean(value), true; }
    bool Int(int value) { return writer.integer(value), true; }
    bool Uint(unsigned value) { return writer.integer(value), true; }
    bool Int64(std::int64_t value) { return writer.integer(value), true; }
    bool Uint64(std::uint64_t value) {
        writer.output_->before_value();
        writer.output_->emit([value](auto& target) { target.Uint64(value); });
        return true;
    }
    bool Double(double value) { return writer.number(value), true; }
    bool RawNumber(const char* text, Length length, bool) { return writer.string({text, length}), true; }
    bool String(const char* text, Length length, bool) { return writer.string({text, length}), true; }
    bool Key(const char* text, Length length, bool) { return writer.key({text, length}), true; }
    bool StartObject() { return writer.begin_object(), true; }
    bool EndObject(Length) { return writer.end_object(), true; }
    bool StartArray() { return writer.begin_array(), true; }
    bool EndArray(Length) { return writer.end_array(), true; }
};

Writer::Writer(Layout layout) : output_(std::make_unique<Output>(layout)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() = default;

Writer& Writer::begin_object() {
    output_->before_value();
    output_->open.push_back(Output::Open::object_before_name);
    output_->emit([](auto& writer) { writer.StartObject(); });
    return *this;
}

Writer& Writer::end_object() {
    output_->before_end(Output::Open::object_before_name);
    output_->emit([](auto& writer) { writer.EndObject(); });
    return *this;
}

Writer& Writer::begin_array() {
    output_->before_value();
    output_->open.push_back(Output::Open::array);
    output_->emit([](auto& writer) { writer.StartArray(); });
    return *this;
}

Writer& Writer::end_array() {
    output_->before_end(Output::Open::array);
    output_->emit([](auto& writer) { writer.EndArray(); });
    return *this;
}

Writer& Writer::key(std::string_view name) {
    output_->before_name();
    if (!output_->is_pretty && is_plain(name)) return output_->compact.PlainString(name), *this;
    const std::string repaired = is_utf8(name) ? std::string() : repair_utf8(name);
    const std::string_view clean = repaired.empty() ? name : repaired;
    output_->emit([clean](auto& writer) { writer.Key(begin_of(clean), length_of(clean)); });
    return *this;
}

Writer& Writer::string(std::string_view text) {
    output_->before_value();
    if (!output_->is_pretty && is_plain(text)) return output_->compact.PlainString(text), *this;
    const std::string repaired = is_utf8(text) ? std::string() : repair_utf8(text);
    const std::string_view clean = repaired.empty() ? text : repaired;
    output_->emit([clean](auto& writer) { writer.String(begin_of(clean), length_of(clean)); });
    return *this;
}

Writer& Writer::number(double value) {
    if (!std::isfinite(value)) throw std::logic_error("JSON writer: JSON has no infinity and no NaN");
    output_->before_value();
    std::array<char, 64> buffer{};
    const std::string_view digits = format_number(value, buffer);
    output_->emit([digits](auto& writer) { writer.RawValue(digits.data(), digits.size(), rapidjson::kNumberType); });
    return *this;
}

Writer& Writer::integer(std::int64_t value) {
    output_->before_value();
    output_->emit([value](auto& writer) { writer.Int64(value); });
    return *this;
}

Writer& Writer::boolean(bool value) {
    output_->before_value();
    output_->emit([value](auto& writer) { writer.Bool(value); });
    return *this;
}

Writer& Writer::null_value() {
    output_->before_value();
    output_->emit([](auto& writer) { writer.Null(); });
    return *this;
}

Writer& Writer::value(Value parsed) {
    if (!parsed.exists()) return null_value();
    Replay replay{*this};
    static_cast<const Node*>(parsed.node_)->Accept(replay);
    return *this;
}

Writer& Writer::verbatim(std::string_view json) {
    if (json.empty()) throw std::logic_error("JSON writer: an empty text is no value");
    output_->before_value();
    if (output_->is_pretty) {
        output_->pretty.RawValue(json.data(), json.size(), rapidjson::kObjectType);
    } else {
        output_->compact.Verbatim(json);
    }
    return *this;
}

std::string Writer::take() {
    if (!output_->has_root || !output_->open.empty()) throw std::logic_error("JSON writer: the text is not complete");
    std::string text(output_->buffer.GetString(), output_->buffer.GetSize());
    output_->buffer.Clear();
    output_->emit([this](auto& writer) { writer.Reset(output_->buffer); });
    output_->has_root = false;
    return text;
}

}  // namespace rectal_cds::json
