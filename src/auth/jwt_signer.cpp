#include "auth/jwt_signer.hpp"

#include <cjose/cjose.h>
#include <openssl/err.h>
#include <openssl/rand.h>

#include <array>
#include <cstdlib>
#include <stdexcept>

#include "auth/pseudonym.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

namespace rectal_cds::auth {

struct JwtSigner::Key {
    explicit Key(cjose_jwk_t* owned) : jwk(owned) {}
    ~Key() {
        cjose_jwk_release(jwk);
        ERR_clear_error();
    }
    Key(const Key&) = delete;
    Key& operator=(const Key&) = delete;

    cjose_jwk_t* jwk;
};

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::size_t rsa_bits = 3072;
constexpr std::array<std::uint8_t, 3> rsa_exponent{1, 0, 1};
constexpr std::size_t kid_digits = 16;
constexpr std::size_t token_id_bytes = 16;

using Header = std::unique_ptr<cjose_header_t, decltype(&cjose_header_release)>;
using Signature = std::unique_ptr<cjose_jws_t, decltype(&cjose_jws_release)>;

std::string_view name_of(Algorithm algorithm) {
    for (const auto& [name, known] : algorithm_names) {
        if (known == algorithm) return name;
    }
    return {};
}

Error unusable(std::string where, std::string what) { return {ErrorKind::invalid, std::move(where), std::move(what)}; }

bool is_made_here(Algorithm algorithm) { return algorithm == Algorithm::es384 || algorithm == Algorithm::rs384; }

std::string random_token_id() {
    std::array<unsigned char, token_id_bytes> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) throw std::runtime_error("no random numbers");
    std::string text;
    for (const unsigned char byte : bytes) {
        for (const int digit : {byte >> 4, byte & 15}) text += "0123456789abcdef"[digit];
    }
    return text;
}

std::string claims_of(const TokenTerms& terms) {
    const auto issued = terms.issued_at.time_since_epoch();
    json::Writer writer;
    writer.begin_object().member("iss", terms.iss).member("aud", terms.aud);
    if (!terms.sub.empty()) writer.member("sub", terms.sub);
    if (!terms.tenant.empty()) writer.member("tenant", terms.tenant);
    writer.member("iat", issued.count()).member("exp", (issued + terms.lifetime).count());
    if (terms.valid_before_issued) writer.member("nbf", (issued - *terms.valid_before_issued).count());
    writer.member("jti", random_token_id()).end_object();
    return writer.take();
}

}  // namespace

Result<JwtSigner> JwtSigner::with_new_key(Algorithm algorithm) {
    if (!is_made_here(algorithm)) return unusable("alg", "Test keys are made for ES384 and RS384 only.");
    cjose_jwk_t* made = algorithm == Algorithm::es384
                            ? cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_384, nullptr)
                            : cjose_jwk_create_RSA_random(rsa_bits, rsa_exponent.data(), rsa_exponent.size(), nullptr);
    if (made == nullptr) return Error{ErrorKind::system, "", "The key could not be made."};
    JwtSigner signer(std::make_shared<const Key>(made), algorithm);
    const std::string kid = "test-" + digest_of({signer.jwk(false)}).substr(0, kid_digits);
    if (!cjose_jwk_set_kid(made, kid.data(), kid.size(), nullptr)) throw std::bad_alloc();
    return signer;
}

Result<JwtSigner> JwtSigner::with_key(const Secret& private_jwk) {
    const auto document = json::Document::parse(std::string(private_jwk.reveal()));
    if (!document) return unusable("", "The text is no JSON, so it is no private JWK.");
    const json::Value root = document.value().root();
    const auto algorithm = algorithm_named(root["alg"].text());
    if (!algorithm || !is_made_here(*algorithm)) return unusable("alg", "ES384 or RS384 is expected.");
    if (root["kty"].text() != (algorithm == Algorithm::es384 ? "EC" : "RSA")) {
        return unusable("kty", "The type of the key does not fit its alg.");
    }
    if (algorithm == Algorithm::es384 && root["crv"].text() != "P-384") return unusable("crv", "P-384 is expected.");
    if (root["kid"].text().empty()) return unusable("kid", "A kid is expected.");
    if (root["d"].text().empty()) return unusable("d", "The private part is missing: this is a public key.");
    cjose_jwk_t* read = cjose_jwk_import(private_jwk.reveal().data(), private_jwk.reveal().size(), nullptr);
    ERR_clear_error();
    if (read == nullptr) return unusable("", "This is no usable private JWK.");
    return JwtSigner(std::make_shared<const Key>(read), *algorithm);
}

std::string JwtSigner::jwk(bool with_private_part) const {
    const std::unique_ptr<char, decltype(&std::free)> text(cjose_jwk_to_json(key_->jwk, with_private_part, nullptr),
                                                           &std::free);
    if (!text) throw std::bad_alloc();
    const auto document = json::Document::parse(std::string(text.get()));
    if (!document) throw std::logic_error("libcjose wrote a key that is no JSON");
    json::Writer writer;
    writer.begin_object();
    for (const json::Member member : document.value().root().members()) writer.member(member.name, member.value);
    return writer.member("use", "sig").member("alg", name_of(algorithm_)).end_object().take();
}

Secret JwtSigner::private_jwk() const { return Secret(jwk(true)); }

std::string JwtSigner::public_jwk() const { return jwk(false); }

Result<std::string> JwtSigner::sign(const TokenTerms& terms) const {
    const Header header(cjose_header_new(nullptr), &cjose_header_release);
    const auto set = [&](const char* name, const std::string& value) {
        return cjose_header_set(header.get(), name, value.c_str(), nullptr);
    };
    bool done = header && set("alg", std::string(name_of(algorithm_))) && set("typ", "JWT") &&
                set("kid", cjose_jwk_get_kid(key_->jwk, nullptr));
    if (!terms.jku.empty()) done = done && set("jku", terms.jku);
    const std::string claims = claims_of(terms);
    const Signature jws(done ? cjose_jws_sign(key_->jwk, header.get(),
                                              reinterpret_cast<const std::uint8_t*>(claims.data()), claims.size(),
                                              nullptr)
                             : nullptr,
                        &cjose_jws_release);
    const char* compact = nullptr;
    done = jws && cjose_jws_export(jws.get(), &compact, nullptr);
    ERR_clear_error();
    if (!done) return unusable("", "The key cannot sign.");
    return std::string(compact);
}

}  // namespace rectal_cds::auth
