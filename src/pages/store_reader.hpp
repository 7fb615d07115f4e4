// Reading the store for pages: on a thread of its own, one reading after the other, so that no connection waits for a
// disk that is not its own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "store/feedback_summary.hpp"

namespace rectal_cds::pages {

// Safe to use from several threads.
class StoreReader {
public:
    static constexpr std::size_t most_waiting = 16;
    static constexpr std::chrono::seconds summary_life{3};
    static constexpr std::size_t most_exported = 20'000;

    explicit StoreReader(std::string place);
    ~StoreReader();  // what waits is not answered any more
    StoreReader(const StoreReader&) = delete;
    StoreReader& operator=(const StoreReader&) = delete;

    // Null: the store could not be read, or too much waits already. Called once, at once or on the reader's thread.
    using Summary = std::shared_ptr<const store::FeedbackSummary>;
    void summarize(const store::ExportRange& range, std::function<void(Summary)> done);

    // Null as above; otherwise the first `most_exported`.
    using Exported = std::shared_ptr<const std::vector<store::ExportedFeedback>>;
    void export_all(const store::ExportRange& range, std::function<void(Exported)> done);

private:
    void run();
    bool enqueue(std::function<void()> work);

    const std::string place_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> waiting_;
    bool is_ending_ = false;

    struct Known {
        store::ExportRange range;
        std::chrono::steady_clock::time_point at;
        Summary summary;
    };
    std::optional<Known> known_;  // of the reader's thread alone
    std::thread thread_;
};

}  // namespace rectal_cds::pages
