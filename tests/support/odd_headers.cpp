#include "support/odd_tokens.hpp"

namespace rectal_cds::auth::testing {

namespace {

void add_header(OddTokens& tokens, const std::string& what, const Members& header, Refusal expected) {
    tokens.add(what, signed_token(header, good_claims()), expected);
}

void add_types(OddTokens& tokens) {
    const std::vector<std::pair<std::string, Refusal>> required{
        {"alg", Refusal::algorithm_not_signature}, {"typ", Refusal::type_not_jwt}, {"kid", Refusal::key_id_missing}};
    for (const auto& [name, expected] : required) {
        add_header(tokens, "no " + name, good_header().without(name), expected);
        for (const std::string& json : no_texts()) {
            add_header(tokens, name + " is " + json, good_header().with(name, json), expected);
        }
    }
    for (const std::string& json : no_texts()) {
        add_header(tokens, "jku is " + json, good_header().with("jku", json), Refusal::key_url_differs);
    }
    for (const char* typ :
         {"at+jwt", "JOSE", "JWS", "JWE", " JWT", "JWT ", "JWTX", "JW", "application/jwt", "dpop+jwt", "JWT\\u0001"}) {
        add_header(tokens, std::string("typ ") + typ, good_header().with("typ", '"' + std::string(typ) + '"'),
                   Refusal::type_not_jwt);
    }
}

void add_members_that_are_not_allowed(OddTokens& tokens) {
    const std::string own_key = other_p384_key().jwk("ec-1");
    const std::vector<std::pair<std::string, std::string>> members{
        {"crit", "[]"},
        {"crit", R"(["exp"])"},
        {"crit", R"(["b64"])"},
        {"crit", "null"},
        {"crit", quoted("exp")},
        {"crit", R"(["http://example.com/UNDEFINED"])"},
        {"b64", "false"},
        {"b64", "true"},
        {"b64", "null"},
        {"jwk", own_key},
        {"jwk", "{}"},
        {"jwk", "null"},
        {"jwk", p384_key().jwk("ec-1")},
        {"x5u", quoted("https://evil.test/cert.pem")},
        {"x5u", quoted("")},
        {"x5c", R"(["AAAA"])"},
        {"x5c", "[]"},
        {"zip", quoted("DEF")},
        {"enc", quoted("A128GCM")},
        {"cty", quoted("JWT")},
        {"cty", quoted("json")},
    };
    for (const auto& [name, json] : members) {
        add_header(tokens, name + " is " + json, good_header().with(name, json), Refusal::header_not_allowed);
    }
    const Members with_own_key = good_header().with("jwk", own_key);
    const std::string input = signing_input(with_own_key.text(), good_claims().text());
    tokens.add("signed by the key it brings along",
               input + '.' + base64url(other_p384_key().sign(input, Digest::sha384)), Refusal::header_not_allowed);
}

void add_key_ids(OddTokens& tokens) {
    for (const char* kid : {"../../etc/passwd",
                            "/dev/null",
                            "..\\\\..\\\\boot.ini",
                            "file:///dev/null",
                            "' OR 1=1--",
                            "\\\" OR \\\"\\\"=\\\"",
                            "ec-1\\n",
                            "\\nec-1",
                            "ec-1 ",
                            " ec-1",
                            "EC-1",
                            "ec-",
                            "ec-11",
                            "ec%2d1",
                            "ec\\u2010"
                            "1",
                            "e\\u0441-1",
                            "0",
                            "*",
                            "%s%n",
                            "${jndi:ldap://x}",
                            "rsa+/",
                            "rsa-_=",
                            "cnNhKy89",
                            "for-encryption",
                            "p384",
                            "__proto__",
                            "\\u001b[2J"}) {
        add_header(tokens, std::string("kid ") + kid, good_header().with("kid", '"' + std::string(kid) + '"'),
                   Refusal::key_unknown);
    }
    add_header(tokens, "a kid of 900 bytes", good_header().with("kid", quoted(std::string(900, 'k'))),
               Refusal::key_unknown);
    add_header(tokens, "a kid with NUL", good_header().with("kid", R"("ec-1\u0000")"), Refusal::header_unreadable);
    for (const char* kid : {"rsa+/=", "p256", "p521", "rs384-only"}) {
        add_header(tokens, std::string("the kid of a key of another type: ") + kid,
                   good_header().with("kid", quoted(kid)), Refusal::key_unfit);
    }
}

void add_key_urls(OddTokens& tokens) {
    for (const char* jku : {"https://evil.test/jwks.json",
                            "https://ehr.test.evil.test/jwks.json",
                            "https://ehr.test@evil.test/jwks.json",
                            "https://ehr.test:443@evil.test/jwks.json",
                            "https://evil.test#@ehr.test/jwks.json",
                            "https://evil.test\\\\@ehr.test/jwks.json",
                            "http://ehr.test/jwks.json",
                            "https://ehr.test:8443/jwks.json",
                            "https://ehr.test/JWKS.json",
                            "https://ehr.test/jwks.json/",
                            "https://ehr.test/jwks.json?x=1",
                            "https://ehr.test/jwks.json?",
                            "https://ehr.test/jwks.json#k",
                            "https://ehr.test/a/../jwks.json",
                            "https://ehr.test//jwks.json",
                            "https://ehr.test/%6awks.json",
                            "https://ehr.test./jwks.json",
                            "https://ehr.test/",
                            "https://ehr.test",
                            "https://user@ehr.test/jwks.json",
                            "http://127.0.0.1/jwks.json",
                            "https://169.254.169.254/latest/meta-data/",
                            "https://[::1]/jwks.json",
                            "https://2852039166/",
                            "//ehr.test/jwks.json",
                            "jwks.json",
                            "file:///etc/passwd",
                            "gopher://ehr.test/",
                            "https:ehr.test/jwks.json",
                            " https://ehr.test/jwks.json",
                            "https://ehr.test/jwks.json ",
                            "https://\xd0\xb5hr.test/jwks.json",
                            "https://xn--hr-nlc.test/jwks.json",
                            "data:application/json,{}"}) {
        add_header(tokens, std::string("jku ") + jku, good_header().with("jku", '"' + std::string(jku) + '"'),
                   Refusal::key_url_differs);
    }
    const Members wide = good_claims().with("iss", quoted("https://wide.test")).without("tenant");
    tokens.add("a jku where none is registered",
               signed_token(good_header().with("jku", quoted("https://ehr.test/jwks.json")), wide),
               Refusal::key_url_differs);
}

}  // namespace

void add_odd_headers(OddTokens& tokens) {
    add_types(tokens);
    add_members_that_are_not_allowed(tokens);
    add_key_ids(tokens);
    add_key_urls(tokens);
}

}  // namespace rectal_cds::auth::testing
