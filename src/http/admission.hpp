// What is decided of a request between its head and its body, and what bodies may take of the memory together.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include "http/message.hpp"

namespace rectal_cds::http {

// How busy the thread of a connection is: by so much, a quarter of a second apart and twice in a row, it came late.
struct Load {
    std::chrono::milliseconds lag{0};
};

struct Admission {
    std::optional<Response> refusal;   // sent in place of reading the body; the connection closes
    unsigned percent_of_bodies = 100;  // of ServerOptions::max_buffered_bytes that may be taken while this body is read
};

// Bytes of request bodies that have been read and not been answered. Safe to use from several threads.
class BodyBudget {
public:
    explicit BodyBudget(std::size_t most) : most_(most) {}

    // What one request has taken; given back when it ends.
    class Share {
    public:
        Share() = default;
        explicit Share(std::shared_ptr<BodyBudget> of) : budget_(std::move(of)) {}
        Share(Share&& other) noexcept : budget_(std::move(other.budget_)), bytes_(std::exchange(other.bytes_, 0)) {}
        Share& operator=(Share&& other) noexcept {
            std::swap(budget_, other.budget_);
            std::swap(bytes_, other.bytes_);
            return *this;
        }
        ~Share() { give_back(); }

        // False, and nothing taken, when more than `percent` of the budget would be in use.
        bool take(std::size_t bytes, unsigned percent) {
            const std::size_t before = budget_->used_.fetch_add(bytes);
            bytes_ += bytes;
            if (before + bytes <= budget_->most_ / 100 * percent) return true;
            give_back();
            return false;
        }
        void give_back() {
            if (budget_) budget_->used_ -= std::exchange(bytes_, 0);
        }

    private:
        std::shared_ptr<BodyBudget> budget_;
        std::size_t bytes_ = 0;
    };

    std::size_t used() const { return used_; }

private:
    const std::size_t most_;
    std::atomic<std::size_t> used_ = 0;
};

}  // namespace rectal_cds::http
