// The addresses that people look at. Everything else belongs to service/endpoints.hpp.
//
//   /  /recommendations  /recommendations/{id}  /about     the content; open to everyone
//   /why/{card}                                            what one card rests on; with a client registry behind a
//   signed
//                                                          link: ?e={end, seconds since 1970}&s={signature}
//   /simulator  /api/simulate  /api/samples[/{name}]       invented patients; where it is switched on
//   /assets/{file}                                         style, scripts, icon
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "auth/link_signature.hpp"
#include "http/server.hpp"
#include "pages/page.hpp"
#include "pages/reason_memory.hpp"
#include "service/current.hpp"
#include "service/parts.hpp"

namespace rectal_cds::pages {

// Owned by whoever starts the service; they outlive the Pages.
struct Parts {
    service::Current<service::Content>& content;
    service::Metrics& metrics;
    ReasonMemory& reasons;
    const auth::LinkSigner* signer;  // null in sandbox mode: explanations are open
    service::Clocks clocks;
    std::function<void(const service::Answered&)> log;
};

// The address of a card's explanation below `base`; with a signer signed, and ending with what is kept for it.
std::string why_address(const std::string& base, const std::string& uuid, const auth::LinkSigner* signer,
                        auth::Time now);

// Safe to use from several threads.
class Pages {
public:
    Pages(Parts parts, Settings settings) : parts_(std::move(parts)), settings_(std::move(settings)) {}

    // Whether this address is a page, whatever the method.
    bool is_page(std::string_view path) const;

    // Precondition: is_page(request.path). Calls `respond` exactly once. 200, 304, 404, 405 with Allow; 410, 400, 415.
    void answer(http::Request request, const http::Respond& respond) const;

private:
    std::string_view without_base(std::string_view path) const;
    http::Response response_to(http::Request& request, std::string_view path) const;
    http::Response simulation(http::Request& request, const View& view) const;
    Page explanation(const View& view, std::string_view path, std::string_view card) const;
    Page page_at(const View& view, std::string_view path) const;

    Parts parts_;
    Settings settings_;
};

}  // namespace rectal_cds::pages
