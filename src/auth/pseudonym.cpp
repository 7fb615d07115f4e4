#include "auth/pseudonym.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
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

std::string code_of(const Secret& secret, const std::string& text) {
    const std::string_view key = secret.reveal();
    Bytes code{};
    unsigned int size = 0;
    if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(text), text.size(), code.data(),
              &size)) {
        throw std::runtime_error("HMAC-SHA-256 is not available");
    }
    return hexadecimal(code, pseudonym_bytes);
}

constexpr std::string_view digits = "0123456789abcdef";

void append_digits(std::string& text, std::string_view bytes) {
    for (const char byte : bytes) {
        text += digits[static_cast<unsigned char>(byte) >> 4];
        text += digits[static_cast<unsigned char>(byte) & 0xf];
    }
    text += '\n';
}

Secret bytes_in(std::string_view line) {
    std::string bytes;
    bytes.reserve(line.size());
    for (std::size_t i = 0; i + 1 < line.size(); i += 2) {
        const auto high = digits.find(line[i]), low = digits.find(line[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return {};
        bytes += static_cast<char>(high << 4 | low);
    }
    return Secret(std::move(bytes));
}

// Keys of a file; a line that is no key gives an empty one.
std::vector<Secret> keys_in(std::string_view content) {
    std::vector<Secret> keys;
    if (!content.starts_with(Pseudonyms::several_keys)) {
        keys.push_back(Secret::copy_of(content));
        return keys;
    }
    content.remove_prefix(std::min(content.size(), content.find('\n') + 1));
    while (!content.empty()) {
        const std::string_view line = content.substr(0, content.find('\n'));
        keys.push_back(bytes_in(line));
        content.remove_prefix(std::min(content.size(), line.size() + 1));
    }
    return keys;
}

}  // namespace

Pseudonyms::Pseudonyms(Secret content) : keys_(keys_in(content.reveal())) {
    if (!is_key(content)) throw std::logic_error("the key of the pseudonyms is too short");
}

bool Pseudonyms::is_key(const Secret& content) {
    const auto keys = keys_in(content.reveal());
    const auto is_long = [](const Secret& key) { return key.reveal().size() >= key_bytes; };
    return !keys.empty() && std::all_of(keys.begin(), keys.end(), is_long);
}

Secret Pseudonyms::with_further_key(const Secret& content, std::string_view key) {
    const std::string_view before = content.reveal();
    std::string text;
    text.reserve(several_keys.size() + 2 * (before.size() + key.size()) + 3);  // no copy is left behind by growing
    if (before.starts_with(several_keys)) {
        text += before;
    } else {
        text.append(several_keys) += '\n';
        append_digits(text, before);
    }
    append_digits(text, key);
    return Secret(std::move(text));
}

bool Pseudonyms::is_followed_by(const Secret& content, const Secret& next) {
    const Secret with_none = with_further_key(content, "");  // ends in an empty line
    const std::string_view before = with_none.reveal().substr(0, with_none.reveal().size() - 1), all = next.reveal();
    return all.starts_with(before) && all.size() > before.size() + 1 &&
           all.find('\n', before.size()) == all.size() - 1 && is_key(next);
}

std::string Pseudonyms::of(std::string_view tenant, std::string_view patient_id) const {
    std::string text = std::string(tenant) + "|" + std::string(patient_id);
    for (const Secret& key : keys_) text = code_of(key, text);
    return text;
}

std::string Pseudonyms::renewed(std::string_view pseudonym) const {
    return code_of(keys_.back(), std::string(pseudonym));
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
