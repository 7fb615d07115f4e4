#include "json/document.hpp"

#include "json/memory.hpp"

namespace rectal_cds::json {

namespace {

const Node* as_node(const void* node) { return static_cast<const Node*>(node); }

std::string_view text_of(const Node& node) { return {node.GetString(), node.GetStringLength()}; }

// Nearly all names that differ do so in length or in the first letter, which is seen without a call.
bool is_same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && (a.empty() || (a.front() == b.front() && a == b));
}

}  // namespace

bool Value::is_object() const { return exists() && as_node(node_)->IsObject(); }
bool Value::is_array() const { return exists() && as_node(node_)->IsArray(); }
bool Value::is_string() const { return exists() && as_node(node_)->IsString(); }
bool Value::is_number() const { return exists() && as_node(node_)->IsNumber(); }
bool Value::is_boolean() const { return exists() && as_node(node_)->IsBool(); }
bool Value::is_null() const { return exists() && as_node(node_)->IsNull(); }

std::string_view Value::text() const { return is_string() ? text_of(*as_node(node_)) : std::string_view(); }

std::optional<double> Value::number() const {
    if (!is_number()) return std::nullopt;
    return as_node(node_)->GetDouble();
}

std::optional<std::int64_t> Value::integer() const {
    if (!exists() || !as_node(node_)->IsInt64()) return std::nullopt;
    return as_node(node_)->GetInt64();
}

std::optional<bool> Value::boolean() const {
    if (!is_boolean()) return std::nullopt;
    return as_node(node_)->GetBool();
}

Value Value::operator[](std::string_view member) const {
    if (!is_object()) return {};
    for (const auto& candidate : as_node(node_)->GetObject()) {
        if (is_same(text_of(candidate.name), member)) return Value(&candidate.value);
    }
    return {};
}

std::size_t Value::size() const {
    if (is_array()) return as_node(node_)->Size();
    return is_object() ? as_node(node_)->MemberCount() : 0;
}

Value Value::at(std::size_t index) const {
    if (!is_array() || index >= size()) return {};
    return Value(&(*as_node(node_))[static_cast<rapidjson::SizeType>(index)]);
}

Elements Value::elements() const { return Elements(*this); }
Members Value::members() const { return Members(*this); }

Member Members::at(Value object, std::size_t index) {
    const auto member = as_node(object.node_)->MemberBegin() + static_cast<std::ptrdiff_t>(index);
    return {text_of(member->name), Value(&member->value)};
}

}  // namespace rectal_cds::json
