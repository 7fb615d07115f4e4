#include "store/writer.hpp"

#include "store/schema.hpp"

namespace rectal_cds::store {

namespace {

constexpr std::chrono::hours quarantine_pause{1};

}  // namespace

FailureClass Writer::open() {
    try {
        connect();
        const std::lock_guard lock(mutex_);
        health_.up = true;
        return FailureClass::none;
    } catch (const std::exception& error) {
        return failed(error);
    }
}

void Writer::connect() {
    if (connection_.is_open()) {
        if (file_at(options_.place) == file_) return;
        disconnect();  // its name may stand for another file now, as after a restore
        is_checked_ = false;
    }
    if (file_ && !file_at(options_.place)) throw Gone();  // a new, empty store would be silent about the loss
    connection_.open(options_.place, options_.busy_wait, Durability::full);
    try {
        sign_on(*connection_);
        if (!is_checked_) check_integrity(*connection_);
        migrate(*connection_);
        check_writable(*connection_);
        WriteTransaction transaction(*connection_);
        check_key(*connection_, options_.key_fingerprint);
        transaction.commit();
        issued_.emplace(*connection_);
    } catch (const std::exception&) {
        disconnect();
        throw;
    }
    is_checked_ = true;
    file_ = file_at(options_.place);
}

void Writer::check_still_there() const {
    if (file_at(options_.place) != file_) throw Gone();
}

// Prepared statements take leave of a server one by one, and one that hangs would keep them waiting.
void Writer::disconnect() {
    connection_.break_off();
    issued_.reset();
    connection_.close();
}

std::vector<BatchResult> Writer::write_all(const Feedback& feedback, const Answers& answers) {
    connect();
    std::vector<BatchResult> results;
    WriteTransaction transaction(*connection_);
    check_key(*connection_, options_.key_fingerprint);
    for (const PendingAnswer& answer : answers) issued_->write(answer.answer, answer.id);
    for (const auto& item : feedback) {
        results.push_back(write_feedback(*connection_, item->batch, item->id, options_.quarantine_per_client));
    }
    transaction.commit();
    check_still_there();
    return results;
}

// A connection that was lost since the last write, as after a restart of the server, is found out by the next one:
// that write is done again on a new connection. Writing twice changes nothing.
std::vector<BatchResult> Writer::write_once_more(const Feedback& feedback, const Answers& answers) {
    const bool was_open = connection_.is_open();
    try {
        return write_all(feedback, answers);
    } catch (const std::exception& error) {
        if (!was_open || class_of(error) != FailureClass::unreachable) throw;
    }
    disconnect();
    return write_all(feedback, answers);
}

FailureClass Writer::write(const Feedback& feedback, const Answers& answers) {
    if (feedback.empty() && answers.empty()) return FailureClass::none;
    std::vector<BatchResult> results;
    began_ = std::chrono::steady_clock::now().time_since_epoch().count();
    try {
        results = write_once_more(feedback, answers);
    } catch (const std::exception& error) {
        began_ = 0;
        return failed(error);
    }
    began_ = 0;
    succeeded(results, answers.size());
    for (std::size_t i = 0; i < feedback.size(); ++i) {
        if (feedback[i]->claim()) feedback[i]->tell(results[i].too_many ? Saved::too_many : Saved::ok);
    }
    if (!feedback.empty()) keep_quarantine_young(feedback.back()->batch.received);
    return FailureClass::none;
}

void Writer::break_off(std::chrono::milliseconds older_than) {
    const std::chrono::steady_clock::time_point began{std::chrono::steady_clock::duration(began_.load())};
    if (began_ != 0 && std::chrono::steady_clock::now() - began >= older_than) connection_.break_off();
}

// The feedback's own times are the clock here.
void Writer::keep_quarantine_young(Instant now) {
    if (now < quarantine_cleared_ + quarantine_pause) return;
    quarantine_cleared_ = now;
    try {
        WriteTransaction transaction(*connection_);
        clear_quarantine(*connection_, now - options_.quarantine_age);
        transaction.commit();
    } catch (const std::exception& error) {
        failed(error);
    }
}

// A lock of somebody else's leaves the connection as good as it was; after anything else a new one is made.
FailureClass Writer::failed(const std::exception& error) {
    const FailureClass failure = class_of(error);
    if (failure != FailureClass::locked) disconnect();
    const std::lock_guard lock(mutex_);
    health_.up = failure == FailureClass::other && health_.up;
    health_.last_error = name(failure);
    ++health_.failures;
    return failure;
}

void Writer::succeeded(const std::vector<BatchResult>& results, std::size_t answers) {
    const std::lock_guard lock(mutex_);
    health_.up = true;
    ++health_.commits;
    health_.answers_recorded += answers;
    for (const BatchResult& result : results) {
        health_.feedback_refused_quota += result.too_many ? 1 : 0;
        health_.feedback_stored += result.stored;
        health_.feedback_repeated += result.repeated;
        health_.feedback_unmatched += result.unmatched;
        for (const std::string& recommendation : result.overridden) ++health_.overridden[recommendation];
    }
}

void Writer::count_unavailable(std::size_t batches) {
    const std::lock_guard lock(mutex_);
    health_.feedback_unavailable += batches;
}

void Writer::count_dropped(std::size_t answers) {
    const std::lock_guard lock(mutex_);
    health_.answers_dropped += answers;
}

StoreHealth Writer::health() const {
    const std::lock_guard lock(mutex_);
    return health_;
}

}  // namespace rectal_cds::store
