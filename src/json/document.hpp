// The one safe way to read JSON (RFC 8259): a Document owns the text and its tree, a Value looks at one node of it.
// Invariants of a parsed Document: valid UTF-8 without U+0000, no member name twice in one object, not deeper,
// larger or wider than its Limits. So code that walks a Document may recurse and may take "the" member of a name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace rectal_cds::json {

struct Limits {
    std::size_t max_bytes = 4u * 1024 * 1024;  // a text above it: ErrorKind::too_large; any other limit: malformed
    int max_depth = 64;                        // open objects and arrays at one time; the root counts as 1
    std::size_t max_members = 10'000;          // of one object
    std::size_t max_values = 500'000;          // objects, arrays and scalars of the whole text: 16 bytes of tree each
};

class Elements;
class Members;

// A view, one pointer wide: copy it freely, use it only while its Document lives.
// A missing member is a Value too: exists() is false and every accessor answers empty, so look-ups can be chained.
class Value {
public:
    Value() = default;

    bool exists() const { return node_ != nullptr; }
    bool is_object() const;
    bool is_array() const;
    bool is_string() const;
    bool is_number() const;
    bool is_boolean() const;
    bool is_null() const;

    std::string_view text() const;                // "" unless a string
    std::optional<double> number() const;         // any number, finite
    std::optional<std::int64_t> integer() const;  // only a number written as an integer and within 64 bits
    std::optional<bool> boolean() const;

    Value operator[](std::string_view member) const;  // linear in the members of the object
    std::size_t size() const;                         // elements of an array or members of an object, otherwise 0
    Value at(std::size_t index) const;                // element of an array; missing when out of range
    Elements elements() const;                        // empty unless an array
    Members members() const;                          // empty unless an object; in the order of the text

private:
    friend class Document;
    friend class Members;
    friend class Writer;
    explicit Value(const void* node) : node_(node) {}
    const void* node_ = nullptr;
};

struct Member {
    std::string_view name;
    Value value;
};

class Elements {
public:
    struct Iterator {
        Value array;
        std::size_t index = 0;
        Value operator*() const { return array.at(index); }
        Iterator& operator++() { return ++index, *this; }
        bool operator!=(const Iterator& other) const { return index != other.index; }
    };
    explicit Elements(Value array) : array_(array) {}
    Iterator begin() const { return {array_, 0}; }
    Iterator end() const { return {array_, array_.is_array() ? array_.size() : 0}; }

private:
    Value array_;
};

class Members {
public:
    struct Iterator {
        Value object;
        std::size_t index = 0;
        Member operator*() const { return Members::at(object, index); }
        Iterator& operator++() { return ++index, *this; }
        bool operator!=(const Iterator& other) const { return index != other.index; }
    };
    explicit Members(Value object) : object_(object) {}
    Iterator begin() const { return {object_, 0}; }
    Iterator end() const { return {object_, object_.is_object() ? object_.size() : 0}; }

private:
    static Member at(Value object, std::size_t index);
    Value object_;
};

class Document {
public:
    // Takes the text over and parses it in place. An Error names the place as a path (`prefetch.labs.entry[3]`) where
    // one is known, otherwise as `byte N`; it never holds content of the text, only member names of plain letters.
    static base::Result<Document> parse(std::string bytes, const Limits& limits = {});

    Document(Document&& other) noexcept;
    Document& operator=(Document&& other) noexcept;
    ~Document();
    Value root() const;  // missing after the Document was moved from

    void erase(Value text);  // overwrites a string with zeros, for secrets; its text() is then ""

private:
    struct Storage;
    class SpareStorage;
    explicit Document(std::unique_ptr<Storage> storage);
    std::unique_ptr<Storage> storage_;
};

}  // namespace rectal_cds::json
