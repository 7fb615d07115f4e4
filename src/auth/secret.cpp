#include "auth/secret.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <utility>

namespace rectal_cds::auth {

Secret Secret::copy_of(std::string_view text) {
    Secret secret;
    if (text.empty()) return secret;
    secret.text_ = std::make_unique<char[]>(text.size());
    std::copy(text.begin(), text.end(), secret.text_.get());
    secret.size_ = text.size();
    return secret;
}

Secret::Secret(std::string&& source) : Secret(copy_of(source)) {
    OPENSSL_cleanse(source.data(), source.size());
    source.clear();
}

Secret::Secret(Secret&& other) noexcept : text_(std::move(other.text_)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this == &other) return *this;
    wipe();
    text_ = std::move(other.text_);
    size_ = std::exchange(other.size_, 0);
    return *this;
}

Secret::~Secret() { wipe(); }

bool Secret::is_bearer_token() const {
    const std::string_view text = reveal();
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
               c == '_' || c == '~' || c == '+' || c == '/';
    };
    const auto padding = std::find_if_not(text.begin(), text.end(), is_letter);
    return padding != text.begin() && std::all_of(padding, text.end(), [](char c) { return c == '='; });
}

void Secret::wipe() {
    if (text_) OPENSSL_cleanse(text_.get(), size_);
    text_.reset();
    size_ = 0;
}

}  // namespace rectal_cds::auth
