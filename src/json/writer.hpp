// The one safe way to write JSON: events in, valid UTF-8 text out.
//
// Numbers come out in the shortest form that reads back to the same double (85, 7.5, 0.1), without an exponent between
// 1e-7 and 1e15. Text that is not UTF-8 is repaired with U+FFFD, so a badly cut string cannot spoil the whole answer.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include "json/document.hpp"

namespace rectal_cds::json {

template <class T>
concept Text = std::convertible_to<T, std::string_view>;
template <class T>
concept WholeNumber = std::integral<T> && !std::same_as<T, bool>;

// Calls that make no JSON (a member name in an array, an end without its begin, a number that is not finite) throw
// std::logic_error: they are faults of the program, never of its input.
class Writer {
public:
    enum class Layout { compact, pretty };  // pretty: one member or element a line, two spaces a level

    explicit Writer(Layout layout = Layout::compact);
    Writer(Writer&&) noexcept;
    Writer& operator=(Writer&&) noexcept;
    ~Writer();

    Writer& begin_object();
    Writer& end_object();
    Writer& begin_array();
    Writer& end_array();
    Writer& key(std::string_view name);

    Writer& string(std::string_view text);
    Writer& number(double value);
    Writer& integer(std::int64_t value);
    Writer& boolean(bool value);
    Writer& null_value();
    Writer& value(Value parsed);  // copies a node with all below it; a missing Value is written as null
    // Text that is one JSON value already, as another Writer gave it out: it is copied as it is.
    Writer& verbatim(std::string_view json);

    // One member of the object that is open.
    Writer& member(std::string_view name, const Text auto& text) { return key(name).string(text); }
    Writer& member(std::string_view name, WholeNumber auto whole) {
        return key(name).integer(static_cast<std::int64_t>(whole));
    }
    Writer& member(std::string_view name, std::floating_point auto real) { return key(name).number(real); }
    Writer& member(std::string_view name, std::same_as<bool> auto truth) { return key(name).boolean(truth); }
    Writer& member(std::string_view name, Value parsed) { return key(name).value(parsed); }

    // The text, once every object and array has been closed. The Writer is empty afterwards and may be used again.
    std::string take();

private:
    struct Output;
    struct Replay;
    std::unique_ptr<Output> output_;
};

}  // namespace rectal_cds::json
