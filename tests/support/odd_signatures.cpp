#include "support/odd_tokens.hpp"

namespace rectal_cds::auth::testing {

namespace {

Members header_for(const std::string& algorithm, const std::string& kid) {
    return good_header().with("alg", quoted(algorithm)).with("kid", quoted(kid));
}

Members wide_claims() { return good_claims().with("iss", quoted("https://wide.test")).without("tenant"); }

Digest digest_of(const std::string& algorithm) {
    if (algorithm.ends_with("256")) return Digest::sha256;
    return algorithm.ends_with("384") ? Digest::sha384 : Digest::sha512;
}

std::string token_with(const Members& header, const Members& claims, const std::string& signature) {
    return compact(header.text(), claims.text(), signature);
}

std::string input_of(const Members& header, const Members& claims) {
    return signing_input(header.text(), claims.text());
}

void add_no_algorithm(OddTokens& tokens) {
    for (const char* algorithm : {"none", "None", "NONE", "nOnE", "NoNe", "none ", " none", "\\tnone", "none\\n",
                                  "\\u006eone", "noone", "null", "NULL", "no", "-", "0", "plain", "unsecured"}) {
        const Members header = good_header().with("alg", '"' + std::string(algorithm) + '"');
        tokens.add(std::string("alg ") + algorithm + ", signed all the same", signed_token(header, good_claims()),
                   Refusal::algorithm_not_signature);
        tokens.add(std::string("alg ") + algorithm + ", one byte as signature", token_with(header, good_claims(), "x"),
                   Refusal::algorithm_not_signature);
        tokens.add(std::string("alg ") + algorithm + ", without signature", input_of(header, good_claims()) + '.',
                   Refusal::not_three_parts);
    }
    for (const char* algorithm :
         {"ES256K", "EdDSA", "Ed25519", "RSA-OAEP",    "RSA1_5",       "dir",         "A128KW", "ECDH-ES",
          "es384",  "Es384", "ES384 ",  " ES384",      "ES-384",       "ES3840",      "ES38",   "SHA384withECDSA",
          "RS1",    "HS1",   "MD5",     "ES384,RS384", "ES384\\u00a0", "\xce\x95S384"}) {
        tokens.add(std::string("alg ") + algorithm,
                   signed_token(good_header().with("alg", '"' + std::string(algorithm) + '"'), good_claims()),
                   Refusal::algorithm_not_signature);
    }
}

std::vector<std::pair<std::string, std::string>> public_texts(const SigningKey& key, const char* first,
                                                              const char* second) {
    const std::string pem = key.public_pem();
    return {{"PEM", pem},
            {"PEM without its last newline", pem.substr(0, pem.size() - 1)},
            {"DER", key.public_der()},
            {"JWK", key.jwk("ec-1")},
            {"first number", key.number(first)},
            {"first number in base64url", base64url(key.number(first))},
            {"both numbers", key.number(first) + key.number(second)}};
}

void add_shared_secrets(OddTokens& tokens) {
    std::vector<std::pair<std::string, std::string>> secrets{
        {"the empty text", ""},
        {"secret", "secret"},
        {"the kid", "ec-1"},
        {"zeros", std::string(48, '\0')},
        {"the key set", R"({"keys":[)" + p384_key().jwk("ec-1") + "]}"}};
    for (const auto& [what, secret] : public_texts(p384_key(), "qx", "qy"))
        secrets.emplace_back("P-384 " + what, secret);
    for (const auto& [what, secret] : public_texts(rsa_key(), "n", "e")) secrets.emplace_back("RSA " + what, secret);
    for (const auto& [what, secret] : secrets) {
        for (const std::string algorithm : {"HS256", "HS384", "HS512"}) {
            const Members header = header_for(algorithm, what.starts_with("RSA") ? "rsa+/=" : "ec-1");
            tokens.add(
                algorithm + " with " + what,
                token_with(header, good_claims(), hmac(secret, input_of(header, good_claims()), digest_of(algorithm))),
                Refusal::algorithm_not_signature);
        }
    }
    for (const std::string algorithm : {"ES384", "RS384"}) {
        const Members header = header_for(algorithm, algorithm == "ES384" ? "ec-1" : "rsa+/=");
        const SigningKey& key = algorithm == "ES384" ? p384_key() : rsa_key();
        tokens.add(
            algorithm + " that is an HMAC",
            token_with(header, good_claims(), hmac(key.public_pem(), input_of(header, good_claims()), Digest::sha384)),
            Refusal::signature_wrong);
    }
}

// One algorithm for another: what the key could sign, under a name that is not the key's or not the client's.
void add_confusions(OddTokens& tokens) {
    for (const std::string algorithm : {"ES256", "ES512", "RS256", "RS512", "PS256", "PS384", "PS512"}) {
        const bool is_ec = algorithm[0] == 'E';
        const SigningKey& key = is_ec ? p384_key() : rsa_key();
        const Members header = header_for(algorithm, is_ec ? "ec-1" : "rsa+/=");
        const std::string input = input_of(header, good_claims());
        const std::string signature =
            algorithm[0] == 'P' ? key.sign_pss(input, digest_of(algorithm)) : key.sign(input, digest_of(algorithm));
        tokens.add(algorithm + ", which this client may not use", input + '.' + base64url(signature),
                   Refusal::algorithm_not_allowed);
    }
    struct Fit {
        const char* algorithm;
        const char* kid;
        const SigningKey& key;
    };
    const std::vector<Fit> misfits{
        {"ES256", "ec-1", p384_key()},      {"ES512", "ec-1", p384_key()},      {"ES256", "p521", p521_key()},
        {"ES384", "p256", p256_key()},      {"ES384", "p521", p521_key()},      {"ES512", "p256", p256_key()},
        {"RS384", "ec-1", p384_key()},      {"RS256", "p256", p256_key()},      {"PS384", "ec-1", p384_key()},
        {"PS512", "p521", p521_key()},      {"ES384", "rsa+/=", rsa_key()},     {"ES256", "rsa+/=", rsa_key()},
        {"RS256", "rs384-only", rsa_key()}, {"RS512", "rs384-only", rsa_key()}, {"PS384", "rs384-only", rsa_key()}};
    for (const Fit& misfit : misfits) {
        const Members header = header_for(misfit.algorithm, misfit.kid);
        const std::string input = input_of(header, wide_claims());
        tokens.add(std::string(misfit.algorithm) + " by the key " + misfit.kid,
                   input + '.' + base64url(misfit.key.sign(input, digest_of(misfit.algorithm))), Refusal::key_unfit);
    }
    for (const std::string algorithm : {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}) {
        const Members header = header_for(algorithm, "rsa+/=");
        const std::string input = input_of(header, wide_claims());
        const std::string other_padding = algorithm[0] == 'P' ? rsa_key().sign(input, digest_of(algorithm))
                                                              : rsa_key().sign_pss(input, digest_of(algorithm));
        tokens.add(algorithm + " with the other padding", input + '.' + base64url(other_padding),
                   Refusal::signature_wrong);
        const Digest other_digest = algorithm.ends_with("384") ? Digest::sha256 : Digest::sha384;
        const std::string signature =
            algorithm[0] == 'P' ? rsa_key().sign_pss(input, other_digest) : rsa_key().sign(input, other_digest);
        tokens.add(algorithm + " with another digest", input + '.' + base64url(signature), Refusal::signature_wrong);
    }
}

void add_bent_ecdsa(OddTokens& tokens) {
    const std::string input = input_of(good_header(), good_claims());
    const std::string good = p384_key().sign(input, Digest::sha384);
    const std::string r = good.substr(0, 48);
    const std::string s = good.substr(48);
    const std::string zero(48, '\0');
    const std::string ones(48, '\xff');
    const std::string order = p384_key().curve_order();
    const std::string one = zero.substr(1) + '\x01';
    const std::vector<std::pair<const char*, std::string>> bent{
        {"r zero", zero + s},
        {"s zero", r + zero},
        {"both zero", zero + zero},
        {"r the order", order + s},
        {"s the order", r + order},
        {"both the order", order + order},
        {"r all ones", ones + s},
        {"s all ones", r + ones},
        {"both one", one + one},
        {"r one", one + s},
        {"s one", r + one},
        {"r and s exchanged", s + r},
        {"r twice", r + r},
        {"only r", r},
        {"one byte short", good.substr(0, 95)},
        {"one byte short in front", good.substr(1)},
        {"a zero behind", good + '\0'},
        {"a zero in front", '\0' + good},
        {"a zero before each", '\0' + r + '\0' + s},
        {"sixteen zeros before each", zero.substr(32) + r + zero.substr(32) + s},
        {"twice", good + good},
        {"of P-256 length", good.substr(0, 64)},
        {"of P-521 length", good + zero.substr(12)},
        {"one byte", "x"},
        {"DER", p384_key().sign_der(input, Digest::sha384)},
        {"as hexadecimal text", "00ff00ff"}};
    for (const auto& [what, signature] : bent) {
        tokens.add(std::string("ES384 signature: ") + what, input + '.' + base64url(signature),
                   Refusal::signature_wrong);
    }
    tokens.add("ES384 by another key", input + '.' + base64url(other_p384_key().sign(input, Digest::sha384)),
               Refusal::signature_wrong);
    tokens.add("ES384 of another text", input + '.' + base64url(p384_key().sign("other", Digest::sha384)),
               Refusal::signature_wrong);
    tokens.add("ES384 of the payload only",
               input + '.' + base64url(p384_key().sign(base64url(good_claims().text()), Digest::sha384)),
               Refusal::signature_wrong);
    tokens.add("ES384 of the texts before base64url",
               input + '.' +
                   base64url(p384_key().sign(good_header().text() + '.' + good_claims().text(), Digest::sha384)),
               Refusal::signature_wrong);
    tokens.add("ES384 of SHA-256", input + '.' + base64url(p384_key().sign(input, Digest::sha256)),
               Refusal::signature_wrong);
    for (std::size_t byte = 0; byte < good.size(); byte += 4) {
        std::string flipped = good;
        flipped[byte] = static_cast<char>(flipped[byte] ^ (1 << (byte % 8)));
        tokens.add("ES384 signature: bit flipped in byte " + std::to_string(byte), input + '.' + base64url(flipped),
                   Refusal::signature_wrong);
    }
}

void add_bent_rsa(OddTokens& tokens) {
    const std::string input = input_of(header_for("RS384", "rsa+/="), good_claims());
    const std::string good = rsa_key().sign(input, Digest::sha384);
    const std::size_t size = good.size();
    const std::string modulus = rsa_key().number("n");
    std::string below_modulus = modulus;
    below_modulus.back() = static_cast<char>(below_modulus.back() - 1);
    const std::vector<std::pair<const char*, std::string>> bent{{"zeros", std::string(size, '\0')},
                                                                {"one", std::string(size - 1, '\0') + '\x01'},
                                                                {"all ones", std::string(size, '\xff')},
                                                                {"the modulus", modulus},
                                                                {"one below the modulus", below_modulus},
                                                                {"one byte short", good.substr(0, size - 1)},
                                                                {"a zero behind", good + '\0'},
                                                                {"a zero in front", '\0' + good},
                                                                {"half", good.substr(0, size / 2)},
                                                                {"twice", good + good},
                                                                {"backwards", std::string(good.rbegin(), good.rend())}};
    for (const auto& [what, signature] : bent) {
        tokens.add(std::string("RS384 signature: ") + what, input + '.' + base64url(signature),
                   Refusal::signature_wrong);
    }
    for (std::size_t byte = 0; byte < size; byte += 16) {
        std::string flipped = good;
        flipped[byte] = static_cast<char>(flipped[byte] ^ (1 << (byte / 16 % 8)));
        tokens.add("RS384 signature: bit flipped in byte " + std::to_string(byte), input + '.' + base64url(flipped),
                   Refusal::signature_wrong);
    }
}

}  // namespace

void add_odd_algorithms(OddTokens& tokens) {
    add_no_algorithm(tokens);
    add_shared_secrets(tokens);
    add_confusions(tokens);
}

void add_odd_signatures(OddTokens& tokens) {
    add_bent_ecdsa(tokens);
    add_bent_rsa(tokens);
}

}  // namespace rectal_cds::auth::testing
