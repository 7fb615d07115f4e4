// What group commit is worth: feedback stored one call after another, where each waits for a commit of its own, and by
// many callers at one time, who share commits (reliability.md G13). Argument: a folder on the disk to measure (default:
// the temporary folder); then the seconds of each run.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "store/open_store.hpp"

using namespace rectal_cds;
using Clock = std::chrono::steady_clock;

namespace {

store::FeedbackBatch batch(unsigned thread, unsigned number) {
    cdshooks::FeedbackItem item;
    item.card = "card " + std::to_string(thread);
    item.outcome = cdshooks::FeedbackOutcome::overridden;
    item.reason.comment = "A comment of ordinary length, as users leave one now and then: " + std::to_string(number);
    return {"bench", "service", {}, {item}};
}

struct Latencies {
    std::vector<double> milliseconds;
    double at(double share) {
        if (milliseconds.empty()) return 0;
        std::sort(milliseconds.begin(), milliseconds.end());
        return milliseconds[static_cast<std::size_t>(share * static_cast<double>(milliseconds.size() - 1))];
    }
};

std::vector<double> save_until(store::Store& store, unsigned thread, Clock::time_point end) {
    std::vector<double> milliseconds;
    for (unsigned number = 0; Clock::now() < end; ++number) {
        std::promise<store::Saved> promise;
        const auto begin = Clock::now();
        store.save_feedback(batch(thread, number), [&promise](store::Saved saved) { promise.set_value(saved); });
        if (promise.get_future().get() != store::Saved::ok) continue;
        milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    }
    return milliseconds;
}

void issue_cards(store::Store& store, unsigned count) {
    store::IssuedAnswer answer;
    answer.client = "bench", answer.service_id = "service";
    for (unsigned i = 0; i < count; ++i)
        answer.cards.push_back({"card " + std::to_string(i), "id", "title", {}, "0.1.0", {}, {}, {}});
    store.record_issued(answer);
    while (store.health().answers_recorded == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void measure(const std::filesystem::path& file, unsigned callers, double seconds) {
    store::StoreOptions options;
    options.place = file.string() + std::to_string(callers);
    auto store = store::open_store(options);
    if (!store) {
        std::fprintf(stderr, "%s: %s\n", store.error().where.c_str(), store.error().what.c_str());
        return;
    }
    issue_cards(*store.value(), callers);
    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    std::vector<std::future<std::vector<double>>> threads;
    for (unsigned thread = 0; thread < callers; ++thread) {
        threads.push_back(
            std::async(std::launch::async, [&, thread] { return save_until(*store.value(), thread, end); }));
    }
    Latencies all;
    for (auto& thread : threads) {
        const auto some = thread.get();
        all.milliseconds.insert(all.milliseconds.end(), some.begin(), some.end());
    }
    const auto stored = static_cast<double>(all.milliseconds.size());
    const auto commits = static_cast<double>(store.value()->health().commits);
    std::printf("%4u callers: %8.0f items/s, %6.0f commits/s, %6.1f items a commit; p50 %.2f ms, p99 %.2f ms\n",
                callers, stored / seconds, commits / seconds, commits > 0 ? stored / commits : 0, all.at(0.5),
                all.at(0.99));
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path base =
        argc > 1 ? std::filesystem::path(argv[1]) : std::filesystem::temp_directory_path();
    const double seconds = argc > 2 ? std::stod(argv[2]) : 3;
    const std::filesystem::path folder =
        base / ("feedback-commits-" + std::to_string(Clock::now().time_since_epoch().count()));
    std::filesystem::create_directories(folder);
    for (const unsigned callers : {1U, 8U, 64U, 200U}) measure(folder / "store", callers, seconds);
    std::filesystem::remove_all(folder);
}
