// The addresses that people look at. Everything else belongs to service/endpoints.hpp.
//
//   /  /recommendations  /recommendations/{id}  /about     the content; open to everyone
//   /assets/{file}                                         style, scripts, icon
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "http/server.hpp"
#include "pages/page.hpp"
#include "service/current.hpp"
#include "service/parts.hpp"

namespace rectal_cds::pages {

// Owned by whoever starts the service; they outlive the Pages.
struct Parts {
    service::Current<service::Content>& content;
    service::Metrics& metrics;
    std::function<base::Day()> today;
    std::function<void(const service::Answered&)> log;
};

// Safe to use from several threads.
class Pages {
public:
    Pages(Parts parts, Settings settings) : parts_(std::move(parts)), settings_(std::move(settings)) {}

    // Whether this address is a page, whatever the method.
    bool is_page(std::string_view path) const;

    // Precondition: is_page(request.path). Calls `respond` exactly once. 200, 304, 404, 405 with Allow.
    void answer(http::Request request, const http::Respond& respond) const;

private:
    std::string_view without_base(std::string_view path) const;
    http::Response response_to(const http::Request& request, std::string_view path) const;
    Page page_at(const View& view, std::string_view path) const;

    Parts parts_;
    Settings settings_;
};

}  // namespace rectal_cds::pages
