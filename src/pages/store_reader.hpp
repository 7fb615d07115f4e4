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
    static constexpr std::size_t default_export_bytes = 32u * 1024 * 1024;  // about 60,000 reports

    explicit StoreReader(std::string place, std::size_t most_export_bytes = default_export_bytes);
    ~StoreReader();  // what waits is not answered any more
    StoreReader(const StoreReader&) = delete;
    StoreReader& operator=(const StoreReader&) = delete;

    // Null: the store could not be read, or too much waits already. Called once, at once or on the reader's thread.
    using Summary = std::shared_ptr<const store::FeedbackSummary>;
    void summarize(const store::ExportRange& range, std::function<void(Summary)> done);

    // A file with all of the range. One that would be too long is empty, because a part would be taken for the whole.
    struct File {
        std::string bytes;
        std::size_t rows = 0;
        bool is_too_long = false;
    };
    enum class Format : unsigned char { csv, json };
    using Exported = std::shared_ptr<File>;  // null as above
    void export_all(const store::ExportRange& range, Format format, std::function<void(Exported)> done);

private:
    void run();
    bool enqueue(std::function<void()> work);

    const std::string place_;
    const std::size_t most_export_bytes_;
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
