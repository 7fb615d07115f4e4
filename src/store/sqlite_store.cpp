#include "store/sqlite_store.hpp"

#include <filesystem>
#include <thread>

#include "store/deadlines.hpp"
#include "store/past_cards.hpp"
#include "store/sqlite_writer.hpp"

namespace rectal_cds::store {

namespace {

constexpr std::chrono::milliseconds pause_after_failure{500};  // before answers are tried again

class SqliteStore final : public Store {
public:
    explicit SqliteStore(const StoreOptions& options)
        : options_(options), writer_(options), queue_(options.feedback_capacity, options.queue_capacity),
          deadlines_([this](PendingFeedback& feedback) { give_up(feedback); }) {}

    ~SqliteStore() override {
        queue_.stop();
        if (thread_.joinable()) thread_.join();
    }

    FailureClass open() {
        const FailureClass failure = writer_.open();
        thread_ = std::thread([this] { run(); });
        return failure;
    }

    void save_feedback(FeedbackBatch batch, std::function<void(Saved)> done) override {
        if (batch.items.empty()) return done(Saved::ok);
        const Deadline deadline = std::chrono::steady_clock::now() + options_.patience;
        const auto pending = std::make_shared<PendingFeedback>(std::move(batch), std::move(done), deadline);
        if (!queue_.push(pending)) return give_up(*pending);
        deadlines_.watch(pending);
    }

    void record_issued(IssuedAnswer answer) override {
        if (!queue_.push(PendingAnswer(std::move(answer)))) writer_.count_dropped(1);
    }

    StoreHealth health() const override { return writer_.health(); }

    base::Result<std::vector<PastCard>> cards_since(Instant since, std::size_t limit) override {
        return read_past_cards(options_.file, since, limit);
    }

private:
    void run() {
        FailureClass failure = FailureClass::none;
        for (;;) {
            Work work = queue_.take();
            if (work.empty() && work.stopping) return;
            std::erase_if(work.feedback, [](const auto& feedback) { return feedback->is_claimed(); });
            const bool is_hopeless = work.stopping && failure != FailureClass::none;
            if (!is_hopeless) failure = writer_.write(work.feedback, work.answers);
            if (failure == FailureClass::other)
                write_one_by_one(std::move(work));
            else if (failure != FailureClass::none)
                give_up(std::move(work));
        }
    }

    // One item that cannot be written must not cost the others theirs.
    void write_one_by_one(Work work) {
        for (PendingAnswer& answer : work.answers) {
            std::vector<PendingAnswer> alone;
            alone.push_back(std::move(answer));
            if (writer_.write({}, alone) != FailureClass::none) writer_.count_dropped(1);
        }
        for (const auto& feedback : work.feedback) {
            if (writer_.write({feedback}, {}) != FailureClass::none) give_up(*feedback);
        }
    }

    void give_up(Work work) {
        for (const auto& feedback : work.feedback) give_up(*feedback);
        writer_.count_dropped(queue_.give_back(std::move(work.answers), pause_after_failure));
    }

    void give_up(PendingFeedback& feedback) {
        if (!feedback.claim()) return;
        writer_.count_unavailable(1);
        feedback.tell(Saved::unavailable);
    }

    const StoreOptions options_;
    SqliteWriter writer_;
    WriteQueue queue_;
    Deadlines deadlines_;
    std::thread thread_;
};

base::Error unusable(const std::string& file, FailureClass failure) {
    const char* what = "The file cannot be created.";
    if (failure == FailureClass::newer) what = "This store was written by a newer version of the program.";
    if (failure == FailureClass::damaged) what = "This file is no store, or it is damaged.";
    if (failure == FailureClass::other) what = "This file is not a store of this program.";
    return {base::ErrorKind::invalid, file, what};
}

}  // namespace

base::Result<std::unique_ptr<Store>> open_sqlite_store(const StoreOptions& options) {
    if (const auto name = check_name(options.file); !name) return name.error();
    std::error_code unknown;
    const bool is_new = !std::filesystem::exists(options.file, unknown);
    auto store = std::make_unique<SqliteStore>(options);
    const FailureClass failure = store->open();
    const bool is_never_created = failure == FailureClass::cannot_open && is_new;
    const bool is_not_ours =
        failure == FailureClass::damaged || failure == FailureClass::newer || failure == FailureClass::other;
    if (is_never_created || is_not_ours) return unusable(options.file, failure);
    return std::unique_ptr<Store>(std::move(store));
}

}  // namespace rectal_cds::store
