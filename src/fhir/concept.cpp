#include "fhir/concept.hpp"

namespace rectal_cds::fhir {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    if (text.empty() || (!is_blank(text.front()) && !is_blank(text.back()))) return text;
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

Concept read_concept(const CodeBook& book, json::Value codeable) {
    Concept result;
    Membership all;
    std::string_view display, code;
    const auto add = [&](json::Value coding) {
        const std::string_view this_code = trimmed(coding["code"].text());
        if (this_code.empty()) return;
        const std::string_view system = trimmed(coding["system"].text());
        const Membership membership = book.look_up(system, this_code);
        result.readable =
            result.readable || membership.included.any() || membership.excluded.any() || book.reads(system, this_code);
        result.siblings |= book.siblings(system, this_code);
        all.included |= membership.included;
        all.excluded |= membership.excluded;
        if (code.empty()) code = this_code;
        if (display.empty()) display = trimmed(coding["display"].text());
    };
    if (codeable["coding"].exists()) {
        for (const json::Value coding : codeable["coding"].elements()) add(coding);
    } else {
        add(codeable);
    }
    result.sets = all.included & ~all.excluded;
    result.excluded = all.excluded;
    result.coded = !code.empty();
    result.text = trimmed(codeable["text"].text());
    result.shown = !result.text.empty() ? result.text : !display.empty() ? display : code;
    return result;
}

Members set_of(std::initializer_list<ValueSet> sets) {
    Members members;
    for (const ValueSet set : sets) members.set(static_cast<std::size_t>(set));
    return members;
}

}  // namespace rectal_cds::fhir
