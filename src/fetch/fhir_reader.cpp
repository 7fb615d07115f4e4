#include "fetch/fhir_reader.hpp"

#include <utility>

#include "fetch/gather_call.hpp"

namespace rectal_cds::fetch {

namespace {

FhirReader::Cancel answer_circuit_open(const FhirReader::Queries& queries, const FhirReader::Done& done) {
    FhirReader::Results results;
    for (const cdshooks::Query& query : queries) {
        results.push_back({query.key, cdshooks::FetchFailure::circuit_open, false, {}});
    }
    done(std::move(results));
    return [] {};
}

}  // namespace

std::chrono::milliseconds ReaderState::retry_pause() {
    const std::lock_guard lock(mutex);
    const auto longest = static_cast<int>(limits.longest_retry_pause.count());
    return std::chrono::milliseconds(std::uniform_int_distribution<int>(longest / 4, longest)(random));
}

FhirReader::FhirReader(std::shared_ptr<FhirTransport> transport, const ReaderLimits& limits, Now now)
    : state_(std::make_shared<ReaderState>(std::move(transport), limits, std::move(now))) {}

FhirReader::~FhirReader() {
    decltype(state_->calls) left;
    {
        const std::lock_guard lock(state_->mutex);
        left = state_->calls;
    }
    for (const auto& [address, call] : left) call->end_early(cdshooks::FetchFailure::not_attempted);
}

FhirReader::Cancel FhirReader::gather(Access access, const Queries& queries, FollowUp follow_up, Done done) {
    if (!state_->breaker.admits(access.client + ' ' + access.base.url.origin())) {
        {
            const std::lock_guard lock(state_->mutex);
            state_->counts.fetches[static_cast<std::size_t>(cdshooks::FetchFailure::circuit_open)] += queries.size();
        }
        return answer_circuit_open(queries, done);
    }
    auto call = std::make_shared<GatherCall>(state_, std::move(access), std::move(follow_up), std::move(done));
    {
        const std::lock_guard lock(state_->mutex);
        state_->calls.emplace(call.get(), call);
    }
    call->start(queries);
    return [weak = std::weak_ptr(call)] {
        if (const auto self = weak.lock()) self->end_early(cdshooks::FetchFailure::not_attempted);
    };
}

ReaderCounts FhirReader::counts() const {
    ReaderCounts counts;
    {
        const std::lock_guard lock(state_->mutex);
        counts = state_->counts;
    }
    counts.breaker_openings = state_->breaker.openings();
    const auto [taken, waiting] = state_->places.taken_and_waiting();
    counts.under_way = taken;
    counts.waiting = waiting;
    return counts;
}

}  // namespace rectal_cds::fetch
