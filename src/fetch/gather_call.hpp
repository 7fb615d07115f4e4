// One FhirReader::gather() under way. For sources of this folder only.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "fetch/alarm.hpp"
#include "fetch/fhir_reader.hpp"
#include "fetch/page.hpp"
#include "fetch/places.hpp"

namespace rectal_cds::fetch {

class GatherCall;

struct ReaderState {
    ReaderState(std::shared_ptr<FhirTransport> by, const ReaderLimits& given, FhirReader::Now now)
        : transport(std::move(by)), limits(given), breaker(given.breaker, std::move(now)),
          places(given.max_connections) {}

    std::chrono::milliseconds retry_pause();

    const std::shared_ptr<FhirTransport> transport;
    const ReaderLimits limits;
    CircuitBreaker breaker;
    Places places;
    std::mutex mutex;  // of the next three; nothing else is locked while it is held
    ReaderCounts counts;
    std::minstd_rand random{std::random_device()()};
    std::map<const GatherCall*, std::shared_ptr<GatherCall>> calls;  // not answered yet
    Alarm alarm;                                                     // last: its thread ends first
};

// The queries are read in two rounds, the second being the follow-up. Every function may run on any thread. The lock is
// never held while something outside is called. Once has_ended_ is set, one thread alone goes on, to answer.
class GatherCall : public std::enable_shared_from_this<GatherCall> {
public:
    using Failure = cdshooks::FetchFailure;

    GatherCall(std::shared_ptr<ReaderState> reader, Access access, FhirReader::FollowUp follow_up,
               FhirReader::Done done);

    void start(const FhirReader::Queries& queries);
    // Answers with what is there: at the deadline (timed_out), or because nobody waits any more (not_attempted).
    void end_early(Failure failure);

private:
    using Index = std::size_t;  // of a Read
    using Indices = std::vector<Index>;
    using Instant = Clock::time_point;
    enum class Stage { queued, asked, pausing, done };
    enum class Next { nothing, page, retry, end_of_round };
    struct Read {  // of one query
        cdshooks::Fetched result;
        std::optional<auth::Url> url;  // of the page that is read now
        std::set<std::string> seen;    // pages asked for
        Stage stage = Stage::queued;
        bool was_retried = false;
        int attempt = 0;
        std::optional<Places::Ticket> ticket;
        FhirTransport::Cancel cancel;
    };

    void ask(Index index);
    void ask_all(const Indices& indices);  // not empty, or the round is over
    void send(Index index);
    void received(Index index, Answer answer);
    void end_round();
    FhirReader::Queries ask_further(const FhirReader::FollowUp& follow_up) const;
    void answer();

    // With the lock held.
    Indices enrol(const FhirReader::Queries& queries);  // those to be asked
    void refuse(const FhirReader::Queries& queries);    // a follow-up that comes too late
    std::optional<Failure> obstacle() const;            // why nothing is begun any more
    Request request_for(const Read& read) const;
    Next judge(Read& read, Page page, Instant retry_at);
    bool may_retry(const Read& read, const Page& page, Instant retry_at) const;
    bool take_page(Read& read, Page page);  // whether its next page is to be read
    void settle(Read& read, Failure failure);
    Next after_settling() const { return open_ == 0 ? Next::end_of_round : Next::nothing; }
    void collect();  // results of the round

    const std::shared_ptr<ReaderState> reader_;
    Access access_;             // only `token` changes: it is given back at the end
    const std::string server_;  // client and origin
    const Instant started_ = Clock::now();

    std::mutex mutex_;
    FhirReader::FollowUp follow_up_;  // empty once called
    FhirReader::Done done_;
    std::vector<Read> reads_;      // of both rounds
    FhirReader::Results results_;  // of the first so many of them
    std::size_t open_ = 0;         // reads that are not done
    std::size_t received_bytes_ = 0;
    bool is_token_refused_ = false;
    bool was_answered_ = false;  // the server lives
    bool has_failed_ = false;
    bool has_ended_ = false;
    bool is_between_rounds_ = false;  // follow_up_ is being run, outside the lock
    bool is_late_ = false;            // the end came meanwhile
    Alarm::Id deadline_;
};

}  // namespace rectal_cds::fetch
