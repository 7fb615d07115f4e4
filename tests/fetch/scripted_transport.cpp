#include "fetch/scripted_transport.hpp"

#include <utility>

namespace rectal_cds::fetch::test {

FhirTransport::Cancel ScriptedTransport::get(Request request, Done done) {
    const std::string target = request.url.target();
    Reply reply;
    int number = 0;
    int attempt = 0;
    {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
        attempt = ++attempts_[target];
        const auto found = replies.find(target);
        if (found != replies.end()) reply = found->second;
        number = ++last_number_;
        if (!reply) waiting_.emplace(target, std::pair(number, std::move(done)));
    }
    if (reply) {
        done(reply(request, attempt));
        return [] {};
    }
    return [this, target, number] {
        Done given_up;
        {
            const std::lock_guard lock(mutex_);
            for (auto [each, end] = waiting_.equal_range(target); each != end; ++each) {
                if (each->second.first != number) continue;
                given_up = std::move(each->second.second);
                waiting_.erase(each);
                ++cancelled_;
                break;
            }
        }
        if (given_up) given_up(with_fault(Fault::cancelled));
    };
}

std::vector<std::string> ScriptedTransport::targets() const {
    std::vector<std::string> targets;
    for (const Request& request : requests()) targets.push_back(request.url.target());
    return targets;
}

std::vector<Request> ScriptedTransport::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

std::size_t ScriptedTransport::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
}

std::size_t ScriptedTransport::cancelled() const {
    const std::lock_guard lock(mutex_);
    return cancelled_;
}

void ScriptedTransport::answer(const std::string& target, Answer answer) {
    Done done;
    {
        const std::lock_guard lock(mutex_);
        const auto found = waiting_.find(target);
        BOOST_TEST_REQUIRE((found != waiting_.end()), "nobody waits for " << target);
        done = std::move(found->second.second);
        waiting_.erase(found);
    }
    done(std::move(answer));
}

Answer with_status(int status, std::string body, std::optional<std::chrono::seconds> retry_after) {
    Answer answer;
    answer.status = status;
    answer.body = std::move(body);
    answer.retry_after = retry_after;
    return answer;
}

Answer with_fault(Fault fault) {
    Answer answer;
    answer.fault = fault;
    return answer;
}

Answer resource(const std::string& type, const std::string& id) {
    return with_status(200, R"({"resourceType":")" + type + R"(","id":")" + id + R"("})");
}

Answer page(std::string_view id, std::string_view next) { return with_status(200, bundle(id, next)); }

ScriptedTransport::Reply always_answer(Answer answer) {
    return [answer = std::move(answer)](const Request&, int) { return answer; };
}

Access access(std::chrono::milliseconds time) {
    Access access;
    access.client = "ehr";
    access.base = auth::parse_base_url(base_url).value();
    access.token = token();
    access.ranges = loopback();
    access.deadline = Clock::now() + time;
    return access;
}

std::future<FhirReader::Results> begin_gather(FhirReader& reader, Access access, FhirReader::Queries queries,
                                              FhirReader::FollowUp follow_up, FhirReader::Cancel* cancel) {
    const auto promise = std::make_shared<std::promise<FhirReader::Results>>();
    auto future = promise->get_future();
    auto cancelling = reader.gather(std::move(access), std::move(queries), std::move(follow_up),
                                    [promise](FhirReader::Results results) { promise->set_value(std::move(results)); });
    if (cancel) *cancel = std::move(cancelling);
    return future;
}

FhirReader::Results results(std::future<FhirReader::Results>& future) {
    BOOST_TEST_REQUIRE((future.wait_for(10s) == std::future_status::ready), "no results came");
    return future.get();
}

FhirReader::Results gather(FhirReader& reader, Access access, FhirReader::Queries queries,
                           FhirReader::FollowUp follow_up) {
    auto future = begin_gather(reader, std::move(access), std::move(queries), std::move(follow_up));
    return results(future);
}

std::string said(const cdshooks::Fetched& result) {
    std::string text = result.key + ": ";
    if (result.failure == cdshooks::FetchFailure::none) {
        text += "read " + std::to_string(result.pages.size());
    } else {
        text += cdshooks::name(result.failure);
        if (!result.pages.empty()) text += " with pages";
    }
    return text + (result.is_incomplete ? ", incomplete" : "");
}

std::vector<std::string> said(const FhirReader::Results& results) {
    std::vector<std::string> texts;
    for (const auto& result : results) texts.push_back(said(result));
    return texts;
}

std::string ids(const cdshooks::Fetched& result) {
    std::string text;
    for (const auto& document : result.pages) {
        text += (text.empty() ? "" : " ") + std::string(document.root()["id"].text());
    }
    return text;
}

}  // namespace rectal_cds::fetch::test
