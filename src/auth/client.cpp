#include "auth/client.hpp"

#include <algorithm>

namespace rectal_cds::auth {

const BaseUrl* Client::fhir_server(std::string_view named) const {
    const auto found = std::find_if(fhir_servers.begin(), fhir_servers.end(),
                                    [&](const BaseUrl& known) { return is_same_base(known, named); });
    return found == fhir_servers.end() ? nullptr : &*found;
}

std::string normalised_audience(std::string_view audience) {
    std::string text(audience);
    if (text.ends_with('/')) text.pop_back();
    const auto remove_port = [&](std::string_view scheme, std::string_view port) {
        if (!text.starts_with(scheme)) return;
        const auto end = std::min(text.find('/', scheme.size()), text.size());
        const auto host_and_port = std::string_view(text).substr(scheme.size(), end - scheme.size());
        if (host_and_port.ends_with(port)) text.erase(end - port.size(), port.size());
    };
    remove_port("https://", ":443");
    remove_port("http://", ":80");
    return text;
}

}  // namespace rectal_cds::auth
