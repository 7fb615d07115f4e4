// The service under test in one configuration, and what must hold of every answer and every log line it gives: asserted
// here, so that each row asserts it (rows K00, K02, K21, K22, F06).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/wire_form.hpp"
#include "support/child_process.hpp"
#include "support/example_requests.hpp"
#include "support/http_client.hpp"
#include "support/running_service.hpp"

namespace rectal_cds::conformance {

using testing::HeaderLines;
using testing::HttpAnswer;
using testing::HttpConnection;

inline constexpr const char* example_day = "2026-03-02";  // of tests/examples

// Who calls, and in which form it is answered.
struct Caller {
    std::string iss;  // of its tokens; empty: it sends none
    WireForm form = {};
};

struct Configuration {
    std::vector<std::string> flags;  // behind --listen and --log-level debug; "{folder}" is the working folder
    std::vector<std::pair<std::string, std::string>> files;  // in the working folder: name and text
    Caller caller;                                           // of calls that name no other
    // The value of Authorization for a call to this path.
    std::function<std::string(const Caller&, const std::string& path)> authorization;
    std::filesystem::path knowledge;  // empty: that of the checkout
    bool answers_any_origin = true;   // CORS as in sandbox mode, otherwise only to allowed origins
    std::string base_path = "/cds-services";
    bool becomes_ready = true;
    std::string shared_id;  // of all three hooks; empty: each has its own
};

class Service {
public:
    explicit Service(Configuration configuration);

    testing::RunningService& process() { return *process_; }
    const Configuration& configuration() const { return configuration_; }
    const std::filesystem::path& folder() const { return folder_.path(); }  // its working folder
    HttpConnection connect() { return HttpConnection(process_->port()); }

    std::string path(std::string_view hook) const;  // "/cds-services/rectal-cancer-order-sign"

    // On a connection of its own, as it stands; the answer is judged.
    HttpAnswer ask(std::string_view method, std::string_view target, const HeaderLines& headers = {},
                   std::string_view body = "");
    HttpAnswer get(std::string_view target) { return ask("GET", target); }
    HttpAnswer judged(HttpAnswer answer);

    // POST of JSON with the configured Authorization; the cards of a 200 are judged.
    HttpAnswer post(const std::string& target, std::string_view body, const HeaderLines& more = {});
    HttpAnswer post_as(const Caller& caller, const std::string& target, std::string_view body,
                       const HeaderLines& more = {});
    HttpAnswer call(std::string_view hook, std::string_view body) { return post(path(hook), body); }
    HttpAnswer call_as(const Caller& caller, std::string_view hook, std::string_view body) {
        return post_as(caller, path(hook), body);
    }
    HttpAnswer view(std::string_view body) { return call("patient-view", body); }
    HttpAnswer select(std::string_view body) { return call("order-select", body); }
    HttpAnswer sign(std::string_view body) { return call("order-sign", body); }
    HttpAnswer feedback(std::string_view hook, std::string_view body) { return post(path(hook) + "/feedback", body); }
    HttpAnswer judged_cards(HttpAnswer answer, const WireForm& form);
    HttpAnswer judged_cards(HttpAnswer answer) { return judged_cards(std::move(answer), configuration_.caller.form); }

    // SIGTERM; then exit code 0, a log of JSON lines, nothing of a patient or token in log and output.
    void stop();

    std::string log() const { return process_->err(); }

private:
    void judge_discovery(std::string_view target, const HttpAnswer& answer);

    Configuration configuration_;
    testing::TemporaryFolder folder_;
    std::unique_ptr<testing::RunningService> process_;
    bool is_stopped_ = false;
};

// The configuration of this name: started when a row first asks for it, stopped and judged when its suite ends.
Service& running(const std::string& name, const std::function<Configuration()>& configure);

// No registry, no FHIR server: every fact comes with the call.
Service& sandbox();

// Fixture of every suite: stops what the rows have started.
struct StopsServices {
    ~StopsServices();
};

// Strings of the examples and tokens of these tests that may be in no log, no error and no metric.
const std::vector<std::string>& secrets();

// How many bodies the oracles have judged in this process.
struct JudgedBodies {
    std::size_t answers = 0, errors = 0, discoveries = 0;
};
const JudgedBodies& judged_bodies();

}  // namespace rectal_cds::conformance
