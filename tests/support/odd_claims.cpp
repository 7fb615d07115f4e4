#include "support/odd_tokens.hpp"

namespace rectal_cds::auth::testing {

namespace {

void add_claims(OddTokens& tokens, const std::string& what, const Members& claims, Refusal expected) {
    tokens.add(what, signed_token(good_header(), claims), expected);
}

std::string seconds(long from_now) { return std::to_string(now_seconds + from_now); }

void add_issuers(OddTokens& tokens) {
    for (const char* iss : {"https://ehr.test/fhir/",
                            "https://ehr.test",
                            "https://EHR.test/fhir",
                            "HTTPS://ehr.test/fhir",
                            "http://ehr.test/fhir",
                            "https://ehr.test:443/fhir",
                            "https://ehr.test/fhi",
                            "https://ehr.test/fhir2",
                            "https://ehr.test/fhir?",
                            "https://ehr.test/fhir#",
                            " https://ehr.test/fhir",
                            "https://ehr.test/fhir ",
                            "https://user@ehr.test/fhir",
                            "https://ehr.test/fhir\\n",
                            "https://ehr.test/%66hir",
                            "https://evil.test",
                            "https://\xd0\xb5hr.test/fhir",
                            "ehr.test",
                            "strict",
                            "*",
                            "null",
                            ".*",
                            "https://ehr.test/fhir,https://wide.test"}) {
        add_claims(tokens, std::string("iss ") + iss, good_claims().with("iss", '"' + std::string(iss) + '"'),
                   Refusal::issuer_unknown);
    }
}

void add_tenants(OddTokens& tokens) {
    add_claims(tokens, "no tenant", good_claims().without("tenant"), Refusal::tenant_not_allowed);
    for (const char* tenant : {"", "east", "North", "north ", " north", "nort", "north,south", "*", "north\\u200b"}) {
        add_claims(tokens, std::string("tenant '") + tenant + "'",
                   good_claims().with("tenant", '"' + std::string(tenant) + '"'), Refusal::tenant_not_allowed);
    }
    for (const char* json : {"null", "true", "1", "[]", "{}", R"(["north"])"}) {
        add_claims(tokens, std::string("tenant is ") + json, good_claims().with("tenant", json),
                   Refusal::tenant_ill_formed);
        add_claims(tokens, std::string("sub is ") + json, good_claims().with("sub", json), Refusal::subject_ill_formed);
    }
}

void add_token_ids(OddTokens& tokens) {
    for (const char* jti : {"a\\nb", "\\r", "\\u0001", "\\u007f", "\\u001b[31m", "tab\\there"}) {
        add_claims(tokens, std::string("jti ") + jti, good_claims().with("jti", '"' + std::string(jti) + '"'),
                   Refusal::token_id_ill_formed);
    }
    for (const std::size_t size : {513u, 1024u, 4096u}) {
        add_claims(tokens, "a jti of " + std::to_string(size) + " bytes",
                   good_claims().with("jti", quoted(std::string(size, 'j'))), Refusal::token_id_ill_formed);
    }
}

}  // namespace

void add_odd_claims(OddTokens& tokens) {
    const std::vector<std::pair<std::string, Refusal>> texts{
        {"iss", Refusal::issuer_missing}, {"aud", Refusal::audience_missing}, {"jti", Refusal::token_id_ill_formed}};
    for (const auto& [name, expected] : texts) {
        add_claims(tokens, "no " + name, good_claims().without(name), expected);
        for (const std::string& json : no_texts()) {
            add_claims(tokens, name + " is " + json, good_claims().with(name, json), expected);
        }
    }
    add_claims(tokens, "no claims", Members({}), Refusal::issuer_missing);
    add_issuers(tokens);
    add_tenants(tokens);
    add_token_ids(tokens);
}

void add_odd_audiences(OddTokens& tokens) {
    const std::string ours = "https://cds.test/cds-services/rectal-cancer-order-sign";
    for (const char* aud : {"https://cds.test",
                            "https://cds.test/",
                            "https://cds.test/cds-services",
                            "https://cds.test/cds-services/",
                            "https://cds.test/cds-services/rectal-cancer-patient-view",
                            "https://cds.test/cds-services/rectal-cancer-order-sign/feedback",
                            "https://cds.test/cds-services/rectal-cancer-order-sig",
                            "https://cds.test/cds-services/rectal-cancer-order-sign2",
                            "https://cds.test/cds-services/rectal-cancer-order-sign//",
                            "https://cds.test//cds-services/rectal-cancer-order-sign",
                            "https://cds.test/cds-services/rectal-cancer-order-sign?",
                            "https://cds.test/cds-services/rectal-cancer-order-sign?a=b",
                            "https://cds.test/cds-services/rectal-cancer-order-sign#",
                            "https://cds.test/cds-services/x/../rectal-cancer-order-sign",
                            "https://cds.test/cds-services/./rectal-cancer-order-sign",
                            "https://cds.test/cds-services/rectal-cancer-order%2Dsign",
                            "https://cds.test/cds-services/Rectal-Cancer-Order-Sign",
                            "https://CDS.test/cds-services/rectal-cancer-order-sign",
                            "HTTPS://cds.test/cds-services/rectal-cancer-order-sign",
                            "http://cds.test/cds-services/rectal-cancer-order-sign",
                            "https://cds.test:80/cds-services/rectal-cancer-order-sign",
                            "https://cds.test:8443/cds-services/rectal-cancer-order-sign",
                            "https://cds.test:0443/cds-services/rectal-cancer-order-sign",
                            "https://cds.test:443:443/cds-services/rectal-cancer-order-sign",
                            "https://evil.test/cds-services/rectal-cancer-order-sign",
                            "https://cds.test.evil.test/cds-services/rectal-cancer-order-sign",
                            "https://cds.test@evil.test/cds-services/rectal-cancer-order-sign",
                            "https://user@cds.test/cds-services/rectal-cancer-order-sign",
                            "https://cds.test./cds-services/rectal-cancer-order-sign",
                            "cds.test/cds-services/rectal-cancer-order-sign",
                            "//cds.test/cds-services/rectal-cancer-order-sign",
                            "/cds-services/rectal-cancer-order-sign",
                            "order-sign",
                            " https://cds.test/cds-services/rectal-cancer-order-sign",
                            "https://cds.test/cds-services/rectal-cancer-order-sign ",
                            "https://cds.test/cds-services/rectal-cancer-order-sign\\n",
                            "*",
                            "https://*/cds-services/rectal-cancer-order-sign",
                            "https://\xd1\x81"
                            "ds.test/cds-services/rectal-cancer-order-sign",
                            "strict",
                            "https://ehr.test/fhir"}) {
        add_claims(tokens, std::string("aud ") + aud, good_claims().with("aud", '"' + std::string(aud) + '"'),
                   Refusal::audience_differs);
    }
    add_claims(tokens, "a list without ours", good_claims().with("aud", R"(["https://a.test","https://b.test"])"),
               Refusal::audience_differs);
    for (const std::string& json : {"[\"" + ours + "\",1]", "[null,\"" + ours + "\"]", "[[\"" + ours + "\"]]",
                                    "{\"0\":\"" + ours + "\"}", "[\"" + ours + "\",\"\"]"}) {
        add_claims(tokens, "aud is " + json, good_claims().with("aud", json), Refusal::audience_missing);
    }
    std::string many = "[\"" + ours + "\"";
    for (int index = 0; index < 32; ++index) many += ",\"a\"";
    add_claims(tokens, "a list of 33 with ours", good_claims().with("aud", many + "]"), Refusal::audience_missing);
    const Members wide = good_claims().with("iss", quoted("https://wide.test")).without("tenant");
    for (const char* aud : {"https://cds.test/cds-services/rectal-cancer-patient-view", "https://cds.test/cds-services",
                            "https://evil.test/cds-services/rectal-cancer-order-sign"}) {
        add_claims(tokens, std::string("aud by the service's own URLs ") + aud, wide.with("aud", quoted(aud)),
                   Refusal::audience_differs);
    }
}

void add_odd_times(OddTokens& tokens) {
    for (const char* name : {"exp", "iat", "nbf"}) {
        if (name != std::string("nbf"))
            add_claims(tokens, std::string("no ") + name, good_claims().without(name), Refusal::times_ill_formed);
        for (const std::string json : {"null",
                                       "true",
                                       "[]",
                                       "{}",
                                       "\"\"",
                                       "\"1700000100\"",
                                       "\"NaN\"",
                                       "\"2023-11-14T22:13:20Z\"",
                                       "[1700000100]",
                                       "0",
                                       "-0.0",
                                       "-1",
                                       "-1700000100",
                                       "1e-400",
                                       "253402300800",
                                       "1e15",
                                       "1e308",
                                       "9223372036854775807",
                                       "9223372036854775808",
                                       "18446744073709551615",
                                       "18446744073709551616",
                                       "-9223372036854775809",
                                       "1700000100000000"}) {
            add_claims(tokens, std::string(name) + " is " + json, good_claims().with(name, json),
                       Refusal::times_ill_formed);
        }
        for (const char* json : {"1e309", "-1e309", "NaN", "Infinity", "0x6553f100", "017", "+1700000100", ".5",
                                 "1700000100.", "1_700", "1700000100e", "- 1"}) {
            add_claims(tokens, std::string(name) + " is " + json, good_claims().with(name, json),
                       Refusal::payload_unreadable);
        }
    }
    const auto expires = [&](long exp, long iat) {
        return good_claims().with("exp", seconds(exp)).with("iat", seconds(iat));
    };
    for (const long exp : {-60L, -61L, -120L, -600L, -86400L})
        add_claims(tokens, "exp " + std::to_string(exp), expires(exp, exp - 300), Refusal::expired);
    add_claims(tokens, "exp just at the end of the leeway",
               good_claims().with("exp", "1699999940.0").with("iat", seconds(-300)), Refusal::expired);
    for (const long iat : {61L, 62L, 3600L})
        add_claims(tokens, "iat +" + std::to_string(iat), expires(iat + 300, iat), Refusal::not_yet_valid);
    add_claims(tokens, "iat half a second too far ahead", good_claims().with("iat", "1700000060.5"),
               Refusal::not_yet_valid);
    for (const long nbf : {61L, 120L, 289L})
        add_claims(tokens, "nbf +" + std::to_string(nbf), good_claims().with("nbf", seconds(nbf)),
                   Refusal::not_yet_valid);
    for (const long exp : {3591L, 3600L, 86400L, 864000L, 315360000L})
        add_claims(tokens, "lifetime " + std::to_string(exp + 10), expires(exp, -10), Refusal::lifetime_too_long);
    add_claims(tokens, "a lifetime half a second too long", good_claims().with("exp", "1700003590.5"),
               Refusal::lifetime_too_long);
    add_claims(tokens, "issued long ago and not expired", expires(100, -86400), Refusal::lifetime_too_long);
    add_claims(tokens, "exp is iat", expires(30, 30), Refusal::times_contradict);
    add_claims(tokens, "exp before iat", expires(20, 30), Refusal::times_contradict);
    add_claims(tokens, "exp long before iat", expires(-86400, 0), Refusal::times_contradict);
    add_claims(tokens, "nbf is exp", good_claims().with("nbf", seconds(290)), Refusal::times_contradict);
    add_claims(tokens, "nbf after exp", good_claims().with("nbf", seconds(500)), Refusal::times_contradict);
}

}  // namespace rectal_cds::auth::testing
