#include "support/odd_tokens.hpp"

namespace rectal_cds::auth::testing {

namespace {

// Where the three parts of a token begin and end.
std::vector<std::string> parts_of(const std::string& token) {
    const auto first = token.find('.');
    const auto second = token.find('.', first + 1);
    return {token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1)};
}

std::string joined(const std::vector<std::string>& parts) { return parts[0] + '.' + parts[1] + '.' + parts[2]; }

// The same bytes with set bits behind the last one; only where the length leaves such bits.
std::string with_spare_bits(std::string part) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    part.back() = alphabet[alphabet.find(part.back()) + 1];
    return part;
}

void add_spoilt_parts(OddTokens& tokens) {
    const std::vector<std::string> names{"header", "payload", "signature"};
    for (std::size_t index = 0; index < names.size(); ++index) {
        const auto spoil = [&](const std::string& what, auto change) {
            std::vector<std::string> parts = parts_of(good_token());
            change(parts[index]);
            tokens.add(names[index] + " " + what, joined(parts), Refusal::not_base64url);
        };
        for (const std::string junk : {"=", "==", " ", "\n", "\t", "\r", "+", "/", "%3D", "\"", ",", "\xc3\xa4", "~"}) {
            spoil("with '" + junk + "' at its end", [&](std::string& part) { part += junk; });
            spoil("with '" + junk + "' inside", [&](std::string& part) { part.insert(part.size() / 2, junk); });
        }
        spoil("with a space before it", [](std::string& part) { part.insert(0, " "); });
        spoil("with a NUL inside", [](std::string& part) { part.insert(3, 1, '\0'); });
        spoil("of a length that no bytes have", [](std::string& part) { part.resize(part.size() / 4 * 4 + 1, 'A'); });
    }
}

void add_non_canonical_parts(OddTokens& tokens) {
    for (const char* filler : {"", "x", "xx"}) {
        const std::string token =
            signed_token(good_header().with("more", quoted(filler)), good_claims().with("more", quoted(filler)));
        for (std::size_t index = 0; index < 2; ++index) {
            std::vector<std::string> parts = parts_of(token);
            if (parts[index].size() % 4 == 0) continue;
            parts[index] = with_spare_bits(parts[index]);
            tokens.add("set bits behind the end of part " + std::to_string(index) + filler, joined(parts),
                       Refusal::not_base64url);
        }
    }
    const std::string input = signing_input(
        good_header().with("alg", quoted("RS384")).with("kid", quoted("rsa+/=")).text(), good_claims().text());
    const std::string signature = base64url(rsa_key().sign(input, Digest::sha384));
    tokens.add("set bits behind the end of the signature", input + '.' + with_spare_bits(signature),
               Refusal::not_base64url);
}

void add_other_structures(OddTokens& tokens) {
    const std::string good = good_token();
    const auto parts = parts_of(good);
    const auto add = [&](const char* what, const std::string& token) {
        tokens.add(what, token, Refusal::not_three_parts);
    };
    add("two parts", parts[0] + '.' + parts[1]);
    add("one part", parts[0]);
    add("only dots", "..");
    add("one dot", ".");
    add("four parts", good + '.' + parts[2]);
    add("five parts, as an encrypted token has", good + ".AAAA.AAAA");
    add("a dot before", "." + good);
    add("a dot behind", good + '.');
    add("no signature", parts[0] + '.' + parts[1] + '.');
    add("no payload", parts[0] + ".." + parts[2]);
    add("no header", "." + parts[1] + '.' + parts[2]);
    add("the JSON form, general", R"({"payload":"e30","signatures":[{"protected":"e30","signature":"AAAA"}]})");
    tokens.add("the JSON form, flattened", R"({"payload":"a.b","protected":"c.d"})", Refusal::not_base64url);
    tokens.add("the JSON texts themselves", good_header().text() + '.' + "{}" + ".AAAA", Refusal::not_base64url);
    add("a decimal number", "1234567890");
}

void add_odd_json(OddTokens& tokens, bool in_header) {
    const std::string good = (in_header ? good_header() : good_claims()).text();
    const auto add = [&](const std::string& what, const std::string& json) {
        const std::string header = in_header ? json : good_header().text();
        const std::string payload = in_header ? good_claims().text() : json;
        tokens.add((in_header ? "header: " : "payload: ") + what, signed_token(header, payload),
                   in_header ? Refusal::header_unreadable : Refusal::payload_unreadable);
    };
    for (const char* json :
         {"null", "true", "1", "\"text\"", "[]", "{", "}", "{]", "{\"alg\":}", "{'alg':'ES384'}", " "}) {
        add(json, json);
    }
    add("in a list", "[" + good + "]");
    add("a comma at the end", good.substr(0, good.size() - 1) + ",}");
    add("a comment", "/* */" + good);
    add("text behind", good + "{}");
    add("NUL behind", good + std::string(1, '\0'));
    add("a byte order mark", "\xef\xbb\xbf" + good);
    add("UTF-16", std::string("{\0\"\0a\0", 6));
    add("bytes that are not UTF-8", good.substr(0, good.size() - 1) + ",\"x\":\"\xff\"}");
    add("half a surrogate pair", good.substr(0, good.size() - 1) + R"(,"x":"\udc00"})");
    add("an escaped NUL", good.substr(0, good.size() - 1) + R"(,"x":"\u0000"})");
    add("nested too deep",
        good.substr(0, good.size() - 1) + ",\"x\":" + std::string(40, '[') + std::string(40, ']') + "}");
    add("a member twice inside", good.substr(0, good.size() - 1) + R"(,"x":{"a":1,"a":1}})");
    add("a number beyond all", good.substr(0, good.size() - 1) + ",\"x\":1e400}");
}

