#include "fhir/code_book.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "fhir/code_spelling.hpp"

namespace rectal_cds::fhir {

using base::Error;
using base::ErrorKind;
using code_system::icd_10;

namespace {

// "C20" of "<system>|C200".
std::string category_of(const std::string& icd_key) { return icd_key.substr(icd_10.size() + 1, 3); }

}  // namespace

std::optional<ValueSet> set_named(std::string_view id) {
    for (std::size_t i = 0; i < value_set_count; ++i) {
        const auto set = static_cast<ValueSet>(i);
        if (id == id_of(set)) return set;
    }
    return std::nullopt;
}

const char* id_of(ValueSet set) {
#define RECTAL_CDS_ID(identifier, id) id,
    static constexpr std::array<const char*, value_set_count> ids{RECTAL_CDS_VALUE_SETS(RECTAL_CDS_ID)};
#undef RECTAL_CDS_ID
    return ids[static_cast<std::size_t>(set)];
}

std::string CodeBook::key(std::string_view system, std::string_view code) {
    const std::string_view canonical = canonical_system(system);
    const std::string spelt = canonical_code(canonical, code);
    std::string text;
    text.reserve(canonical.size() + 1 + spelt.size());
    return text.append(canonical).append(1, '|').append(spelt);
}

Membership CodeBook::look_up(std::string_view system, std::string_view code) const {
    Membership result;
    if (code.empty()) return result;
    const std::string full = key(system, code);
    if (const auto found = by_code_.find(full); found != by_code_.end()) result = found->second;
    if (full.compare(0, icd_10.size(), icd_10) != 0) return result;
    for (std::string category = full.substr(icd_10.size() + 1); category.size() >= 3; category.pop_back()) {
        const auto found = by_icd_category_.find(category);
        if (found == by_icd_category_.end()) continue;
        result.included |= found->second.included;
        result.excluded |= found->second.excluded;
    }
    return result;
}

bool CodeBook::uses(std::string_view system) const {
    return std::find(systems_.begin(), systems_.end(), canonical_system(system)) != systems_.end();
}

bool CodeBook::reads(std::string_view system, std::string_view code) const {
    if (!uses(system)) return false;
    if (canonical_system(system) != icd_10) return true;
    const std::string full = key(system, code), category = key(system, category_of(full));
    const bool is_code = std::all_of(full.begin() + static_cast<std::ptrdiff_t>(icd_10.size()) + 1, full.end(),
                                     [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; });
    return is_code && code.find(' ') == std::string_view::npos && (full == category || by_code_.count(category) == 0);
}

Members CodeBook::siblings(std::string_view system, std::string_view code) const {
    if (canonical_system(system) != icd_10 || code.empty()) return {};
    const auto found = icd_siblings_.find(category_of(key(system, code)));
    return found == icd_siblings_.end() ? Members() : found->second;
}

Membership CodeBook::add(std::string_view system, std::string_view code, const Membership& membership) {
    Membership& known = by_code_[key(system, code)];
    known.included |= membership.included;
    known.excluded |= membership.excluded;
    return look_up(system, code);
}

void CodeBook::read_part(const std::string& path, const std::string& where, json::Value parts, ValueSet set,
                         bool include, std::vector<Error>& errors) {
    const auto mark = [&](Membership& membership) {
        (include ? membership.included : membership.excluded).set(static_cast<std::size_t>(set));
    };
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const json::Value part = parts.at(i);
        const std::string place = path + ": " + where + "[" + std::to_string(i) + "]";
        const std::string_view system = part["system"].text();
        if (system.empty()) errors.push_back({ErrorKind::invalid, place + ".system", "A code system URI is expected."});
        if (include && !uses(system)) systems_.emplace_back(canonical_system(system));
        for (const json::Value concept_value : part["concept"].elements()) {
            const std::string_view code = concept_value["code"].text();
            if (code.empty())
                errors.push_back({ErrorKind::invalid, place + ".concept.code", "A code is expected."});
            else
                mark(by_code_[key(system, code)]);
            if (include && canonical_system(system) == icd_10 && !code.empty())
                icd_siblings_[category_of(key(system, code))].set(static_cast<std::size_t>(set));
        }
        for (const json::Value filter : part["filter"].elements()) {
            if (filter["op"].text() != "is-a" || canonical_system(system) != icd_10 || filter["value"].text().empty()) {
                errors.push_back(
                    {ErrorKind::invalid, place + ".filter", "Only is-a filters on ICD-10 categories are read."});
                continue;
            }
            mark(by_icd_category_[canonical_code(icd_10, filter["value"].text())]);
            if (include)
                icd_siblings_[category_of(key(system, filter["value"].text()))].set(static_cast<std::size_t>(set));
        }
    }
}

void CodeBook::read_set(const KnowledgeFile& file, std::vector<Error>& errors, Members& seen) {
    auto parsed = json::Document::parse(file.text);
    if (!parsed) {
        errors.push_back({ErrorKind::malformed, file.path + ": " + parsed.error().where, parsed.error().what});
        return;
    }
    const json::Value root = parsed.value().root();
    const auto set = set_named(root["id"].text());
    if (root["resourceType"].text() != "ValueSet" || !set) {
        errors.push_back(
            {ErrorKind::invalid, file.path + ": id", "A ValueSet that the reader asks about is expected."});
        return;
    }
    if (seen.test(static_cast<std::size_t>(*set))) {
        errors.push_back({ErrorKind::invalid, file.path + ": id", "The ValueSet is defined twice."});
    }
    seen.set(static_cast<std::size_t>(*set));
    const json::Value compose = root["compose"];
    if (compose["include"].size() == 0) {
        errors.push_back({ErrorKind::invalid, file.path + ": compose.include", "At least one code is expected."});
    }
    read_part(file.path, "compose.include", compose["include"], *set, true, errors);
    read_part(file.path, "compose.exclude", compose["exclude"], *set, false, errors);
}

CodeBook CodeBook::read(const std::vector<KnowledgeFile>& files, std::vector<Error>& errors) {
    CodeBook book;
    Members seen;
    for (const KnowledgeFile& file : files) book.read_set(file, errors, seen);
    for (std::size_t i = 0; i < value_set_count; ++i) {
        if (seen.test(i)) continue;
        const std::string id = id_of(static_cast<ValueSet>(i));
        errors.push_back({ErrorKind::not_found, "valuesets/" + id + ".json", "The ValueSet is missing."});
    }
    return book;
}

}  // namespace rectal_cds::fhir
