#include "cohort/server_reader.hpp"

#include <algorithm>
#include <future>
#include <limits>
#include <set>

#include "cdshooks/input_pages.hpp"
#include "cdshooks/respond.hpp"
#include "cohort/fetched_pieces.hpp"

namespace rectal_cds::cohort {

using base::Error;
using base::ErrorKind;
using cdshooks::Fetched;
using cdshooks::FetchFailure;
using namespace std::chrono_literals;

namespace {

constexpr auto look_for_stop = 100ms;
constexpr std::size_t most_pages = 1000;  // of one query; memory is bounded by bytes

Error stopped() { return {ErrorKind::system, "", "Stopped before the end."}; }

fetch::ReaderLimits limits_for(std::size_t max_patient_bytes) {
    fetch::ReaderLimits limits;
    limits.max_pages = most_pages;
    limits.max_page_bytes = limits.max_call_bytes = max_patient_bytes;
    limits.longest_retry_pause = 500ms;
    limits.breaker.failures = std::numeric_limits<int>::max();  // patients in a row are counted here
    return limits;
}

bool is_passing(const Fetched& result) {
    return result.failure == FetchFailure::timed_out || result.failure == FetchFailure::unreachable ||
           result.failure == FetchFailure::overloaded;
}

bool is_answered(const Fetched& result) {
    return !is_passing(result) && result.failure != FetchFailure::refused &&
           result.failure != FetchFailure::not_attempted;
}

bool is_any_answered(const std::vector<Fetched>& results) {
    return std::any_of(results.begin(), results.end(), is_answered);
}

}  // namespace

ServerReader::ServerReader(const ServerOptions& server, const JudgeRules& rules, const std::atomic<bool>& stop)
    : server_(server), rules_(rules), stop_(stop), reader_(server.transport, limits_for(rules.max_bytes)) {}

base::Result<PatientCall> ServerReader::read(const std::string& patient) {
    CallRules nothing = rules_.call;
    nothing.is_exported = {};
    PatientCall call = patient_call(patient, {}, nothing, nullptr);
    auto first = cdshooks::prepare(rules_.knowledge, call_of(rules_.knowledge, call.body, rules_));
    const auto* const prepared = std::get_if<cdshooks::Prepared>(&first);
    if (!prepared) return call;  // and so is the answer
    auto results = ask_patiently(prepared->queries());
    if (!results) return results.error();
    if (auto error = ask_for_medications(*prepared, results.value())) return *error;
    return call_of_fetched(patient, results.value(), rules_.call);
}

base::Result<ServerReader::Results> ServerReader::ask(const Queries& queries) {
    fetch::Access access;
    access.client = "cohort";
    access.base = server_.walk.base;
    access.ranges = server_.walk.ranges;
    access.deadline = fetch::Clock::now() + server_.patient_deadline;
    if (server_.walk.token) {
        auto token = server_.walk.token();
        if (!token) return token.error();
        access.token = std::move(token).value();
    }
    auto answered = std::make_shared<std::promise<Results>>();
    auto answer = answered->get_future();
    const auto cancel = reader_.gather(std::move(access), queries, nullptr,
                                       [answered](Results results) { answered->set_value(std::move(results)); });
    while (answer.wait_for(look_for_stop) != std::future_status::ready) {
        if (stop_) cancel();
    }
    if (stop_) return stopped();
    return answer.get();
}

// What may have been a passing fault is asked again, once.
base::Result<ServerReader::Results> ServerReader::ask_twice(const Queries& queries) {
    auto results = ask(queries);
    if (!results) return results;
    Queries again;
    for (std::size_t i = 0; i < queries.size(); ++i) {
        const Fetched& result = results.value()[i];
        if (is_passing(result) || result.is_incomplete) again.push_back(queries[i]);
    }
    if (again.empty()) return results;
    auto further = ask(again);
    if (!further) return further;
    for (Fetched& result : further.value()) {
        if (result.failure != FetchFailure::none) continue;
        for (Fetched& old : results.value()) {
            if (old.key == result.key) old = std::move(result);
        }
    }
    return results;
}

// A server that is being restarted costs no patient; one that is gone ends the run.
base::Result<ServerReader::Results> ServerReader::ask_patiently(const Queries& queries) {
    for (std::size_t attempt = 0;; ++attempt) {
        auto results = ask_twice(queries);
        if (!results) return results;
        const bool is_lost = !is_any_answered(results.value());
        if (!is_lost || attempt >= server_.walk.pauses.size()) {
            if (auto error = count_lost(is_lost)) return *error;
            return results;
        }
        fetch::pause_for(server_.walk.pauses[attempt], stop_);
        if (stop_) return stopped();
    }
}

std::optional<Error> ServerReader::count_lost(bool is_lost) {
    if (!is_lost) lost_ = 0;
    if (!is_lost || ++lost_ < server_.most_lost) return std::nullopt;
    return Error{ErrorKind::unobtainable, server_.walk.base.url.text(),
                 "The FHIR server gave nothing for several patients in a row: unreachable, overloaded, or it refuses "
                 "the token."};
}

std::optional<Error> ServerReader::ask_for_medications(const cdshooks::Prepared& prepared, Results& results) {
    std::set<std::string> asked;
    for (;;) {
        Queries further;
        for (cdshooks::Query& query : prepared.follow_up(results)) {
            if (asked.insert(query.key).second) further.push_back(std::move(query));
        }
        if (further.empty()) return std::nullopt;
        auto more = ask_twice(further);
        if (!more) return more.error();
        for (Fetched& result : more.value()) results.push_back(std::move(result));
    }
}

}  // namespace rectal_cds::cohort
