#include "fhir/knowledge_shape.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/date.hpp"
#include "fhir/element.hpp"
#include "fhir/knowledge.hpp"
#include "fhir/knowledge_file.hpp"
#include "fhir/knowledge_names.hpp"

namespace rectal_cds::fhir {

namespace {

std::string quoted(std::string_view word) { return "'" + std::string(word) + "'"; }

std::string expectation(const Member& member) {
    if (member.words.size() == 1) return quoted(member.words[0]) + " is expected.";
    if (!member.words.empty()) {
        std::string sentence = "One of ";
        for (const std::string& word : member.words) sentence += (&word == &member.words[0] ? "" : ", ") + quoted(word);
        return sentence + " is expected.";
    }
    switch (member.kind) {
    case Kind::date: return "A day of the calendar, YYYY-MM-DD, is expected.";
    case Kind::boolean: return "true or false is expected.";
    case Kind::whole: return "A whole number above 0 is expected.";
    case Kind::number: return "A number above 0 is expected.";
    case Kind::object: return "An object is expected.";
    case Kind::list:
    case Kind::texts: return "A list with at least one entry is expected.";
    case Kind::text: break;
    }
    return "A text is expected.";
}

bool is_text(json::Value value, const std::vector<std::string>& words) {
    const std::string_view text = value.text();
    const auto is_blank = [](unsigned char c) { return std::isspace(c) != 0; };
    if (std::all_of(text.begin(), text.end(), is_blank)) return false;
    return words.empty() || std::find(words.begin(), words.end(), text) != words.end();
}

bool is_of_kind(json::Value value, const Member& member) {
    switch (member.kind) {
    case Kind::text: return is_text(value, member.words);
    case Kind::date: return base::parse_day(value.text()).has_value();
    case Kind::boolean: return value.is_boolean();
    case Kind::whole: return value.integer().value_or(0) > 0;
    case Kind::number: return value.number().value_or(0) > 0;
    case Kind::object: return value.is_object();
    case Kind::list:
    case Kind::texts: break;
    }
    return value.is_array() && value.size() > 0;
}

// A name that stands where it should not, or does not stand where it should.
struct Stray {
    std::string name;   // to tell what was meant
    std::string shown;  // as written in the file
    std::string place;
    std::string what = {};  // of a missing one: the sentence
};

// A stray name takes one missing name with it: the one it is near to; of extensions, which are few, without url or
// with a url like none of them, any.
void report(const char* kind, const std::vector<Stray>& surplus, std::vector<Stray> missing, bool takes_any,
            Faults& faults) {
    for (const Stray& item : surplus) {
        std::vector<std::string> names;
        names.reserve(missing.size());
        for (const Stray& candidate : missing) names.push_back(candidate.name);
        auto meant = nearest(item.name, names);
        if (!meant && takes_any && !names.empty()) meant = 0;
        std::string sentence = std::string("The ") + kind + ' ' + quoted(item.shown) + " is not expected here";
        sentence += meant ? "; " + quoted(missing[*meant].shown) + " is missing." : ".";
        faults.add(item.place, std::move(sentence));
        if (meant) missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(*meant));
    }
    for (Stray& item : missing) faults.add(item.place, std::move(item.what));
}

enum class Level : unsigned char { top, inside_extension };

void check_object(json::Value value, const Shape& shape, const std::string& where, Level level, Faults& faults);

// An extension is an object of its url and its value or parts.
void check_extension(json::Value value, const Extension& expected, const std::string& where, Faults& faults) {
    Shape shape{{{"url"}}, expected.parts};
    if (expected.parts.empty()) shape.members.push_back(expected.value);
    check_object(value, shape, where, Level::inside_extension, faults);
}

std::string url_of(const Extension& extension, Level level) {
    return level == Level::top ? structure_url(extension.name) : extension.name;
}

void report_no_extensions(const std::vector<Extension>& expected, const std::string& where, Faults& faults) {
    std::string names;
    for (const Extension& extension : expected) {
        if (extension.required) names += (names.empty() ? "" : ", ") + quoted(extension.name);
    }
    if (names.empty()) return;
    const bool several = names.find(',') != std::string::npos;
    faults.add(where,
               several ? "The extensions " + names + " are missing." : "The extension " + names + " is missing.");
}

void check_extensions(json::Value list, const std::vector<Extension>& expected, const std::string& where, Level level,
                      Faults& faults) {
    if (!list.exists()) return report_no_extensions(expected, where, faults);
    if (list.size() == 0) return faults.add(where, "A list with at least one extension is expected.");
    std::vector<std::size_t> times(expected.size(), 0);
    std::vector<Stray> surplus, missing;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string place = element_place(where, i), url(list.at(i)["url"].text());
        const auto has_url = [&](const Extension& e) { return url == url_of(e, level); };
        const auto found = std::find_if(expected.begin(), expected.end(), has_url);
        if (found == expected.end()) {
            surplus.push_back({url.substr(url.rfind('/') + 1), url, member_place(place, "url")});
            continue;
        }
        check_extension(list.at(i), *found, place, faults);
        if (++times[static_cast<std::size_t>(found - expected.begin())] > 1 && !found->repeats) {
            faults.add(member_place(place, "url"), "The extension " + quoted(found->name) + " is expected only once.");
        }
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (times[i] > 0 || !expected[i].required) continue;
        missing.push_back({expected[i].name, url_of(expected[i], level), where,
                           "The extension " + quoted(expected[i].name) + " is missing."});
    }
    report("extension", surplus, std::move(missing), true, faults);
}

