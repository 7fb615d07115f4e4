// The pages made from the real knowledge, without a server.
#pragma once

#include <string>
#include <vector>

#include "pages/pages.hpp"

namespace rectal_cds::pages_test {

inline constexpr const char* test_day = "2026-03-02";
inline constexpr const char* token = "0123456789abcdef0123456789abcdef";

// As in sandbox mode.
pages::Settings open_settings();

// Answers as a running service in sandbox mode would.
class MadePages {
public:
    // `signs`: as with a client registry, explanations need a signed link. `store`: for the feedback; empty: none.
    explicit MadePages(pages::Settings settings = open_settings(), bool signs = false, const std::string& store = {},
                       bool has_token = false);

    http::Response ask(const std::string& method, const std::string& target, const http::Headers& headers = {},
                       const std::string& body = {});
    http::Response get(const std::string& target) { return ask("GET", target); }

    void load(fhir::Knowledge knowledge);  // as a reload does
    // Answers a golden case and keeps its reasons, as a running service does; the UUIDs of its cards.
    std::vector<std::string> issue(const std::string& golden);

    pages::Pages& pages() { return pages_; }
    const auth::LinkSigner& signer() const { return signer_; }
    const pages::ReasonMemory& reasons() const { return reasons_; }  // of issued cards
    static std::chrono::system_clock::time_point now();
    const std::vector<service::Answered>& log() const { return log_; }

private:
    service::Current<service::Content> content_;
    service::Metrics metrics_{"test"};
    std::vector<service::Answered> log_;
    pages::ReasonMemory reasons_;
    auth::LinkSigner signer_{auth::Secret(std::string(32, 'k'))};
    auth::Secret token_{std::string(token)};
    std::unique_ptr<pages::StoreReader> reader_;
    pages::Pages pages_;
};

bool contains(const std::string& text, const std::string& part);
std::string header(const http::Response& response, const char* name);

}  // namespace rectal_cds::pages_test
