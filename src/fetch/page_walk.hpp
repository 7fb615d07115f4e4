// A search that is too long for memory, read page by page: who the patients of a FHIR server are. Blocks; not for
// calls.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "auth/fhir_base_url.hpp"
#include "base/result.hpp"
#include "fetch/transport.hpp"
#include "json/document.hpp"

namespace rectal_cds::fetch {

struct WalkOptions {
    auth::BaseUrl base;
    std::vector<auth::IpRange> ranges;
    // Asked before each request, so that a token may be renewed meanwhile; empty, or null from it: none is needed.
    std::function<base::Result<std::shared_ptr<const auth::Secret>>()> token;
    std::chrono::milliseconds page_deadline{60'000};
    std::size_t max_page_bytes = 32u * 1024 * 1024;
    // Of the whole list: what goes on beyond them is taken for a server that makes up pages without end.
    std::size_t max_pages = 100'000;
    std::uint64_t max_bytes = std::uint64_t{16} << 30;
    // Between the attempts at one page; one more attempt than pauses.
    std::vector<std::chrono::milliseconds> pauses{std::chrono::seconds(1), std::chrono::seconds(5),
                                                  std::chrono::seconds(20)};
};

// `take` gets the root of every page, a Bundle, in order; false ends the walk. `target` is relative to the base. An
// Error (where: the target without its query) when a page cannot be read or is no Bundle, when its next page lies
// elsewhere or was read before, beyond `max_pages` or `max_bytes`, or once `stop` is set: then the list is not whole.
std::optional<base::Error> walk_pages(FhirTransport& transport, const WalkOptions& options, const std::string& target,
                                      const std::function<bool(json::Value)>& take, const std::atomic<bool>& stop);

// Waits, but not longer than until `stop` is set.
void pause_for(std::chrono::milliseconds time, const std::atomic<bool>& stop);

}  // namespace rectal_cds::fetch
