// A value that a reload replaces as a whole: whoever has taken it keeps what it began with.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace rectal_cds::service {

// Safe to use from several threads.
template <class T>
class Current {
public:
    explicit Current(std::shared_ptr<const T> value = nullptr) : value_(std::move(value)) {}

    std::shared_ptr<const T> get() const {
        const std::lock_guard lock(mutex_);
        return value_;
    }
    void replace(std::shared_ptr<const T> value) {
        const std::lock_guard lock(mutex_);
        value_.swap(value);
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const T> value_;
};

}  // namespace rectal_cds::service
