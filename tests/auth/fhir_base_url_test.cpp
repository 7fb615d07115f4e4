// fhirServer, jku, link.next and absolute references are other people's texts: reliability.md 1.2, tests T60 to T64.
#include "auth/fhir_base_url.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

using namespace rectal_cds::auth;

namespace {

BaseUrl base(const char* text) { return parse_base_url(text).value(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(a_url)

BOOST_AUTO_TEST_CASE(is_taken_apart) {
    const auto url = parse_url("HTTPS://EHR.Example:8443/fhir/R4?_count=50&code=http%3A%2F%2Floinc.org|1");
    BOOST_TEST_REQUIRE(url.ok());
    BOOST_TEST(url.value().scheme == "https");
    BOOST_TEST(url.value().host == "ehr.example");
    BOOST_TEST(url.value().port == 8443);
    BOOST_TEST(url.value().path == "/fhir/R4");
    BOOST_TEST(url.value().query == "?_count=50&code=http%3A%2F%2Floinc.org|1");
    BOOST_TEST(url.value().origin() == "https://ehr.example:8443");
    BOOST_TEST(url.value().target() == "/fhir/R4?_count=50&code=http%3A%2F%2Floinc.org|1");
    BOOST_TEST(url.value().text() == "https://ehr.example:8443/fhir/R4?_count=50&code=http%3A%2F%2Floinc.org|1");
    BOOST_TEST(!url.value().has_ip_address());
}

BOOST_AUTO_TEST_CASE(has_the_default_port_and_the_root_as_target) {
    BOOST_TEST(parse_url("https://ehr.example").value().port == 443);
    BOOST_TEST(parse_url("http://ehr.example").value().port == 80);
    BOOST_TEST(parse_url("https://ehr.example:443/").value().origin() == "https://ehr.example");
    BOOST_TEST(parse_url("https://ehr.example?x").value().target() == "/?x");
}

BOOST_AUTO_TEST_CASE(may_hold_an_address_in_its_ordinary_form) {
    const auto v6 = parse_url("https://[2001:DB8:0:0::1]:8443/");
    BOOST_TEST_REQUIRE(v6.ok());
    BOOST_TEST(v6.value().host == "2001:db8::1");
    BOOST_TEST(v6.value().origin() == "https://[2001:db8::1]:8443");
    BOOST_TEST(v6.value().has_ip_address());
    BOOST_TEST(parse_url("https://10.0.0.1/").value().has_ip_address());
}

BOOST_AUTO_TEST_CASE(is_confidential_with_https_or_on_loopback) {
    for (const char* text : {"https://ehr.example", "http://127.0.0.1:8080", "http://127.8.8.8", "http://localhost",
                             "http://[::1]:80/fhir"}) {
        BOOST_TEST(is_confidential(parse_url(text).value()), text);
    }
    for (const char* text : {"http://ehr.example", "http://10.0.0.1", "http://128.0.0.1", "http://127.evil.test",
                             "http://localhost.evil.test", "http://[::2]"}) {
        BOOST_TEST(!is_confidential(parse_url(text).value()), text);
    }
}

BOOST_AUTO_TEST_CASE(is_refused_when_two_programs_could_read_it_in_two_ways) {
    const std::vector<std::string> refused{
        "",
        "ehr.example/fhir",
        "//ehr.example/fhir",
        "/fhir",
        "https:ehr.example",
        "https:/ehr.example",
        "https://",
        "https:///fhir",
        "ftp://ehr.example/",
        "file:///etc/passwd",
        "gopher://ehr.example/",
        "unix:///var/run/docker.sock",
        "javascript://ehr.example",
        " https://ehr.example",
        "https ://ehr.example",
        "https://user@ehr.example/",
        "https://user:pw@ehr.example/",
        "https://ehr.example@evil.test/",
        "https://@ehr.example/",
        "https://ehr.example:443@evil.test/",
        "https://ehr.example#/fhir",
        "https://ehr.example/fhir#x",
        "https://ehr.example/#@evil.test",
        "https://ehr.example\\@evil.test/",
        "https://ehr.example/\\evil",
        "https:\\\\ehr.example/",
        "https://ehr.example./",
        "https://.ehr.example/",
        "https://ehr..example/",
        "https://-ehr.example/",
        "https://ehr-.example/",
        "https://ehr_1.example/",
        "https://ehr.example%2eevil.test/",
        "https://%65hr.example/",
        "https://ehr example/",
        "https://ehr.example\t/",
        "https://ehr.example\n.evil.test/",
        "https://\xd0\xb5hr.example/",
        "https://ehr\xe3\x80\x82"
        "example/",
        "https://ehr.example\xc2\xad/",
        "https://*/",
        "https://ehr.example,evil.test/",
        "https://2852039166/",
        "https://0xa9fea9fe/",
        "https://0251.0376.0251.0376/",
        "https://169.16689662/",
        "https://0xa9.254.169.254/",
        "https://127.1/",
        "https://1.2.3.4.5/",
        "https://127.0.0.01/",
        "https://256.0.0.1/",
        "https://1.2.3.4./",
        "https://evil.0x7f/",
        "https://127.0.0.1.1/",
        "https://[::ffff:169.254.169.254]/",
        "https://[::ffff:a9fe:a9fe]/",
        "https://[::169.254.169.254]/",
        "https://[64:ff9b::169.254.169.254.1]/",
        "https://[::1/",
        "https://[]/",
        "https://::1/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://[::1]evil/",
        "https://[127.0.0.1]/",
        "https://[::1]]/",
        "https://x[::1]/",
        "https://ehr.example:/",
        "https://ehr.example:0/",
        "https://ehr.example:65536/",
        "https://ehr.example:-1/",
        "https://ehr.example:+443/",
        "https://ehr.example:0443/",
        "https://ehr.example:443x/",
        "https://ehr.example:443:443/",
        "https://ehr.example: 443/",
        "https://ehr.example/a/../b",
        "https://ehr.example/..",
        "https://ehr.example/./b",
        "https://ehr.example/.",
        "https://ehr.example/a/%2e%2e/b",
        "https://ehr.example/a/.%2E/b",
        "https://ehr.example/a%2fb",
        "https://ehr.example/a%5Cb",
        "https://ehr.example/a%252fb",
        "https://ehr.example/a%00b",
        "https://ehr.example/a%0d%0ab",
        "https://ehr.example/a%7fb",
        "https://ehr.example/a%",
        "https://ehr.example/a%2",
        "https://ehr.example/a%zz",
        "https://ehr.example/..;/admin",
        "https://ehr.example/a;b=c",
        "https://ehr.example//a",
        "https://ehr.example/a//b",
        "https://ehr.example/a b",
        "https://ehr.example/\xc3\xa4",
        "https://ehr.example/<a>",
        "https://ehr.example/{id}",
        "https://ehr.example/a|b",
        "https://ehr.example/a%3fb",
        "https://ehr.example/a%23b",
        "https://ehr.example/a%3bb",
        "https://ehr.example/?a b",
        "https://ehr.example/?a#b",
        "https://ehr.example/?a\\b",
        "https://ehr.example/?\xc3\xa4",
        "https://ehr.example/?a%",
        "https://ehr.example/?a%0d%0aHost:x",
        "https://ehr.example/?a%00",
        "https://ehr.example/?<script>",
        "https://ehr.example/?\"",
        "https://ehr.example/?a\r\nHost: x",
        std::string("https://ehr.example/\0", 21),
        "https://ehr.example/" + std::string(8192, 'a'),
        "https://" + std::string(64, 'a') + ".example/",
        "https://" + std::string(300, 'a') + "/",
    };
    for (const std::string& text : refused) BOOST_TEST(!parse_url(text).ok(), text);
    BOOST_TEST(refused.size() >= 100u);
}

BOOST_AUTO_TEST_CASE(is_not_repeated_in_the_error) {
    const auto url = parse_url("https://secret-user@ehr.example/");
    BOOST_TEST_REQUIRE(!url.ok());
    BOOST_TEST(url.error().what.find("secret") == std::string::npos);
    BOOST_TEST(url.error().where.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_base_url)

BOOST_AUTO_TEST_CASE(covers_itself_and_what_lies_below_it) {
    const BaseUrl fhir = base("https://ehr.example/fhir/r4/");
    BOOST_TEST(fhir.url.path == "/fhir/r4");
    for (const char* text :
         {"https://ehr.example/fhir/r4", "https://ehr.example/fhir/r4/",
          "https://ehr.example/fhir/r4?_getpages=a-b-c&_bundletype=searchset", "https://ehr.example/fhir/r4/Patient/1",
          "https://ehr.example:443/fhir/r4/Patient?x=../..", "HTTPS://EHR.EXAMPLE/fhir/r4/Observation?code=a,b|c"}) {
        BOOST_TEST(covers(fhir, text), text);
    }
    BOOST_TEST(covers(base("https://ehr.example"), "https://ehr.example/any/thing"));
    BOOST_TEST(covers(base("https://ehr.example:8443/"), "https://ehr.example:8443"));
}

BOOST_AUTO_TEST_CASE(covers_nothing_else) {
    const BaseUrl fhir = base("https://ehr.example/fhir");
    for (const char* text : {"https://ehr.example/fhirx",
                             "https://ehr.example/fhir2/Patient",
                             "https://ehr.example/FHIR/Patient",
                             "https://ehr.example/",
                             "https://ehr.example",
                             "https://ehr.example/admin",
                             "http://ehr.example/fhir/Patient",
                             "https://ehr.example:8443/fhir/Patient",
                             "https://ehr.example.evil.test/fhir/Patient",
                             "https://evil.test/fhir/Patient",
                             "https://ehr.example@evil.test/fhir/Patient",
                             "https://ehr.exampleevil.test/fhir",
                             "https://xehr.example/fhir",
                             "https://ehr.example/fhir/../admin",
                             "https://ehr.example/fhir/%2e%2e/admin",
                             "https://ehr.example/fhir/..;/admin",
                             "https://ehr.example/fhir//evil",
                             "https://ehr.example/fhir#x",
                             "https://ehr.example/%66hir/Patient",
                             "https://ehr.example/x/fhir",
                             "Patient/1",
                             "//ehr.example/fhir/Patient",
                             "urn:uuid:1b0c6a4e-0000-4000-8000-000000000000",
                             "",
                             "https://xn--hr-nlc.example/fhir"}) {
        BOOST_TEST(!covers(fhir, text), text);
    }
}

BOOST_AUTO_TEST_CASE(is_the_same_with_another_spelling_of_scheme_host_port_and_one_slash) {
    const BaseUrl fhir = base("https://ehr.example/fhir");
    for (const char* text : {"https://ehr.example/fhir", "https://ehr.example/fhir/", "https://EHR.example:443/fhir"}) {
        BOOST_TEST(is_same_base(fhir, text), text);
    }
    for (const char* text : {"https://ehr.example/fhir/x", "https://ehr.example", "https://ehr.example/fhir//",
                             "https://ehr.example/fhir?x", "https://ehr.example/fhir?", ""}) {
        BOOST_TEST(!is_same_base(fhir, text), text);
    }
}

BOOST_AUTO_TEST_CASE(has_no_query) {
    BOOST_TEST(!parse_base_url("https://ehr.example/fhir?x").ok());
    BOOST_TEST(!parse_base_url("https://ehr.example/fhir?").ok());
}

BOOST_AUTO_TEST_SUITE_END()