void check_member(json::Value value, const Member& member, const std::string& where, Faults& faults) {
    if (!is_of_kind(value, member)) return faults.add(where, expectation(member));
    if (member.kind == Kind::object) return check_object(value, *member.shape, where, Level::top, faults);
    const Member element{"", member.kind == Kind::texts ? Kind::text : Kind::object, true, member.shape, member.words};
    for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        check_member(value.at(i), element, element_place(where, i), faults);
    }
}

void check_object(json::Value value, const Shape& shape, const std::string& where, Level level, Faults& faults) {
    const auto expects = [&](std::string_view name) {
        const auto is_it = [&](const Member& member) { return member.name == name; };
        if (name == "extension" && !shape.extensions.empty()) return true;
        return std::any_of(shape.members.begin(), shape.members.end(), is_it);
    };
    std::vector<Stray> surplus, missing;
    for (const auto& [name, unused] : value.members()) {
        if (!expects(name)) surplus.push_back({std::string(name), std::string(name), member_place(where, name)});
    }
    for (const Member& member : shape.members) {
        const json::Value found = value[member.name];
        const std::string place = member_place(where, member.name);
        const std::string what = "This member is missing. " + expectation(member);
        if (found.exists())
            check_member(found, member, place, faults);
        else if (member.required)
            missing.push_back({member.name, member.name, place, what});
    }
    report("member", surplus, std::move(missing), false, faults);
    if (!shape.extensions.empty()) {
        check_extensions(value["extension"], shape.extensions, member_place(where, "extension"), level, faults);
    }
}

}  // namespace

bool check_shape(json::Value root, const Shape& shape, Faults& faults) {
    const std::size_t before = faults.count();
    if (root.is_object())
        check_object(root, shape, "", Level::top, faults);
    else
        faults.add("", "A JSON object is expected.");
    return faults.count() == before;
}

std::string member_place(std::string_view parent, std::string_view name) {
    return parent.empty() ? std::string(name) : std::string(parent) + '.' + std::string(name);
}

std::string element_place(std::string_view array, std::size_t index) {
    return std::string(array) + '[' + std::to_string(index) + ']';
}

std::string structure_url(std::string_view extension_name) {
    return std::string(canonical_base) + "/StructureDefinition/" + std::string(extension_name);
}

json::Value find_extension(json::Value element, std::string_view extension_name) {
    return extension(element, structure_url(extension_name));
}

std::string extension_place(json::Value element, const std::string& place, std::string_view url,
                            std::string_view value) {
    const json::Value list = element["extension"];
    std::size_t i = 0;
    while (i < list.size() && list.at(i)["url"].text() != url) ++i;
    return member_place(element_place(member_place(place, "extension"), i), value);
}

}  // namespace rectal_cds::fhir
