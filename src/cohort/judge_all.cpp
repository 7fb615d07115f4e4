#include "cohort/judge_all.hpp"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace rectal_cds::cohort {

using base::Error;
using base::ErrorKind;

namespace {

class Judges {
public:
    using Write = std::function<std::optional<Error>(const ShardResults&)>;

    Judges(const Shards& shards, std::size_t first, const JudgeRules& rules, const MakeCall& call, unsigned threads,
           const std::atomic<bool>& stop, const Write& write)
        : shards_(shards), rules_(rules), call_(call), stop_(stop), write_(write), next_(first), to_write_(first),
          window_(std::size_t{2} * threads) {}

    void work() {
        try {
            while (const auto shard = take()) {
                auto results = judge(*shard);
                if (results) hand_in(std::move(*results));
            }
        } catch (const std::exception&) {
            fail({ErrorKind::system, "", "Memory or the system failed while patients were judged."});
        }
    }

    std::optional<Error> error() const { return error_; }

private:
    // Never far ahead of the oldest shard that is still being judged, so that results do not pile up.
    std::optional<std::size_t> take() {
        std::unique_lock lock(mutex_);
        is_moving_.wait(lock, [this] { return error_ || next_ < to_write_ + window_; });
        if (error_ || stop_ || next_ >= shards_.count()) return std::nullopt;
        return next_++;
    }

    // Empty when the run is to end.
    std::optional<ShardResults> judge(std::size_t shard) {
        const auto bytes = shards_.read(shard);
        if (!bytes) return fail(bytes.error()), std::nullopt;
        std::vector<Piece> pieces;
        std::string_view rest = bytes.value();
        while (!rest.empty()) {
            const auto piece = decode(rest);
            if (!piece) return fail({ErrorKind::system, "", "A temporary file is damaged."}), std::nullopt;
            pieces.push_back(*piece);
        }
        std::sort(pieces.begin(), pieces.end(),
                  [](const Piece& one, const Piece& other) { return one.patient < other.patient; });
        ShardResults results{shard, {}};
        for (auto begin = pieces.begin(); begin != pieces.end();) {
            const auto end =
                std::find_if(begin, pieces.end(), [&](const Piece& piece) { return piece.patient != begin->patient; });
            if (stop_) return fail_stopped(), std::nullopt;
            const auto call = call_(begin->patient, {begin, end});
            if (!call) return fail(call.error()), std::nullopt;
            results.lines.push_back(judge_patient(std::string(begin->patient), call.value(), rules_));
            begin = end;
        }
        return results;
    }

    void hand_in(ShardResults results) {
        const std::lock_guard lock(mutex_);
        const std::size_t shard = results.shard;
        finished_.emplace(shard, std::move(results));
        for (auto first = finished_.begin(); first != finished_.end() && first->first == to_write_ && !error_;) {
            if (auto error = write_(first->second)) error_ = std::move(error);
            first = finished_.erase(first);
            ++to_write_;
        }
        is_moving_.notify_all();
    }

    void fail(Error error) {
        const std::lock_guard lock(mutex_);
        if (!error_) error_ = std::move(error);
        is_moving_.notify_all();
    }

    void fail_stopped() { fail({ErrorKind::system, "", "Stopped."}); }

    const Shards& shards_;
    const JudgeRules& rules_;
    const MakeCall& call_;
    const std::atomic<bool>& stop_;
    const Write& write_;
    std::mutex mutex_;  // of all below
    std::condition_variable is_moving_;
    std::size_t next_, to_write_, window_;
    std::map<std::size_t, ShardResults> finished_;
    std::optional<Error> error_;
};

}  // namespace

std::optional<Error> judge_all(const Shards& shards, std::size_t first, const JudgeRules& rules, const MakeCall& call,
                               unsigned threads, const std::atomic<bool>& stop,
                               const std::function<std::optional<Error>(const ShardResults&)>& write) {
    threads = std::max(1U, threads);
    Judges judges(shards, first, rules, call, threads, stop, write);
    std::vector<std::thread> running;
    for (unsigned i = 0; i < threads; ++i) running.emplace_back([&judges] { judges.work(); });
    for (std::thread& thread : running) thread.join();
    return judges.error();
}

}  // namespace rectal_cds::cohort
