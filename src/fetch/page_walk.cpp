#include "fetch/page_walk.hpp"

#include <algorithm>
#include <future>
#include <set>
#include <thread>
#include <utility>

#include "fetch/page.hpp"

namespace rectal_cds::fetch {

using base::Error;
using base::ErrorKind;
using namespace std::chrono_literals;

namespace {

constexpr auto look_for_stop = 100ms;
constexpr std::chrono::milliseconds longest_pause = 5min;  // whatever Retry-After asks for

class Walk {
public:
    Walk(FhirTransport& transport, const WalkOptions& options, std::string where, const std::atomic<bool>& stop)
        : transport_(transport), options_(options), where_(std::move(where)), stop_(stop) {}

    std::optional<Error> run(std::optional<auth::Url> url, const std::function<bool(json::Value)>& take) {
        if (!url) return fault("It does not lie below the FHIR server's base.");
        while (url) {
            if (!seen_.insert(url->text()).second) return fault("A page names an earlier one as its next.");
            auto page = read_patiently(*url);
            if (!page) return page.error();
            Page& read = page.value();
            if (!read.is_bundle) return fault("A Bundle is expected; the server answered something else.");
            bytes_ += read.bytes;
            if (!take(read.document->root())) return std::nullopt;
            if (read.has_next && !read.next) return fault("The next page does not lie below the FHIR server's base.");
            url = std::move(read.next);
            if (url && (seen_.size() >= options_.max_pages || bytes_ >= options_.max_bytes))
                return fault("The list does not end: there are further pages after " + std::to_string(seen_.size()) +
                             " with " + std::to_string(bytes_) + " bytes.");
        }
        return std::nullopt;
    }

private:
    Error fault(std::string what) const { return {ErrorKind::unobtainable, where_, std::move(what)}; }

    base::Result<Page> read_patiently(const auth::Url& url) {
        for (std::size_t attempt = 0;; ++attempt) {
            auto page = read(url);
            if (!page) return page.error();
            if (stop_) return Error{ErrorKind::system, "", "Stopped before the end."};
            const auto failure = page.value().failure;
            if (failure == cdshooks::FetchFailure::none) return page;
            const bool is_passing = failure == cdshooks::FetchFailure::timed_out ||
                                    failure == cdshooks::FetchFailure::unreachable ||
                                    failure == cdshooks::FetchFailure::overloaded || page.value().is_token_refused;
            if (!is_passing || attempt >= options_.pauses.size())
                return fault(std::string("The list of patients could not be read: ") + cdshooks::name(failure) +
                             (page.value().is_token_refused ? "; is the token missing, wrong or expired?" : "."));
            std::chrono::milliseconds pause = options_.pauses[attempt];
            const auto asked =
                std::min<std::chrono::milliseconds>(page.value().retry_after.value_or(0s), longest_pause);
            pause = std::max(pause, asked);
            pause_for(pause, stop_);
        }
    }

    base::Result<Page> read(const auth::Url& url) {
        Request request;
        request.client = "cohort";
        request.url = url;
        request.ranges = options_.ranges;
        request.deadline = Clock::now() + options_.page_deadline;
        request.max_bytes = options_.max_page_bytes;
        if (options_.token) {
            auto token = options_.token();
            if (!token) return token.error();
            request.token = std::move(token).value();
        }
        auto answered = std::make_shared<std::promise<Answer>>();
        auto answer = answered->get_future();
        const auto cancel =
            transport_.get(std::move(request), [answered](Answer given) { answered->set_value(std::move(given)); });
        while (answer.wait_for(look_for_stop) != std::future_status::ready) {
            if (stop_) cancel();
        }
        return read_page(answer.get(), options_.base);
    }

    FhirTransport& transport_;
    const WalkOptions& options_;
    const std::string where_;
    const std::atomic<bool>& stop_;
    std::set<std::string> seen_;  // pages that were read
    std::uint64_t bytes_ = 0;     // of them
};

}  // namespace

void pause_for(std::chrono::milliseconds time, const std::atomic<bool>& stop) {
    const auto end = Clock::now() + time;
    while (!stop && Clock::now() < end)
        std::this_thread::sleep_for(std::min<Clock::duration>(50ms, end - Clock::now()));
}

std::optional<Error> walk_pages(FhirTransport& transport, const WalkOptions& options, const std::string& target,
                                const std::function<bool(json::Value)>& take, const std::atomic<bool>& stop) {
    return Walk(transport, options, target.substr(0, target.find('?')), stop).run(url_of(target, options.base), take);
}

}  // namespace rectal_cds::fetch
