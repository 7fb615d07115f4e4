#include "store/sqlite_writer.hpp"

#include "store/schema.hpp"

namespace rectal_cds::store {

namespace {

constexpr std::chrono::hours quarantine_pause{1};

}  // namespace

FailureClass SqliteWriter::open() {
    try {
        connect();
        const std::lock_guard lock(mutex_);
        health_.up = true;
        return FailureClass::none;
    } catch (const std::exception& error) {
        return failed(error);
    }
}

void SqliteWriter::connect() {
    if (sql_) return;
    auto sql = std::make_unique<soci::session>();
    open_database(*sql, options_.file, options_.busy_wait, Durability::full);
    if (!is_checked_) check_integrity(*sql);
    migrate(*sql);
    is_checked_ = true;
    sql_ = std::move(sql);
}

FailureClass SqliteWriter::write(const std::vector<std::shared_ptr<PendingFeedback>>& feedback,
                                 const std::vector<PendingAnswer>& answers) {
    if (feedback.empty() && answers.empty()) return FailureClass::none;
    std::vector<BatchResult> results;
    try {
        connect();
        WriteTransaction transaction(*sql_);
        for (const PendingAnswer& answer : answers) write_issued(*sql_, answer.answer, answer.id);
        for (const auto& item : feedback) {
            results.push_back(write_feedback(*sql_, item->batch, item->id, options_.quarantine_per_client));
        }
        transaction.commit();
    } catch (const std::exception& error) {
        return failed(error);
    }
    succeeded(results, answers.size());
    for (std::size_t i = 0; i < feedback.size(); ++i) {
        if (feedback[i]->claim()) feedback[i]->tell(results[i].too_many ? Saved::too_many : Saved::ok);
    }
    if (!feedback.empty()) keep_quarantine_young(feedback.back()->batch.received);
    return FailureClass::none;
}

// The feedback's own times are the clock here.
void SqliteWriter::keep_quarantine_young(Instant now) {
    if (now < quarantine_cleared_ + quarantine_pause) return;
    quarantine_cleared_ = now;
    try {
        WriteTransaction transaction(*sql_);
        clear_quarantine(*sql_, now - options_.quarantine_age);
        transaction.commit();
    } catch (const std::exception& error) {
        failed(error);
    }
}

// A lock of somebody else's leaves the connection as good as it was; after anything else a new one is made.
FailureClass SqliteWriter::failed(const std::exception& error) {
    const FailureClass failure = class_of(error);
    if (failure != FailureClass::locked) sql_.reset();
    const std::lock_guard lock(mutex_);
    health_.up = failure == FailureClass::other && health_.up;
    health_.last_error = name(failure);
    ++health_.failures;
    return failure;
}

void SqliteWriter::succeeded(const std::vector<BatchResult>& results, std::size_t answers) {
    const std::lock_guard lock(mutex_);
    health_.up = true;
    ++health_.commits;
    health_.answers_recorded += answers;
    for (const BatchResult& result : results) {
        health_.feedback_refused_quota += result.too_many ? 1 : 0;
        health_.feedback_stored += result.stored;
        health_.feedback_repeated += result.repeated;
        health_.feedback_unmatched += result.unmatched;
    }
}

void SqliteWriter::count_unavailable(std::size_t batches) {
    const std::lock_guard lock(mutex_);
    health_.feedback_unavailable += batches;
}

void SqliteWriter::count_dropped(std::size_t answers) {
    const std::lock_guard lock(mutex_);
    health_.answers_dropped += answers;
}

StoreHealth SqliteWriter::health() const {
    const std::lock_guard lock(mutex_);
    return health_;
}

}  // namespace rectal_cds::store
