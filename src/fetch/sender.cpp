#include "fetch/sender.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace rectal_cds::fetch {

void Exchange::finish(Answer answer) {
    FhirTransport::Done done;
    std::function<void()> dropped;
    {
        const std::lock_guard lock(mutex_);
        done = std::exchange(done_, nullptr);
        dropped = std::exchange(abort_, nullptr);
    }
    if (!done) return;
    try {
        done(std::move(answer));
    } catch (...) {  // an exception that reaches a library's thread would end the process
    }
}

void Exchange::finish(Fault fault) {
    Answer answer;
    answer.fault = fault;
    finish(std::move(answer));
}

bool Exchange::is_finished() const {
    const std::lock_guard lock(mutex_);
    return !done_;
}

// The answer comes first: closing a connection may take a moment, and may run other code of the library.
void Exchange::give_up(Fault fault) {
    std::function<void()> abort;
    {
        const std::lock_guard lock(mutex_);
        if (!done_) return;
        is_given_up_ = true;
        abort = std::exchange(abort_, nullptr);
    }
    finish(fault);
    if (abort) abort();
}

void Exchange::on_give_up(std::function<void()> abort) {
    {
        const std::lock_guard lock(mutex_);
        if (!is_given_up_) {
            if (done_) abort_ = std::move(abort);
            return;
        }
    }
    abort();
}

std::string request_target(const auth::Url& url) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view allowed = "-._~!$&'()*+,;=:@/?%";
    std::string target = url.path.empty() ? "/" : url.path;
    for (const char c : url.query) {
        const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (is_plain || allowed.find(c) != std::string_view::npos) {
            target += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        target += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return target;
}

std::string host_header(const auth::Url& url) { return url.origin().substr(url.scheme.size() + 3); }

auth::Secret authorization(const auth::Secret& token) {
    constexpr std::string_view scheme = "Bearer ";
    std::string text;
    text.reserve(scheme.size() + token.reveal().size());  // so that it never moves
    text.append(scheme).append(token.reveal());
    return auth::Secret(std::move(text));
}

std::optional<std::chrono::seconds> parse_retry_after(std::string_view value) {
    std::uint32_t seconds = 0;
    const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (value.empty() || fault != std::errc() || end != value.data() + value.size()) return std::nullopt;
    return std::chrono::seconds(seconds);
}

}  // namespace rectal_cds::fetch
