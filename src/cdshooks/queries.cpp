#include "cdshooks/queries.hpp"

#include <algorithm>

#include "cdshooks/input_pages.hpp"
#include "cdshooks/prefetch.hpp"

namespace rectal_cds::cdshooks {

using domain::Input;

namespace {

constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The percent-encoded value of one token, "" when the call has none.
std::string value_of(std::string_view token, const Request& request) {
    const std::string_view user = request.user_id, type = request.user_type();
    const std::string_view id = user.substr(std::min(user.size(), type.size() + 1));
    if (token == "context.patientId") return percent_encoded(request.patient_id);
    if (token == "context.encounterId") return percent_encoded(request.encounter_id);
    if (token == "context.userId") return std::string(type) + '/' + percent_encoded(id);
    for (const std::string_view wanted : {"Practitioner", "PractitionerRole", "Patient", "RelatedPerson"}) {
        if (token == "user" + std::string(wanted) + "Id" && type == wanted) return percent_encoded(id);
    }
    return {};
}

}  // namespace

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        if (unreserved.find(c) != std::string_view::npos) {
            result += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        result += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return result;
}

std::optional<std::string> filled_in(std::string_view prefetch_template, const Request& request) {
    std::string result;
    for (;;) {
        const auto open = prefetch_template.find("{{");
        result += prefetch_template.substr(0, open);
        if (open == std::string_view::npos) return result;
        const auto close = prefetch_template.find("}}", open);
        if (close == std::string_view::npos) return std::nullopt;
        const std::string value = value_of(trimmed(prefetch_template.substr(open + 2, close - open - 2)), request);
        if (value.empty()) return std::nullopt;
        result += value;
        prefetch_template.remove_prefix(close + 2);
    }
}

std::vector<Query> open_queries(const Request& request, const fhir::Service& service) {
    std::vector<Query> queries;
    for (const auto& [key, prefetch_template] : service.prefetch) {
        const auto input = input_of(key);
        if (!input) continue;
        const json::Value delivered = request.prefetch[key];
        if (is_open(delivered, *input)) {
            if (auto target = filled_in(prefetch_template, request)) queries.push_back({key, std::move(*target)});
        } else if (delivered["resourceType"].text() == "Bundle") {
            if (const auto url = next_page(delivered); !url.empty()) queries.push_back({key, std::string(url)});
        }
    }
    return queries;
}

}  // namespace rectal_cds::cdshooks
