#include "auth/page_token.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cctype>
#include <string>

namespace rectal_cds::auth {

namespace {

constexpr std::size_t longest_header = 4096;

// What stands behind the scheme, whose name is not case-sensitive; empty for another scheme.
std::string_view behind(std::string_view header, std::string_view scheme) {
    if (header.size() <= scheme.size() || header[scheme.size()] != ' ') return {};
    const bool is_it = std::equal(scheme.begin(), scheme.end(), header.begin(),
                                  [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
    if (!is_it) return {};
    header.remove_prefix(scheme.size());
    header.remove_prefix(std::min(header.find_first_not_of(' '), header.size()));
    return header;
}

// Base64 with padding (RFC 4648 4); empty when it is none.
std::string decoded(std::string_view text) {
    constexpr std::size_t group = 4, bytes = 3;
    if (text.empty() || text.size() % group != 0) return {};
    std::string result(text.size() / group * bytes, '\0');
    auto* to = reinterpret_cast<unsigned char*>(result.data());
    const auto* from = reinterpret_cast<const unsigned char*>(text.data());
    if (EVP_DecodeBlock(to, from, static_cast<int>(text.size())) < 0) return {};
    const auto padding = static_cast<std::size_t>(std::count(text.end() - 2, text.end(), '='));
    result.resize(result.size() - padding);
    return result;
}

bool is_same(std::string_view given, const Secret& token) {
    const std::string_view right = token.reveal();
    return !right.empty() && given.size() == right.size() &&
           CRYPTO_memcmp(given.data(), right.data(), right.size()) == 0;
}

}  // namespace

bool presents(std::string_view authorization, const Secret& token) {
    if (authorization.size() > longest_header) return false;
    if (const auto bearer = behind(authorization, "Bearer"); !bearer.empty()) return is_same(bearer, token);
    std::string pair = decoded(behind(authorization, "Basic"));
    const auto colon = pair.find(':');
    const bool is_right = colon != std::string::npos && is_same(std::string_view(pair).substr(colon + 1), token);
    OPENSSL_cleanse(pair.data(), pair.size());
    return is_right;
}

}  // namespace rectal_cds::auth
