// Which addresses are pages, and the headers of their answers.
#include <boost/test/unit_test.hpp>

#include "pages/assets.hpp"
#include "pages/made_pages.hpp"

using namespace rectal_cds;
using namespace rectal_cds::pages_test;

BOOST_FIXTURE_TEST_SUITE(addresses_of_pages, MadePages)

BOOST_AUTO_TEST_CASE(are_told_from_those_of_the_service) {
    for (const char* path : {"/", "/about", "/recommendations", "/recommendations/x", "/assets/style.css"})
        BOOST_TEST(pages().is_page(path), path);
    for (const char* path : {"/cds-services", "/recommendation", "/recommendationsx", "/healthz", "/metrics",
                             "/v1/cds-services", "//", "", "/about/"})
        BOOST_TEST(!pages().is_page(path), path);
}

BOOST_AUTO_TEST_CASE(answer_get_and_head_only) {
    BOOST_TEST(ask("HEAD", "/").status == 200);
    for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS"}) {
        BOOST_TEST(ask(method, "/").status == 405, method);
        BOOST_TEST(header(ask(method, "/"), "Allow") == "GET, HEAD");
    }
}

BOOST_AUTO_TEST_CASE(allow_nothing_from_elsewhere_and_no_script_in_the_page) {
    for (const char* target : {"/", "/recommendations", "/about", "/recommendations/none", "/assets/pages.js"}) {
        const http::Response response = get(target);
        BOOST_TEST(header(response, "Content-Security-Policy").find("default-src 'self'") == 0u, target);
        BOOST_TEST(!contains(header(response, "Content-Security-Policy"), "unsafe"), target);
        BOOST_TEST(header(response, "Referrer-Policy") == "no-referrer");
        BOOST_TEST(header(response, "Access-Control-Allow-Origin").empty(), target);
        BOOST_TEST(!contains(response.body, " style=\""), target);
        BOOST_TEST(!contains(response.body, "<script>"), target);
    }
}

BOOST_AUTO_TEST_CASE(can_be_shown_in_a_frame_by_those_who_are_named_alone) {
    BOOST_TEST(contains(header(get("/"), "Content-Security-Policy"), "frame-ancestors 'none'"));
    pages::Settings settings = open_settings();
    settings.frame_ancestors = "https://ehr.example https://other.example:8443";
    MadePages framed(settings);
    for (const char* target : {"/", "/recommendations/anti-egfr-ras-mutant", "/why/none"})
        BOOST_TEST(header(framed.get(target), "Content-Security-Policy")
                       .ends_with("frame-ancestors https://ehr.example https://other.example:8443"),
                   target);
    BOOST_TEST(contains(header(framed.get("/feedback"), "Content-Security-Policy"), "frame-ancestors 'none'"));
}

BOOST_AUTO_TEST_CASE(of_files_can_be_kept_while_they_name_the_digest) {
    const http::Response named = get(pages::address_of("style.css"));
    BOOST_TEST(header(named, "Cache-Control") == "public, max-age=31536000, immutable");
    BOOST_TEST(header(named, "Content-Type") == "text/css; charset=utf-8");
    for (const char* target : {"/assets/style.css", "/assets/style.css?v=0"})
        BOOST_TEST(header(get(target), "Cache-Control") == "no-cache", target);
    BOOST_TEST(ask("GET", "/assets/style.css", {{"If-None-Match", header(named, "ETag")}}).status == 304);
    BOOST_TEST(ask("GET", "/assets/style.css", {{"If-None-Match", "\"other\""}}).status == 200);
}

BOOST_AUTO_TEST_CASE(of_files_serve_no_templates_and_nothing_beside_them) {
    for (const char* target : {"/assets/frame.mustache", "/assets/../pages.cpp", "/assets/none.css", "/assets/"})
        BOOST_TEST(get(target).status == 404, target);
}

BOOST_AUTO_TEST_CASE(are_logged_by_kind_and_without_what_was_asked) {
    get("/recommendations/anti-egfr-ras-mutant?q=secret");
    get("/recommendations?q=secret");
    BOOST_TEST(log()[0].route == "/recommendations/{}");
    BOOST_TEST(log()[1].route == "/recommendations");
    BOOST_TEST(log()[1].status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
