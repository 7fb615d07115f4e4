#include "fetch/gather_call.hpp"

#include <algorithm>
#include <utility>

namespace rectal_cds::fetch {

GatherCall::GatherCall(std::shared_ptr<ReaderState> reader, Access access, FhirReader::FollowUp follow_up,
                       FhirReader::Done done)
    : reader_(std::move(reader)), access_(std::move(access)), server_(access_.client + ' ' + access_.base.url.origin()),
      follow_up_(std::move(follow_up)), done_(std::move(done)) {}

void GatherCall::start(const FhirReader::Queries& queries) {
    Indices wanted;
    {
        const std::lock_guard lock(mutex_);
        wanted = enrol(queries);
        deadline_ = reader_->alarm.at(access_.deadline, [weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->end_early(Failure::timed_out);
        });
    }
    ask_all(wanted);
}

GatherCall::Indices GatherCall::enrol(const FhirReader::Queries& queries) {
    Indices wanted;
    open_ = queries.size();
    for (const cdshooks::Query& query : queries) {
        Read& read = reads_.emplace_back();
        read.result.key = query.key;
        read.url = url_of(query.target, access_.base);
        const bool needs_token = is_absolute(query.target) && !access_.token;  // a further page of a delivered Bundle
        if (!read.url) {
            settle(read, Failure::not_allowed);
        } else if (needs_token) {
            settle(read, Failure::not_attempted);
        } else if (const auto failure = obstacle()) {
            settle(read, *failure);
        } else {
            wanted.push_back(reads_.size() - 1);
        }
    }
    return wanted;
}

void GatherCall::refuse(const FhirReader::Queries& queries) {
    for (const cdshooks::Query& query : queries) {
        results_.push_back({query.key, Failure::not_attempted, false, {}});
    }
}

std::optional<GatherCall::Failure> GatherCall::obstacle() const {
    const Instant now = Clock::now();
    if (now >= access_.deadline || (access_.token && now >= access_.token_expires)) return Failure::not_attempted;
    if (is_token_refused_) return Failure::refused;
    if (received_bytes_ >= reader_->limits.max_call_bytes) return Failure::too_large;
    return std::nullopt;
}

void GatherCall::ask_all(const Indices& indices) {
    for (const Index index : indices) ask(index);
    if (indices.empty()) end_round();
}

// Queues for a place at the server.
void GatherCall::ask(Index index) {
    {
        const std::lock_guard lock(mutex_);
        if (has_ended_) return;
        reads_[index].stage = Stage::queued;
        reads_[index].ticket.reset();
    }
    const auto ticket = reader_->places.take(server_, [self = shared_from_this(), index] { self->send(index); });
    const std::lock_guard lock(mutex_);
    if (!has_ended_ && reads_[index].stage == Stage::queued) reads_[index].ticket = ticket;
}

Request GatherCall::request_for(const Read& read) const {
    const ReaderLimits& limits = reader_->limits;
    Request request;
    request.client = access_.client;
    request.url = *read.url;
    request.token = access_.token;
    request.ranges = access_.ranges;
    request.traceparent = access_.traceparent;
    request.deadline = access_.token ? std::min(access_.deadline, access_.token_expires) : access_.deadline;
    request.max_bytes = std::min(limits.max_page_bytes, limits.max_call_bytes - received_bytes_);
    return request;
}

// With a place taken.
void GatherCall::send(Index index) {
    std::optional<Request> request;
    int attempt = 0;
    Next next = Next::nothing;
    {
        const std::lock_guard lock(mutex_);
        Read& read = reads_[index];
        const auto failure = has_ended_ ? Failure::not_attempted : obstacle();
        if (!has_ended_ && failure) {
            settle(read, *failure);
            next = after_settling();
        } else if (!has_ended_) {
            read.stage = Stage::asked;
            read.seen.insert(read.url->text());
            attempt = ++read.attempt;
            request = request_for(read);
        }
    }
    if (!request) {
        reader_->places.give_back(server_);
        if (next == Next::end_of_round) end_round();
        return;
    }
    const auto cancel = reader_->transport->get(std::move(*request), [self = shared_from_this(), index](Answer answer) {
        self->reader_->places.give_back(self->server_);
        self->received(index, std::move(answer));
    });
    std::unique_lock lock(mutex_);
    Read& read = reads_[index];
    if (!has_ended_ && read.stage == Stage::asked && read.attempt == attempt) read.cancel = cancel;
    const bool is_in_vain = has_ended_;
    lock.unlock();
    if (is_in_vain) cancel();
}

void GatherCall::received(Index index, Answer answer) {
    Page page = read_page(std::move(answer), access_.base);
    std::chrono::milliseconds pause = reader_->retry_pause();
    if (page.retry_after) pause = std::max<std::chrono::milliseconds>(pause, *page.retry_after);
    const Instant retry_at = Clock::now() + pause;
    Next next = Next::nothing;
    {
        const std::lock_guard lock(mutex_);
        if (has_ended_) return;
        next = judge(reads_[index], std::move(page), retry_at);
    }
    if (next == Next::page) ask(index);
    if (next == Next::end_of_round) end_round();
    if (next == Next::retry) reader_->alarm.at(retry_at, [self = shared_from_this(), index] { self->ask(index); });
}

GatherCall::Next GatherCall::judge(Read& read, Page page, Instant retry_at) {
    read.cancel = nullptr;
    // A request that ended because the token did says nothing about the server.
    const bool has_expired = access_.token && Clock::now() >= access_.token_expires;
    was_answered_ |= page.health == CircuitBreaker::Outcome::answered;
    has_failed_ |= page.health == CircuitBreaker::Outcome::failed && !has_expired;
    is_token_refused_ |= page.is_token_refused;
    if (may_retry(read, page, retry_at)) {
        read.was_retried = true;
        read.stage = Stage::pausing;
        return Next::retry;
    }
    return take_page(read, std::move(page)) ? Next::page : after_settling();
}

bool GatherCall::may_retry(const Read& read, const Page& page, Instant retry_at) const {
    const auto budget = std::chrono::duration<double>(access_.deadline - started_);
    const auto left = std::chrono::duration<double>(access_.deadline - retry_at);
    return page.is_passing && !read.was_retried && left >= budget * reader_->limits.least_budget_for_retry;
}

bool GatherCall::take_page(Read& read, Page page) {
    const ReaderLimits& limits = reader_->limits;
    received_bytes_ += page.bytes;
    if (page.failure == Failure::none && received_bytes_ > limits.max_call_bytes) page.failure = Failure::too_large;
    if (page.failure != Failure::none) {
        settle(read, page.failure);
        return false;
    }
    auto& pages = read.result.pages;
    pages.push_back(std::move(*page.document));
    read.result.bytes += page.bytes;
    const bool is_unexpected = pages.size() > 1 && !page.is_bundle;  // an OperationOutcome in place of a further page
    const bool is_readable = page.next && pages.size() < limits.max_pages && !read.seen.contains(page.next->text());
    read.result.is_incomplete = is_unexpected || (page.has_next && !is_readable);
    if (page.has_next && is_readable) {
        read.url = std::move(page.next);
        return true;
    }
    settle(read, Failure::none);
    return false;
}

// What was read stands; a failure after the first page makes it incomplete.
void GatherCall::settle(Read& read, Failure failure) {
    if (failure != Failure::none && !read.result.pages.empty()) {
        read.result.is_incomplete = true;
    } else {
        read.result.failure = failure;
    }
    read.stage = Stage::done;
    --open_;
}

void GatherCall::collect() {
    while (results_.size() < reads_.size()) results_.push_back(std::move(reads_[results_.size()].result));
}

void GatherCall::end_round() {
    FhirReader::FollowUp follow_up;
    {
        const std::lock_guard lock(mutex_);
        if (has_ended_) return;
        collect();
        follow_up = std::exchange(follow_up_, nullptr);
        is_between_rounds_ = static_cast<bool>(follow_up);
        has_ended_ = !follow_up;
    }
    if (!follow_up) return answer();
    const FhirReader::Queries queries = ask_further(follow_up);
    std::optional<Indices> wanted;
    {
        const std::lock_guard lock(mutex_);
        is_between_rounds_ = false;
        has_ended_ = is_late_;
        if (is_late_) {
            refuse(queries);
        } else {
            wanted = enrol(queries);
        }
    }
    if (!wanted) return answer();
    ask_all(*wanted);
}

// It is the caller's own: an exception would leave the call without an answer.
FhirReader::Queries GatherCall::ask_further(const FhirReader::FollowUp& follow_up) const {
    try {
        return follow_up(results_);
    } catch (...) {
        return {};
    }
}

void GatherCall::end_early(Failure failure) {
    std::vector<FhirTransport::Cancel> cancels;
    std::vector<Places::Ticket> tickets;
    FhirReader::FollowUp follow_up;
    {
        const std::lock_guard lock(mutex_);
        is_late_ = true;
        if (has_ended_ || is_between_rounds_) return;
        has_ended_ = true;
        for (Read& read : reads_) {
            if (read.stage == Stage::done) continue;
            has_failed_ |= read.stage == Stage::asked && failure == Failure::timed_out;
            if (read.cancel) cancels.push_back(std::move(read.cancel));
            if (read.stage == Stage::queued && read.ticket) tickets.push_back(*read.ticket);
            settle(read, failure);
        }
        collect();
        if (failure == Failure::timed_out) follow_up = std::exchange(follow_up_, nullptr);
    }
    if (follow_up) refuse(ask_further(follow_up));
    answer();
    for (const auto& cancel : cancels) cancel();
    for (const auto ticket : tickets) reader_->places.leave_queue(server_, ticket);
}

// The one thread that goes on once has_ended_ is set.
void GatherCall::answer() {
    using Outcome = CircuitBreaker::Outcome;
    const auto self = shared_from_this();  // the list of calls may hold the last one
    reader_->alarm.forget(deadline_);
    reader_->breaker.end(server_, was_answered_ ? Outcome::answered : has_failed_ ? Outcome::failed : Outcome::unknown);
    FhirReader::Done done;
    {
        const std::lock_guard lock(mutex_);
        access_.token.reset();
        done = std::exchange(done_, nullptr);
    }
    {
        const std::lock_guard lock(reader_->mutex);
        ReaderCounts& counts = reader_->counts;
        for (const cdshooks::Fetched& result : results_) {
            ++counts.fetches[static_cast<std::size_t>(result.failure)];
            counts.pages += result.pages.size();
            counts.incomplete += result.is_incomplete ? 1 : 0;
        }
        for (const Read& read : reads_) counts.retries += read.was_retried ? 1 : 0;
        reader_->calls.erase(this);
    }
    try {
        done(std::move(results_));
    } catch (...) {  // it is the caller's own; here it would end the process
    }
}

}  // namespace rectal_cds::fetch
