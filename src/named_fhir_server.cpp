#include "named_fhir_server.hpp"

#include <utility>

namespace rectal_cds {

using base::ErrorKind;

namespace {

std::vector<auth::IpRange> ranges_of(const auth::Url& url, const std::vector<std::string>& given,
                                     std::vector<base::Error>& errors) {
    std::vector<std::string> texts = given;
    if (url.is_loopback()) texts.insert(texts.end(), {"127.0.0.0/8", "::1"});
    std::vector<auth::IpRange> ranges;
    for (const std::string& text : texts) {
        auto range = auth::parse_range(text);
        if (range) ranges.push_back(range.value());
        if (!range) errors.push_back({ErrorKind::invalid, "--fhir-address-range " + text, range.error().what});
    }
    if (!url.has_ip_address() || auth::may_connect(url.host, ranges)) return ranges;
    if (auto own = auth::parse_range(url.host)) ranges.push_back(own.value());
    if (!auth::may_connect(url.host, ranges))
        errors.push_back({ErrorKind::invalid, "--fhir-server", "This address is never connected to."});
    return ranges;
}

}  // namespace

std::optional<NamedFhirServer> named_fhir_server(const std::string& url, const std::vector<std::string>& ranges,
                                                 std::vector<base::Error>& errors) {
    auto base = auth::parse_base_url(url);
    if (!base) {
        errors.push_back({ErrorKind::invalid, "--fhir-server", base.error().what});
        return std::nullopt;
    }
    if (!auth::is_confidential(base.value().url)) {
        errors.push_back({ErrorKind::invalid, "--fhir-server", "https is expected, or http on loopback."});
        return std::nullopt;
    }
    auto allowed = ranges_of(base.value().url, ranges, errors);
    return NamedFhirServer{std::move(base).value(), std::move(allowed)};
}

}  // namespace rectal_cds