void add_members_twice(OddTokens& tokens) {
    for (const char* name : {"alg", "typ", "kid"}) {
        tokens.add(std::string(name) + " twice, alike",
                   signed_token(Members(good_header()).twice(name, quoted("ES384")), good_claims()),
                   Refusal::header_unreadable);
    }
    tokens.add("alg twice, once in escapes",
               signed_token(good_header().twice(R"(\u0061lg)", quoted("none")), good_claims()),
               Refusal::header_unreadable);
    for (const char* name : {"iss", "aud", "exp", "iat", "jti", "tenant"}) {
        tokens.add(std::string(name) + " twice", signed_token(good_header(), good_claims().twice(name, quoted("x"))),
                   Refusal::payload_unreadable);
    }
    tokens.add("iss twice, once in escapes",
               signed_token(good_header(), good_claims().twice(R"(\u0069ss)", quoted("x"))),
               Refusal::payload_unreadable);
}

}  // namespace

const std::vector<std::string>& no_texts() {
    static const std::vector<std::string> values{"null", "true",    "false",        "0",    "-1", "1.5", "[]",
                                                 "{}",   R"([""])", R"({"a":"b"})", R"("")"};
    return values;
}

void add_odd_authorizations(OddTokens& tokens) {
    const std::string good = good_token();
    tokens.add_values("no header", {}, Refusal::no_token);
    for (const char* value : {"Bearer", "bearer", "Bearer "})
        tokens.add_values(std::string("only '") + value + "'", {value}, Refusal::no_token);
    tokens.add_values("two headers", {"Bearer " + good, "Bearer " + good}, Refusal::several_headers);
    tokens.add_values("a second header that is empty", {"Bearer " + good, ""}, Refusal::several_headers);
    tokens.add_values("another scheme beside it", {"Basic dXNlcjpwYXNz", "Bearer " + good}, Refusal::several_headers);
    for (const std::string scheme : {"", " ", "Basic ", "JWT ", "Token ", "Bearer", "Bearer:", "Bearer\t", " Bearer ",
                                     "\"Bearer\" ", "DPoP ", "Negotiate ", "Bearer\xc2\xa0"}) {
        tokens.add_values("scheme '" + scheme + "'", {scheme + good}, Refusal::not_bearer);
    }
    for (const std::string junk : {" ", ",", ";", " realm=x", "\r\nX: y", ", Bearer x", "\""}) {
        tokens.add_values("'" + junk + "' behind the token", {"Bearer " + good + junk}, Refusal::not_base64url);
    }
    tokens.add_values("two spaces", {"Bearer  " + good}, Refusal::not_base64url);
    tokens.add_values("in quotes", {"Bearer \"" + good + '"'}, Refusal::not_base64url);
    tokens.add_values("the empty value", {""}, Refusal::not_bearer);
}

void add_odd_forms(OddTokens& tokens) {
    add_spoilt_parts(tokens);
    add_non_canonical_parts(tokens);
    add_other_structures(tokens);
    add_odd_json(tokens, true);
    add_odd_json(tokens, false);
    add_members_twice(tokens);
    tokens.add("a token of more than 8 KiB",
               signed_token(good_header(), good_claims().with("pad", quoted(std::string(8192, 'p')))),
               Refusal::too_large);
    tokens.add("a header of more than 1 KiB",
               signed_token(good_header().with("pad", quoted(std::string(1024, 'p'))), good_claims()),
               Refusal::too_large);
    tokens.add("a kid of 64 KiB",
               signed_token(good_header().with("kid", quoted(std::string(65536, 'k'))), good_claims()),
               Refusal::too_large);
    tokens.add("a megabyte of dots", std::string(1 << 20, '.'), Refusal::too_large);
    const std::string inner = good_token();
    tokens.add("a token as the payload", signed_token(good_header().text(), inner), Refusal::payload_unreadable);
    tokens.add("a token in quotes as the payload", signed_token(good_header().text(), quoted(inner)),
               Refusal::payload_unreadable);
}

}  // namespace rectal_cds::auth::testing
