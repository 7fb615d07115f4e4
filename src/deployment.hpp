// A running service: every part put together from the options, and its files read anew when an operator asks for it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "auth/pseudonym.hpp"
#include "base/result.hpp"
#include "commands.hpp"
#include "fetch/transport.hpp"
#include "http/listen_address.hpp"
#include "http/server.hpp"
#include "pages/pages.hpp"
#include "service/clock_watch.hpp"
#include "service/doorkeeper.hpp"
#include "service/endpoints.hpp"

namespace rectal_cds {

// What the files of the options hold.
struct Inputs {
    fhir::Knowledge knowledge;
    std::string knowledge_digest;
    std::shared_ptr<const auth::ClientRegistry> registry;  // null in sandbox mode
};

// All faults of all files; the Inputs may be used only when there are none.
Inputs read_inputs(const ServeOptions& options, std::vector<base::Error>& errors);

// Of the pseudonyms; error: it has to be named and is not.
base::Result<base::Done> check_key_is_named(const ServeOptions& options);
std::string key_file_of(const ServeOptions& options);

// What was fetched and waits to be judged may take four times --max-buffered (service/urgency.hpp).
std::unique_ptr<fetch::WorkPool> make_work_pool(const ServeOptions& options);

class Deployment {
public:
    // Opens the store, the key of the pseudonyms and the connection parts. Faults go to `errors`; what was made may be
    // used only when there are none.
    Deployment(const ServeOptions& options, const http::ListenAddress& where, Inputs inputs, std::vector<base::Error>& errors);
    // The same without a store and without anything that outlasts it: its faults alone are of interest.
    static void rehearse(const ServeOptions& options, const http::ListenAddress& where, Inputs inputs, std::vector<base::Error>& errors);
    ~Deployment();
    Deployment(const Deployment&) = delete;
    Deployment& operator=(const Deployment&) = delete;

    http::ServerOptions server_options();
    http::Handler handler();

    // Once the server, which outlives this, listens at `base_url`, and before it runs.
    void open(const std::string& base_url, const http::Server& server);

    // Of --admin-listen, once open.
    http::Handler admin_handler();

    // Opens the log of decisions anew, and reads knowledge, site, client registry and certificate again. Each is taken over as a whole or, with any fault in
    // it, not at all; the log says which. From any thread.
    void reload(http::Server& server);

    std::shared_ptr<const service::Content> content() const { return content_.get(); }
    std::size_t client_count() const;
    const std::string& public_url() const { return settings_.public_url; }  // once open

private:
    enum class Purpose : unsigned char { serving, rehearsal };
    Deployment(const ServeOptions& options, const http::ListenAddress& where, Inputs inputs, Purpose purpose, std::vector<base::Error>& errors);
    void open_store(std::vector<base::Error>& errors);
    void open_fetching(std::vector<base::Error>& errors);
    void choose_settings(std::vector<base::Error>& errors);
    void put_to_use(fhir::Knowledge knowledge, const std::string& digest);
    void watch_counters();  // deployment_metrics.cpp
    service::Parts parts();
    service::Clocks clocks() const;
    const char* look_at_clock();  // why calls should go elsewhere, or null; in deployment_metrics.cpp
    service::Explaining explaining();             // of cards whose pages make_pages() serves
    std::unique_ptr<pages::Pages> make_pages();
    std::string why_url() const;  // these in deployment_pages.cpp
    void make_page_keys(std::vector<base::Error>& errors);

    const ServeOptions options_;
    const http::ListenAddress where_;
    service::ClockWatch clock_watch_{std::chrono::system_clock::now(), std::chrono::steady_clock::now()};
    std::function<const char*()> not_ready_;
    service::Metrics metrics_;
    service::Settings settings_;
    service::Current<service::Content> content_;
    service::Current<auth::ClientRegistry> registry_;
    fhir::Knowledge first_knowledge_;  // until open() makes the Content
    std::string first_digest_;
    std::unique_ptr<auth::Pseudonyms> pseudonyms_;
    store::CardMemory memory_;
    auth::ReplayCache own_replays_;
    std::unique_ptr<auth::ReplayStore> lasting_replays_;
    std::unique_ptr<auth::GuardedReplays> replays_;
    const std::shared_ptr<service::Gate> gate_ = std::make_shared<service::Gate>();
    // Closed first: answers that come late, of keys, FHIR servers and the store, end at the gate. Then nothing is judged.
    std::unique_ptr<fetch::WorkPool> work_ = make_work_pool(options_);
    std::unique_ptr<service::Endpoints> endpoints_;
    std::unique_ptr<service::Operations> operations_;  // for --admin-listen
    pages::ReasonMemory reasons_;
    std::unique_ptr<auth::LinkSigner> link_signer_;  // null in sandbox mode
    std::unique_ptr<auth::Secret> pages_token_;      // null: none was configured
    std::unique_ptr<pages::Pages> pages_;
    std::unique_ptr<service::Doorkeeper> doorkeeper_;
    std::unique_ptr<pages::StoreReader> store_reader_;  // ends before the Pages that it answers
    std::unique_ptr<service::Callers> callers_;
    std::unique_ptr<auth::JwksCache> keys_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<fetch::FhirReader> reader_;
    std::shared_ptr<fetch::FhirTransport> transport_, key_transport_;
};

}  // namespace rectal_cds
