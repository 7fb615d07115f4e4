#include "auth/link_signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace rectal_cds::auth {

namespace {

constexpr std::size_t longest_number = 12;  // digits of seconds since 1970

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= longest_number &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

}  // namespace

LinkSigner::LinkSigner(Secret key) : key_(std::move(key)) {
    if (key_.reveal().size() < key_bytes) throw std::logic_error("the key of the links is too short");
}

std::string LinkSigner::code_of(std::string_view path, std::string_view ends) const {
    constexpr std::string_view digits = "0123456789abcdef";
    const std::string_view key = key_.reveal();
    const std::string text = "link\n" + std::string(path) + "\n" + std::string(ends);
    std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
    unsigned int size = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes, text.size(), code.data(), &size))
        throw std::runtime_error("HMAC-SHA-256 is not available");
    std::string result;
    for (unsigned int i = 0; i < size; ++i) {
        result += digits[code[i] >> 4];
        result += digits[code[i] & 0xf];
    }
    return result;
}

LinkSigner::Signature LinkSigner::sign(std::string_view path, Time ends) const {
    std::string number = std::to_string(ends.time_since_epoch().count());
    std::string code = code_of(path, number);
    return {std::move(number), std::move(code)};
}

LinkSigner::Verdict LinkSigner::check(std::string_view path, const Signature& given, Time now) const {
    if (!is_number(given.ends)) return Verdict::wrong;
    const std::string right = code_of(path, given.ends);
    if (given.code.size() != right.size() || CRYPTO_memcmp(right.data(), given.code.data(), right.size()) != 0)
        return Verdict::wrong;
    std::int64_t ends = 0;
    std::from_chars(given.ends.data(), given.ends.data() + given.ends.size(), ends);
    return now.time_since_epoch().count() < ends ? Verdict::valid : Verdict::expired;
}

}  // namespace rectal_cds::auth
