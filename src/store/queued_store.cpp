#include "store/open_store.hpp"

#include <filesystem>
#include <future>
#include <thread>

#include "store/deadlines.hpp"
#include "store/past_cards.hpp"
#include "store/place.hpp"
#include "store/reading.hpp"
#include "store/writer.hpp"

namespace rectal_cds::store {

namespace {

constexpr std::chrono::milliseconds pause_after_failure{500};  // before answers are tried again

class QueuedStore final : public Store {
public:
    explicit QueuedStore(const StoreOptions& options)
        : options_(options), writer_(options), queue_(options.feedback_capacity, options.queue_capacity),
          deadlines_([this](PendingFeedback& feedback) {
              give_up(feedback);
              writer_.break_off(options_.patience);
          }) {}

    ~QueuedStore() override {
        queue_.stop();
        if (!thread_.joinable()) return;
        if (ended_.get_future().wait_for(options_.patience) != std::future_status::ready)
            writer_.break_off(std::chrono::milliseconds(0));
        thread_.join();
    }

    FailureClass open() {
        const FailureClass failure = writer_.open();
        thread_ = std::thread([this] {
            run();
            ended_.set_value();
        });
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
        return read_past_cards(options_.place, since, limit);
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
    Writer writer_;
    WriteQueue queue_;
    Deadlines deadlines_;
    std::promise<void> ended_;
    std::thread thread_;
};

base::Error unusable(const std::string& place, FailureClass failure) {
    if (failure == FailureClass::cannot_open) return {base::ErrorKind::invalid, place, "The file cannot be created."};
    return {base::ErrorKind::invalid, place, why_unusable(failure)};
}

}  // namespace

base::Result<std::unique_ptr<Store>> open_store(const StoreOptions& options) {
    if (const auto checked = check_place(options.place); !checked) return checked.error();
    std::error_code unknown;
    const bool is_new = !is_postgresql(options.place) && !std::filesystem::exists(options.place, unknown);
    auto store = std::make_unique<QueuedStore>(options);
    const FailureClass failure = store->open();
    const bool is_never_created = failure == FailureClass::cannot_open && is_new;
    const bool is_not_ours = failure == FailureClass::damaged || failure == FailureClass::newer ||
                             failure == FailureClass::other_key || failure == FailureClass::other;
    if (is_never_created || is_not_ours) return unusable(options.place, failure);
    return std::unique_ptr<Store>(std::move(store));
}

}  // namespace rectal_cds::store
