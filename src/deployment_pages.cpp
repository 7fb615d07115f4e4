// The pages of a running service, and the links of cards to them.
#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "auth/page_token.hpp"
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
    settings.has_feedback = settings.is_sandbox || pages_token_;
    settings.comments_are_open = settings.is_sandbox && where_.is_loopback && !pages_token_;
    if (settings.has_feedback) store_reader_ = std::make_unique<pages::StoreReader>(options_.store);
    const pages::Parts parts{content_,           metrics_,           reasons_, store_reader_.get(),
                             link_signer_.get(), pages_token_.get(), clocks(), log_answer};
    return std::make_unique<pages::Pages>(parts, settings);
}

void Deployment::make_page_keys(std::vector<base::Error>& errors) {
    if (!options_.clients.empty()) link_signer_ = std::make_unique<auth::LinkSigner>(random_key());
    if (options_.pages_token.empty()) return;
    std::ifstream stream(options_.pages_token, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream)
        return errors.push_back(
            {base::ErrorKind::system, options_.pages_token, "The token of the pages could not be read."});
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    pages_token_ = std::make_unique<auth::Secret>(std::move(text));
    if (pages_token_->reveal().size() >= auth::least_page_token && pages_token_->is_bearer_token()) return;
    errors.push_back({base::ErrorKind::invalid, options_.pages_token,
                      "One line of at least 32 letters, digits or any of -._~+/= is expected."});
}

}  // namespace rectal_cds
