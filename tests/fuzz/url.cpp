// URLs that others send: what is accepted reads back as itself, and a base covers nothing outside its origin.
#include "auth/address_policy.hpp"
#include "auth/fhir_base_url.hpp"
#include "fuzz/target.hpp"
#include "http/listen_address.hpp"

using namespace rectal_cds;

RECTAL_CDS_FUZZ_TARGET(url) {
    const auto url = auth::parse_url(input);
    if (url.ok()) {
        const auto again = auth::parse_url(url.value().text());
        fuzz::require(again.ok() && again.value() == url.value(), "an accepted URL reads back as itself");
        for (const char c : url.value().text()) fuzz::require(c > ' ' && c < 0x7f, "an accepted URL is plain ASCII");
    }
    const auto base = auth::parse_base_url("https://ehr.example/fhir/r4");
    if (auth::covers(base.value(), input)) {
        fuzz::require(url.ok() && url.value().host == "ehr.example" && url.value().scheme == "https" &&
                          url.value().port == 443,
                      "a covered URL is of the same origin");
        fuzz::require(url.value().path.substr(0, 8) == "/fhir/r4", "a covered URL lies below the base");
        const std::string path = url.value().path + "/";
        const bool climbs = path.find("/../") != std::string::npos || path.find("/./") != std::string::npos;
        fuzz::require(!climbs && path.find("%2e") == std::string::npos, "a covered URL does not climb");
    }
    if (const auto own = auth::parse_base_url(input); own.ok())
        fuzz::require(auth::covers(own.value(), own.value().url.text()), "a base covers itself");
    (void)http::parse_listen_address(input);
}
