// The pages made from the real knowledge, without a server.
#pragma once

#include <string>
#include <vector>

#include "pages/pages.hpp"

namespace rectal_cds::pages_test {

inline constexpr const char* test_day = "2026-03-02";

// Answers as a running service in sandbox mode would.
class MadePages {
public:
    explicit MadePages(pages::Settings settings = {});

    http::Response ask(const std::string& method, const std::string& target, const http::Headers& headers = {},
                       const std::string& body = {});
    http::Response get(const std::string& target) { return ask("GET", target); }

    void load(fhir::Knowledge knowledge);  // as a reload does
    pages::Pages& pages() { return pages_; }
    const std::vector<service::Answered>& log() const { return log_; }

private:
    service::Current<service::Content> content_;
    service::Metrics metrics_{"test"};
    std::vector<service::Answered> log_;
    pages::Pages pages_;
};

bool contains(const std::string& text, const std::string& part);
std::string header(const http::Response& response, const char* name);

}  // namespace rectal_cds::pages_test
