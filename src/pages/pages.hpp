// The addresses that people look at. Everything else belongs to service/endpoints.hpp.
//
//   /  /recommendations  /recommendations/{id}  /about     the content; open to everyone
//   /why/{card}                                            what one card rests on; with a client registry behind a
//   signed
//                                                          link: ?e={end, seconds since 1970}&s={signature}
//   /feedback  /feedback/export.csv  /feedback/export.json what users made of the cards: see FeedbackAccess
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
#include "pages/store_reader.hpp"
#include "service/current.hpp"
#include "service/parts.hpp"

namespace rectal_cds::pages {

// Owned by whoever starts the service; they outlive the Pages.
struct Parts {
    service::Current<service::Content>& content;
    service::Metrics& metrics;
    ReasonMemory& reasons;
    StoreReader* store = nullptr;               // null: nothing is told about feedback
    const auth::LinkSigner* signer = nullptr;   // null in sandbox mode: explanations are open
    const auth::Secret* pages_token = nullptr;  // null: none was configured
    service::Clocks clocks;
    std::function<void(const service::Answered&)> log;
};

// counts: without comments and export, which may name patients.
enum class FeedbackAccess : unsigned char { none, counts, all };

// The address of a card's explanation below `base`; with a signer signed, and ending with what is kept for it.
std::string why_address(const std::string& base, const std::string& uuid, const auth::LinkSigner* signer,
                        auth::Time now);

// Safe to use from several threads.
class Pages {
public:
    Pages(Parts parts, Settings settings) : parts_(std::move(parts)), settings_(std::move(settings)) {}

    // Whether this address is a page, whatever the method.
    bool is_page(std::string_view path) const;

    // Precondition: is_page(request.path). Calls `respond` exactly once, at once or on the thread that reads the store.
    // 200, 304, 400, 401, 404, 405 with Allow, 410, 415, 503.
    void answer(http::Request request, http::Respond respond) const;

    // The token opens all; without it sandbox mode shows counts, and comments where Settings say so.
    FeedbackAccess access_of(const http::Request& request) const;

private:
    struct Visit;
    using Shared = std::shared_ptr<Visit>;

    std::string_view without_base(std::string_view path) const;
    void feedback(const Shared& visit) const;
    void export_feedback(const Shared& visit, StoreReader::Format format) const;
    void recommendation(const Shared& visit, FeedbackAccess access) const;
    http::Response response_to(Visit& visit) const;
    http::Response simulation(Visit& visit, const View& view) const;
    Page explanation(const View& view, std::string_view path, std::string_view card) const;
    Page page_at(const View& view, std::string_view path) const;
    http::Response framed(const View& view, const Page& page) const;
    void finish(const Shared& visit, const std::function<http::Response()>& make) const;
    View view_of(const Visit& visit) const;

    Parts parts_;
    Settings settings_;
    // Of simulated cards: whoever simulates much displaces no explanation of an issued card.
    static constexpr std::size_t simulated_bytes = 8u * 1024 * 1024;
    const std::unique_ptr<ReasonMemory> simulated_ = std::make_unique<ReasonMemory>(simulated_bytes);
};

}  // namespace rectal_cds::pages
