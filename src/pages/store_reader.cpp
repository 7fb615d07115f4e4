#include "pages/store_reader.hpp"

#include <exception>
#include <utility>

namespace rectal_cds::pages {

using std::chrono::steady_clock;

StoreReader::StoreReader(std::string place, std::size_t most_export_bytes)
    : place_(std::move(place)), most_export_bytes_(most_export_bytes), thread_([this] { run(); }) {}

StoreReader::~StoreReader() {
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
        waiting_.clear();
    }
    changed_.notify_all();
    thread_.join();
}

bool StoreReader::enqueue(std::function<void()> work) {
    {
        const std::lock_guard lock(mutex_);
        if (is_ending_ || waiting_.size() >= most_waiting) return false;
        waiting_.push_back(std::move(work));
    }
    changed_.notify_one();
    return true;
}

void StoreReader::run() {
    for (;;) {
        std::function<void()> work;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return is_ending_ || !waiting_.empty(); });
            if (is_ending_) return;
            work = std::move(waiting_.front());
            waiting_.pop_front();
        }
        work();
    }
}

void StoreReader::summarize(const store::ExportRange& range, std::function<void(Summary)> done) {
    const auto work = [this, range, done] {
        const auto now = steady_clock::now();
        const bool is_known = known_ && known_->range.from == range.from && known_->range.to == range.to &&
                              now - known_->at < summary_life;
        if (!is_known) {
            auto read = store::summarize_feedback(place_, range);
            known_ = Known{range, now,
                           read ? std::make_shared<const store::FeedbackSummary>(std::move(read).value()) : nullptr};
        }
        done(known_->summary);
    };
    if (!enqueue(work)) done(nullptr);
}

void StoreReader::export_all(const store::ExportRange& range, Format format, std::function<void(Exported)> done) {
    const auto work = [this, range, format, done] {
        const bool is_csv = format == Format::csv;
        auto file = std::make_shared<File>();
        std::string& bytes = file->bytes;
        bytes = is_csv ? store::csv_heading() : "[";
        const auto read = store::export_feedback(place_, range, [&](const store::ExportedFeedback& item) {
            const bool is_first = file->rows++ == 0;
            file->is_too_long = file->is_too_long || bytes.size() > most_export_bytes_;
            if (file->is_too_long) return bytes.clear();
            bytes += is_csv ? store::csv_line(item) : (is_first ? "\n" : ",\n") + store::json_object(item);
        });
        if (!is_csv && !file->is_too_long) bytes += "\n]\n";
        done(read ? file : nullptr);
    };
    if (!enqueue(work)) done(nullptr);
}

}  // namespace rectal_cds::pages
