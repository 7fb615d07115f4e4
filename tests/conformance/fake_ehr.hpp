// An EHR's servers for tests, on loopback and in this process: a FHIR R4 server that answers what it was told to, and a
// key endpoint. Both log what arrives.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace rectal_cds::conformance {

// What a query is answered with.
struct Reply {
    int status = 200;
    std::string body;
    http::Headers headers{{"Content-Type", "application/fhir+json"}};
    std::chrono::milliseconds delay{0};
    bool never = false;  // the request is taken and not answered; the connection stays open
};

Reply found(std::string body);                         // 200
Reply failure(int status);                             // with an OperationOutcome
Reply redirect_to(std::string url, int status = 302);  // with Location
Reply late(Reply reply, std::chrono::milliseconds by);
Reply silence();

struct Seen {
    std::string method;
    std::string target;  // below the FHIR base: "Condition?patient=pat-002&_count=200"; otherwise the whole path
    http::Headers headers;
    std::string body;
    std::chrono::steady_clock::time_point at;

    std::string header(std::string_view name) const;  // "" when it is absent
};

// Safe to script and to read while calls arrive. Unscripted queries are answered 404 with an OperationOutcome.
class FakeEhr {
public:
    FakeEhr();
    ~FakeEhr();
    FakeEhr(const FakeEhr&) = delete;
    FakeEhr& operator=(const FakeEhr&) = delete;

    std::uint16_t port() const;
    std::string origin() const;  // "http://127.0.0.1:40123"
    std::string fhir_base() const { return origin() + "/fhir"; }
    std::string key_url() const { return origin() + "/jwks.json"; }

    // FHIR: `target` is relative to the base, as a prefetch template is once it is filled in.
    void answer(const std::string& target, Reply reply);
    void answer_everything(Reply reply);  // what has no answer of its own
    void delay_everything(std::chrono::milliseconds by);

    // Every key of the request's prefetch becomes the answer to the query that local-codes.md 1 lists for it.
    void serve_prefetch_of(const std::string& request);

    std::vector<Seen> queries() const;         // FHIR, in the order of arrival
    std::vector<std::string> targets() const;  // of them, sorted
    std::vector<Seen> strays() const;          // neither below the FHIR base nor for the keys

    // Keys: 404 until they are published.
    void publish_keys(const std::string& key_set);
    void answer_for_keys(Reply reply);
    std::size_t times_keys_asked() const;

    void forget();  // answers, log and counts; the keys stay published

private:
    struct Servers;
    std::unique_ptr<Servers> servers_;
};

// The queries of local-codes.md 1 for one hook and patient, by key; the id is percent-encoded by the caller.
std::vector<std::pair<std::string, std::string>> queries_of(std::string_view hook, std::string_view patient_id);

// A request without prefetch that points to this FHIR server and brings a token for it.
std::string fetching_from(const FakeEhr& ehr, const std::string& request, std::string_view access_token = "ehr-token-1",
                          int expires_in = 300);
std::string offering_access(const FakeEhr& ehr, const std::string& request,
                            std::string_view access_token = "ehr-token-1", int expires_in = 300);

}  // namespace rectal_cds::conformance
