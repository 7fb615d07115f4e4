#include "auth/pseudonym.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace rectal_cds::auth {

namespace {

constexpr std::size_t pseudonym_bytes = 16;
using Bytes = std::array<unsigned char, EVP_MAX_MD_SIZE>;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string hexadecimal(const Bytes& bytes, std::size_t count) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 0xf];
    }
    return text;
}

}  // namespace

Pseudonyms::Pseudonyms(Secret key) : key_(std::move(key)) {
    if (key_.reveal().size() < key_bytes) throw std::logic_error("the key of the pseudonyms is too short");
}

std::string Pseudonyms::of(std::string_view tenant, std::string_view patient_id) const {
    const std::string_view key = key_.reveal();
    const std::string text = std::string(tenant) + "|" + std::string(patient_id);
    Bytes code{};
    unsigned int size = 0;
    if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(text), text.size(), code.data(),
              &size)) {
        throw std::runtime_error("HMAC-SHA-256 is not available");
    }
    return hexadecimal(code, pseudonym_bytes);
}

// Client names hold no '|' (see of), so this text is no patient's.
std::string Pseudonyms::fingerprint() const { return of("|", "fingerprint of the key"); }

std::string digest_of(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const std::string_view part : parts) text.append(std::to_string(part.size())).append(":").append(part);
    Bytes digest{};
    unsigned int size = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("SHA-256 is not available");
    }
    return hexadecimal(digest, size);
}

}  // namespace rectal_cds::auth
