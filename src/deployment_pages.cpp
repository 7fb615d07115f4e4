// The pages of a running service, and the links of cards to them.
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

#include "deployment.hpp"
#include "serve_log.hpp"

namespace rectal_cds {

namespace {

// Explanations are forgotten when the service ends, and so is the key of the links to them.
auth::Secret random_key() {
    std::array<char, auth::LinkSigner::key_bytes> bytes{};
    if (getentropy(bytes.data(), bytes.size()) != 0) throw std::runtime_error("the system gives no random numbers");
    return auth::Secret(std::string(bytes.data(), bytes.size()));
}

}  // namespace

// With registered clients reasons are kept only when cards link to them.
service::Explaining Deployment::explaining() {
    const bool is_sandbox = options_.clients.empty();
    if (!is_sandbox) link_signer_ = std::make_unique<auth::LinkSigner>(random_key());
    if (!is_sandbox && !settings_.shows_links) return {};
    const auto keep = [this](std::shared_ptr<const cdshooks::Reasons> reasons) {
        reasons_.keep(std::move(reasons), pages::ReasonMemory::Clock::now());
    };
    const auto address = [this, now = clocks().now, base = settings_.public_url](const std::string& uuid) {
        return pages::why_address(base, uuid, link_signer_.get(), now());
    };
    return {keep, address};
}

std::unique_ptr<pages::Pages> Deployment::make_pages() {
    pages::Settings settings;
    settings.public_url = settings_.public_url;
    settings.base_path = service::path_of(settings_.public_url);
    settings.program_version = settings_.program_version;
    settings.shared_service_id = settings_.discovery.shared_id;
    settings.is_sandbox = options_.clients.empty();
    settings.has_simulator = settings.is_sandbox || options_.simulator;
    const pages::Parts parts{content_, metrics_, reasons_, link_signer_.get(), clocks(), log_answer};
    return std::make_unique<pages::Pages>(parts, settings);
}

}  // namespace rectal_cds
