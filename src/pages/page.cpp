#include "pages/page.hpp"

#include <array>
#include <stdexcept>
#include <utility>

#include "cdshooks/governance.hpp"
#include "pages/assets.hpp"

namespace rectal_cds::pages {

namespace {

constexpr std::array<std::pair<const char*, const char*>, 5> navigation{{{"", "Home"},
                                                                         {"recommendations", "Recommendations"},
                                                                         {"simulator", "Simulator"},
                                                                         {"feedback", "Feedback"},
                                                                         {"about", "About"}}};

int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string decoded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_escape = text[i] == '%' && i + 2 < text.size();
        const int high = is_escape ? hexadecimal(text[i + 1]) : -1, low = is_escape ? hexadecimal(text[i + 2]) : -1;
        if (high >= 0 && low >= 0) {
            result += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            result += text[i] == '+' ? ' ' : text[i];
        }
    }
    return result;
}

}  // namespace

Values flag(bool value) { return Values{value ? Values::type::bool_true : Values::type::bool_false}; }

Values list_of(const std::vector<std::string>& texts, const char* member) {
    Values list{Values::type::list};
    for (const std::string& text : texts) {
        Values item;
        item[member] = text;
        list << item;
    }
    return list;
}

std::string filled(std::string_view template_name, const Values& values) {
    const Asset* asset = find_asset(template_name);
    if (!asset) throw std::logic_error("no such template: " + std::string(template_name));
    kainjow::mustache::mustache compiled{std::string(asset->bytes)};
    if (!compiled.is_valid()) throw std::logic_error(std::string(template_name) + ": " + compiled.error_message());
    return compiled.render(values);
}

std::string escaped(const std::string& text) { return kainjow::mustache::html_escape<std::string>(text); }

std::string in_frame(const View& view, const Page& page) {
    const fhir::Knowledge& knowledge = view.content.knowledge;
    Values values;
    values["base"] = view.settings.base_path;
    values["title"] = page.title;
    values["body"] = page.body;
    values["style"] = address_of("style.css");
    values["script"] = address_of("pages.js");
    values["icon"] = address_of("icon.svg");
    values["content"] = cdshooks::content_description(knowledge);
    values["program"] = view.settings.program_version;
    values["isApproved"] = flag(cdshooks::review_step(knowledge) == "approved");
    values["reviewStatus"] = cdshooks::review_status(knowledge);
    values["isSandbox"] = flag(view.settings.is_sandbox);
    Values links{Values::type::list};
    for (const auto& [place, label] : navigation) {
        const std::string_view name(place);
        if (name == "simulator" && !view.settings.has_simulator) continue;
        if (name == "feedback" && !view.settings.has_feedback) continue;
        Values link;
        link["address"] = view.settings.base_path + "/" + place;
        link["label"] = std::string(label);
        link["isHere"] = flag(page.place == place);
        links << link;
    }
    values["navigation"] = std::move(links);
    return filled("frame.mustache", values);
}

std::string parameter(const http::Request& request, std::string_view name) {
    std::string_view rest = request.query;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const std::string_view pair = rest.substr(0, end);
        const auto equals = std::min(pair.find('='), pair.size());
        if (decoded(pair.substr(0, equals)) == name) return decoded(pair.substr(std::min(equals + 1, pair.size())));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
}

}  // namespace rectal_cds::pages
