// A transport without a network: it answers by target, at once or when it is told to, and remembers what it was asked.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "fetch/fetching.hpp"
#include "fetch/fhir_reader.hpp"

namespace rectal_cds::fetch::test {

class ScriptedTransport final : public FhirTransport {
public:
    using Reply = std::function<Answer(const Request&, int attempt)>;  // attempt: 1, 2, ... for this target

    // Targets without a reply wait until answer() or their cancellation.
    std::map<std::string, Reply> replies;

    Cancel get(Request request, Done done) override;
    std::size_t open_connections() const override { return waiting(); }

    std::vector<std::string> targets() const;
    std::vector<Request> requests() const;
    std::size_t waiting() const;
    std::size_t cancelled() const;
    void answer(const std::string& target, Answer answer);  // the first that waits for it

private:
    mutable std::mutex mutex_;
    std::vector<Request> requests_;
    std::map<std::string, int> attempts_;
    std::multimap<std::string, std::pair<int, Done>> waiting_;
    int last_number_ = 0;
    std::size_t cancelled_ = 0;
};

Answer with_status(int status, std::string body = "{}", std::optional<std::chrono::seconds> retry_after = {});
Answer with_fault(Fault fault);
Answer resource(const std::string& type, const std::string& id);
Answer page(std::string_view id, std::string_view next = "");  // 200 and bundle()
ScriptedTransport::Reply always_answer(Answer answer);

inline constexpr const char* base_url = "https://ehr.example/fhir";

// Access of client "ehr" to base_url with a token, 5 s.
Access access(std::chrono::milliseconds time = 5s);

// One gather(), waited for.
FhirReader::Results gather(FhirReader& reader, Access access, FhirReader::Queries queries,
                           FhirReader::FollowUp follow_up = nullptr);
std::future<FhirReader::Results> begin_gather(FhirReader& reader, Access access, FhirReader::Queries queries,
                                              FhirReader::FollowUp follow_up = nullptr,
                                              FhirReader::Cancel* cancel = nullptr);
FhirReader::Results results(std::future<FhirReader::Results>& future);

// "conditions: read 2 pages, incomplete", "labs: timed_out": what a result says, for comparisons.
std::string said(const cdshooks::Fetched& result);
std::vector<std::string> said(const FhirReader::Results& results);
std::string ids(const cdshooks::Fetched& result);  // of its pages: "1 2 3"

}  // namespace rectal_cds::fetch::test
