// Whether the wall clock may be believed: windows and ages are counted from its day, tokens are judged by it.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>

#include "base/date.hpp"

namespace rectal_cds::service {

// Looked at from time to time, it compares the wall clock with the steady one. Safe to use from several threads.
class ClockWatch {
public:
    using Wall = std::chrono::system_clock::time_point;
    using Steady = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::minutes most_drift{5};  // between two looks; more is a jump
    static constexpr std::chrono::minutes distrust{5};    // after a jump

    ClockWatch(Wall wall, Steady steady) : wall_(wall), steady_(steady) {}

    // Why calls should go elsewhere, or null. `earliest`: the date of the content in use, which no true clock is
    // behind.
    const char* look(Wall wall, Steady steady, base::Day earliest) {
        const std::lock_guard lock(mutex_);
        const auto drift = (wall - wall_) - (steady - steady_);
        if (steady >= distrusted_until_) astray_ = {};
        if (is_jump(drift)) {
            ++jumps_;
            astray_ += drift;
            distrusted_until_ = is_jump(astray_) ? steady + distrust : steady;  // back where it was believed
        }
        wall_ = wall, steady_ = steady;
        if (wall < earliest - std::chrono::days{1})  // the content may be dated east of UTC
            return "the clock is behind the date of the content, so no day of this machine can be relied on.";
        return steady < distrusted_until_ ? "the clock has jumped by more than five minutes." : nullptr;
    }

    std::uint64_t jumps() const {
        const std::lock_guard lock(mutex_);
        return jumps_;
    }

private:
    static bool is_jump(Wall::duration drift) { return drift > most_drift || drift < -most_drift; }

    mutable std::mutex mutex_;
    Wall wall_;
    Steady steady_, distrusted_until_{Steady::min()};
    Wall::duration astray_{};  // from the clock that was believed last
    std::uint64_t jumps_ = 0;
};

}  // namespace rectal_cds::service
