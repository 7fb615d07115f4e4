// GET /cds-services in every version, with one shared id and with the deprecated hooks (conformance-cases.md D01-D09,
// D12).
#include "cdshooks/discovery.hpp"

#include <boost/test/unit_test.hpp>

#include <regex>
#include <set>

#include "cdshooks/request.hpp"
#include "cdshooks/wording_calls.hpp"
#include "support/real_knowledge.hpp"
#include "support/wire_form.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using cdshooks::DiscoveryForm;
using cdshooks::WireVersion;

namespace {

const WireVersion versions[] = {WireVersion::v1_0, WireVersion::v1_1, WireVersion::v2_0, WireVersion::v3_0_ballot};

DiscoveryForm form(WireVersion version) {
    DiscoveryForm made;
    made.version = version;
    return made;
}

json::Document document(const DiscoveryForm& of) { return parsed(cdshooks::discovery(real_knowledge(), of).body); }

std::multiset<std::string> hooks(const json::Document& discovery) {
    std::multiset<std::string> found;
    for (const json::Value service : discovery.root()["services"].elements()) found.emplace(service["hook"].text());
    return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(discovery)

BOOST_AUTO_TEST_CASE(D01_D02_D03_D05_D12_has_the_members_of_its_version_and_no_others) {
    for (const WireVersion version : versions) {
        const json::Document found = document(form(version));
        for (const std::string& breach : discovery_breaches(found.root(), version))
            BOOST_ERROR(cdshooks::name(version) << ": " << breach);
        BOOST_TEST((hooks(found) == std::multiset<std::string>{"patient-view", "order-select", "order-sign"}));
    }
}

BOOST_AUTO_TEST_CASE(the_check_of_its_form_can_fail) {
    const json::Document standard = document({});
    BOOST_TEST(!discovery_breaches(standard.root(), WireVersion::v1_0).empty());
    BOOST_TEST(!discovery_breaches(standard.root(), WireVersion::v3_0_ballot).empty());
}

BOOST_AUTO_TEST_CASE(D04_without_services_is_an_empty_list) {
    fhir::Knowledge none = real_knowledge();
    none.services.clear();
    BOOST_TEST(cdshooks::discovery(none).body == R"({"services":[]})");
}

BOOST_AUTO_TEST_CASE(D05_lists_exactly_the_ids_that_can_be_called) {
    const json::Document found = document({});
    for (const json::Value service : found.root()["services"].elements()) {
        const auto reached = cdshooks::service_at(real_knowledge(), {}, service["id"].text());
        BOOST_TEST_REQUIRE((reached && *reached));
        BOOST_TEST(std::string(cdshooks::name((*reached)->hook)) == service["hook"].text());
    }
    for (const char* id : {"", "rc4", "rectal-cancer", "rectal-cancer-order-sign/", "RECTAL-CANCER-ORDER-SIGN"})
        BOOST_TEST(!cdshooks::service_at(real_knowledge(), {}, id), id);
}

BOOST_AUTO_TEST_CASE(D06_with_a_shared_id_lists_it_once_for_each_hook_and_the_three_ids_are_gone) {
    DiscoveryForm shared;
    shared.shared_id = "rc4";
    const json::Document found = document(shared);
    BOOST_TEST(hooks(found).size() == 3U);
    for (const json::Value service : found.root()["services"].elements()) BOOST_TEST(service["id"].text() == "rc4");
    BOOST_TEST(discovery_breaches(found.root(), WireVersion::v2_0).empty());
    const auto reached = cdshooks::service_at(real_knowledge(), shared, "rc4");
    BOOST_TEST((reached && *reached == nullptr), "the hook of the body picks the service");
    BOOST_TEST(!cdshooks::service_at(real_knowledge(), shared, "rectal-cancer-order-sign"));
}

// Tokens that every version knows, parameters of the recommended subset: a client needs nothing more.
BOOST_AUTO_TEST_CASE(D07_D08_templates_keep_to_the_restricted_subset_in_every_version) {
    const std::regex read(R"(Patient/\{\{context\.patientId\}\})");
    const std::regex search(
        R"([A-Z][A-Za-z]+\?patient=\{\{context\.patientId\}\}(&(_count=[0-9]+|_sort=-?[a-z]+|status=[a-z,-]+|date=(ge|le|gt|lt|eq)[0-9-]+|category=[a-z,]+))*)");
    for (const WireVersion version : versions) {
        const json::Document found = document(form(version));
        for (const json::Value service : found.root()["services"].elements()) {
            BOOST_TEST(service["prefetch"].size() <= 9U);
            for (const json::Member query : service["prefetch"].members()) {
                const std::string text(query.value.text());
                BOOST_TEST((std::regex_match(text, read) || std::regex_match(text, search)), text);
                BOOST_TEST(std::regex_match(std::string(query.name), std::regex("[A-Za-z][A-Za-z0-9]*")), query.name);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(D09_is_the_same_bytes_each_time_and_its_etag_changes_with_them) {
    std::set<std::string> bodies, tags;
    for (const WireVersion version : versions) {
        const cdshooks::Discovery first = cdshooks::discovery(real_knowledge(), form(version)),
                                  second = cdshooks::discovery(real_knowledge(), form(version));
        BOOST_TEST(first.body == second.body);
        BOOST_TEST(first.etag == second.etag);
        BOOST_TEST(std::regex_match(first.etag, std::regex("\"[0-9a-f]{16}\"")), first.etag);
        bodies.insert(first.body);
        tags.insert(first.etag);
    }
    BOOST_TEST(bodies.size() == 3U, "1.0 and 1.1 are the same");
    BOOST_TEST(tags.size() == bodies.size());
}

BOOST_AUTO_TEST_CASE(D12_of_3_0_states_configurable_versions) {
    const json::Document usual = document(form(WireVersion::v3_0_ballot));
    DiscoveryForm ballot = form(WireVersion::v3_0_ballot);
    ballot.specification_version = "STU3";
    ballot.hook_version = "1.0.2";
    const json::Document other = document(ballot);
    for (std::size_t i = 0; i < 3; ++i) {
        const json::Value service = usual.root()["services"].at(i), changed = other.root()["services"].at(i);
        BOOST_TEST(service["version"].text() == "3.0.0");
        BOOST_TEST(service["hookVersion"].text() == "1.0");
        BOOST_TEST(changed["version"].text() == "STU3");
        BOOST_TEST(changed["hookVersion"].text() == "1.0.2");
    }
}

BOOST_AUTO_TEST_CASE(names_the_fhir_version_in_every_entry) {
    for (const WireVersion version : versions) {
        const json::Document found = document(form(version));
        for (const json::Value service : found.root()["services"].elements())
            BOOST_TEST(service["extension"]["org.rectal-cds.fhirVersion"].at(0).text() == "4.0.1");
    }
}

BOOST_AUTO_TEST_CASE(V06_lists_the_deprecated_hooks_only_when_they_are_enabled) {
    DiscoveryForm old = form(WireVersion::v1_0);
    old.deprecated_hooks = true;
    const json::Document found = document(old);
    BOOST_TEST((hooks(found) == std::multiset<std::string>{"patient-view", "order-select", "order-sign",
                                                           "medication-prescribe", "order-review"}));
    BOOST_TEST(discovery_breaches(found.root(), WireVersion::v1_0).empty());
    for (const json::Value service : found.root()["services"].elements()) {
        const fhir::Service* reached = cdshooks::service_for(real_knowledge(), service["hook"].text(), true);
        BOOST_TEST_REQUIRE(reached != nullptr);
        BOOST_TEST(service["id"].text() == reached->id);
    }
    for (const char* hook : {"medication-prescribe", "order-review", "order-dispatch", "", "Order-Sign"})
        BOOST_TEST(cdshooks::service_for(real_knowledge(), hook, false) == nullptr, hook);
}

BOOST_AUTO_TEST_SUITE_END()
