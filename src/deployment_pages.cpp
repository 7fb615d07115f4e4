// The pages of a running service, and the links of cards to them.
#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "auth/fhir_base_url.hpp"
#include "auth/page_token.hpp"
#include "auth/secret_file.hpp"
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

void check_addresses(const ServeOptions& options, std::vector<base::Error>& errors) {
    if (!options.public_url.empty() && !auth::parse_base_url(options.public_url))
        errors.push_back(
            {base::ErrorKind::invalid, "--public-url",
             "The address that clients use is expected: https or http, host, port and path; nothing behind it."});
    const auto why_url = auth::parse_base_url(options.why_url);
    const bool is_usable = why_url && auth::is_confidential(why_url.value().url) && !options.why_url.ends_with('/') &&
                           options.why_url.find_first_of("()") == std::string::npos;  // it stands in Markdown links
    if (!options.why_url.empty() && (!is_usable || options.public_url.empty()))
        errors.push_back({base::ErrorKind::invalid, "--why-url",
                          "An https address without parentheses and without a slash at its end is expected, and "
                          "--public-url beside it."});
    for (const std::string& origin : options.frame_ancestors) {
        const auto url = auth::parse_url(origin);
        if (!url || url.value().origin() != origin || !auth::is_confidential(url.value()))
            errors.push_back({base::ErrorKind::invalid, "--frame-ancestors",
                              "An origin is expected: https, host, and a port that is not 443; nothing behind it."});
    }
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) all += (all.empty() ? "" : " ") + text;
    return all;
}

}  // namespace

// With registered clients reasons are kept only when cards link to them.
service::Explaining Deployment::explaining() {
    const bool is_sandbox = options_.clients.empty();
    if (!is_sandbox && !settings_.shows_links) return {};
    const auto keep = [this](std::shared_ptr<const cdshooks::Reasons> reasons) {
        reasons_.keep(std::move(reasons), pages::ReasonMemory::Clock::now());
    };
    const auto address = [this, now = clocks().now, base = why_url()](const std::string& uuid) {
        return pages::why_address(base, uuid, link_signer_.get(), now());
    };
    return {keep, address};
}

std::string Deployment::why_url() const { return options_.why_url.empty() ? settings_.public_url : options_.why_url; }

std::unique_ptr<pages::Pages> Deployment::make_pages() {
    pages::Settings settings;
    settings.public_url = settings_.public_url;
    settings.base_path = service::path_of(settings_.public_url);
    settings.program_version = settings_.program_version;
    settings.shared_service_id = settings_.discovery.shared_id;
    settings.calls = settings_;
    settings.why_url = why_url();
    settings.frame_ancestors = joined(options_.frame_ancestors);
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
    check_addresses(options_, errors);
    if (!options_.clients.empty()) link_signer_ = std::make_unique<auth::LinkSigner>(random_key());
    if (options_.pages_token.empty()) return;
    std::ifstream stream(options_.pages_token, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream)
        return errors.push_back(
            {base::ErrorKind::system, options_.pages_token, "The token of the pages could not be read."});
    if (const auto checked = auth::check_secret_file(options_.pages_token, "the token of the pages"); !checked)
        return errors.push_back(checked.error());
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    pages_token_ = std::make_unique<auth::Secret>(std::move(text));
    if (pages_token_->reveal().size() >= auth::least_page_token && pages_token_->is_bearer_token()) return;
    errors.push_back({base::ErrorKind::invalid, options_.pages_token,
                      "One line of at least 32 letters, digits or any of -._~+/= is expected."});
}

}  // namespace rectal_cds
