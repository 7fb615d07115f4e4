// The addresses of the service (conformance rows D10, R13, B15, X08).
#include "service/route.hpp"

#include <boost/test/unit_test.hpp>

using rectal_cds::service::allowed_methods;
using rectal_cds::service::Route;
using rectal_cds::service::route_of;
using Kind = rectal_cds::service::Route::Kind;

BOOST_AUTO_TEST_SUITE(a_path)

BOOST_AUTO_TEST_CASE(leads_to_discovery_under_every_wire_version) {
    for (const char* base : {"", "/v1", "/v1.1", "/v2", "/v3"}) {
        const std::string path = std::string(base) + "/cds-services";
        BOOST_TEST((route_of(path).kind == Kind::discovery), path);
        BOOST_TEST(route_of(path).base == base);
    }
}

BOOST_AUTO_TEST_CASE(leads_to_a_service_or_to_its_feedback) {
    const Route service = route_of("/v1.1/cds-services/rectal-cancer-order-sign");
    BOOST_TEST((service.kind == Kind::cds_service));
    BOOST_TEST(service.base == "/v1.1");
    BOOST_TEST(service.id == "rectal-cancer-order-sign");
    const Route feedback = route_of("/cds-services/rectal-cancer-order-sign/feedback");
    BOOST_TEST((feedback.kind == Kind::feedback));
    BOOST_TEST(feedback.id == "rectal-cancer-order-sign");
}

BOOST_AUTO_TEST_CASE(leads_nowhere_when_it_only_resembles_one_of_ours) {
    for (const char* path : {"", "/", "/cds-services/", "/cds-servicesx", "/v4/cds-services", "/v1", "/v1/", "/v11/cds-services", "/v1/healthz",
                             "//cds-services", "/cds-services//feedback", "/cds-services/feedback/feedback/feedback", "/cds-services/a/b",
                             "/cds-services/a/feedback/", "/cds-services/../version", "/healthz/", "/CDS-SERVICES"}) {
        BOOST_TEST((route_of(path).kind == Kind::unknown), path);
    }
}

BOOST_AUTO_TEST_CASE(with_one_segment_is_a_service_id_even_if_it_reads_feedback) {
    BOOST_TEST((route_of("/cds-services/feedback").kind == Kind::cds_service));
    BOOST_TEST(route_of("/cds-services/feedback").id == "feedback");
}

BOOST_AUTO_TEST_CASE(lists_its_methods) {
    BOOST_TEST(allowed_methods(Kind::discovery) == std::string("GET, HEAD, OPTIONS"));
    BOOST_TEST(allowed_methods(Kind::feedback) == std::string("POST, OPTIONS"));
}

BOOST_AUTO_TEST_SUITE_END()
