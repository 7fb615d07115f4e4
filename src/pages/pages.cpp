#include "pages/pages.hpp"

#include <algorithm>
#include <array>
#include <exception>

#include "pages/assets.hpp"
#include "pages/catalogue_page.hpp"
#include "pages/home_page.hpp"
#include "pages/recommendation_page.hpp"
#include "pages/simulate.hpp"
#include "pages/why_page.hpp"
#include "service/media_type.hpp"

namespace rectal_cds::pages {

using http::Response;

namespace {

constexpr std::string_view html = "text/html; charset=utf-8", plain = "text/plain; charset=utf-8";
constexpr std::string_view simulate_path = "/api/simulate", samples_path = "/api/samples";
constexpr std::array<std::string_view, 5> exact{"/", "/about", "/simulator", simulate_path, samples_path};
constexpr std::array<std::string_view, 4> folders{"/recommendations", "/assets", "/why", samples_path};

bool is_in(std::string_view path, std::string_view folder) {
    return path == folder || (path.starts_with(folder) && path[folder.size()] == '/');
}

// The kind of page, for logs and metrics: nothing that a caller chose.
std::string route_of(std::string_view path) {
    for (const std::string_view folder : folders) {
        if (path != folder && is_in(path, folder)) return std::string(folder) + "/{}";
    }
    return std::string(path);
}

// No script, style, image, frame or form from anywhere but here, and none that stands in the page itself.
void add_security(Response& response) {
    constexpr const char* policy =
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
    response.headers.emplace_back("Content-Security-Policy", policy);
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
}

Response text(int status, std::string body) {
    return {status, {{"Content-Type", std::string(plain)}}, std::move(body)};
}

// Kept for a year under the address that names its digest; otherwise asked for again each time.
Response file(const http::Request& request, std::string_view name) {
    const Asset* asset = find_asset(name);
    const std::string_view type = media_type_of(name);
    if (!asset || type.empty()) return text(404, "There is no such file.\n");
    const std::string tag = '"' + std::string(asset->digest) + '"';
    const bool is_named = parameter(request, "v") == asset->digest;
    Response response{200, {{"Content-Type", std::string(type)}}, std::string(asset->bytes)};
    const auto known = request.header("If-None-Match");
    if (known && known->find(tag) != std::string_view::npos) response = {304, {}, ""};
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Cache-Control", is_named ? "public, max-age=31536000, immutable" : "no-cache");
    return response;
}

Response not_allowed(const std::string& methods) {
    Response response = text(405, "This address answers " + methods + ".\n");
    response.headers.emplace_back("Allow", methods);
    return response;
}

bool gets(const http::Request& request) { return request.method == "GET" || request.method == "HEAD"; }

}  // namespace

std::string why_address(const std::string& base, const std::string& uuid, const auth::LinkSigner* signer,
                        auth::Time now) {
    const std::string path = "/why/" + uuid;
    if (!signer) return base + path;
    const auto signature = signer->sign(path, std::chrono::ceil<std::chrono::seconds>(now + ReasonMemory::life));
    return base + path + "?e=" + signature.ends + "&s=" + signature.code;
}

std::string_view Pages::without_base(std::string_view path) const {
    const std::string& base = settings_.base_path;
    const bool is_below = !base.empty() && path.starts_with(base) && path.substr(base.size()).starts_with('/');
    return is_below ? path.substr(base.size()) : path;
}

bool Pages::is_page(std::string_view path) const {
    path = without_base(path);
    if (std::find(exact.begin(), exact.end(), path) != exact.end()) return true;
    return std::any_of(folders.begin(), folders.end(), [&](std::string_view folder) { return is_in(path, folder); });
}

Page Pages::explanation(const View& view, std::string_view path, std::string_view card) const {
    using Verdict = auth::LinkSigner::Verdict;
    if (parts_.signer) {
        const auth::LinkSigner::Signature given{parameter(view.request, "e"), parameter(view.request, "s")};
        const auto now = std::chrono::floor<std::chrono::seconds>(parts_.clocks.now());
        const Verdict verdict = parts_.signer->check(path, given, now);
        if (verdict == Verdict::expired) return ended_link_page();
        if (verdict == Verdict::wrong) return unknown_card_page();
    }
    const auto found = parts_.reasons.find(std::string(card), ReasonMemory::Clock::now());
    return found ? why_page(view, *found) : unknown_card_page();
}

Page Pages::page_at(const View& view, std::string_view path) const {
    constexpr std::string_view one = "/recommendations/", why = "/why/";
    if (path == "/") return home_page(view);
    if (path == "/about") return about_page(view);
    if (path == "/recommendations") return catalogue_page(view);
    if (path == "/simulator" && settings_.has_simulator) return simulator_page(view);
    if (path.starts_with(one)) return recommendation_page(view, path.substr(one.size()));
    if (path.starts_with(why)) return explanation(view, path, path.substr(why.size()));
    return not_found_page();
}

Response Pages::simulation(http::Request& request, const View& view) const {
    if (request.method != "POST") return not_allowed("POST");
    if (auto refusal = service::check_media_type(request)) return std::move(*refusal);
    const auto keep = [this](auto reasons) { parts_.reasons.keep(std::move(reasons), ReasonMemory::Clock::now()); };
    const auto path = [this](const std::string& uuid) {
        return why_address(settings_.base_path, uuid, parts_.signer, parts_.clocks.now());
    };
    return simulate({view.content.knowledge, view.today, parts_.clocks.seed(), keep, path}, std::move(request.body));
}

Response Pages::response_to(http::Request& request, std::string_view path) const {
    constexpr std::string_view files = "/assets/", one_of_samples = "/api/samples/";
    const auto content = parts_.content.get();
    const View view{*content, settings_, request, parts_.clocks.today()};
    if (path == simulate_path && settings_.has_simulator) return simulation(request, view);
    if (!gets(request)) return not_allowed("GET, HEAD");
    if (path.starts_with(files)) return file(request, path.substr(files.size()));
    if (settings_.has_simulator && path == samples_path) return list_samples(view);
    if (settings_.has_simulator && path.starts_with(one_of_samples))
        return one_sample(view, path.substr(one_of_samples.size()));
    const Page page = page_at(view, path);
    const char* keeping = page.is_about_patient ? "no-store" : "no-cache";
    return {page.status, {{"Content-Type", std::string(html)}, {"Cache-Control", keeping}}, in_frame(view, page)};
}

void Pages::answer(http::Request request, const http::Respond& respond) const {
    const auto begun = std::chrono::steady_clock::now();
    const std::string whole_path = request.path;
    const std::string_view path = without_base(whole_path);
    service::Answered answered;
    answered.correlation_id = request.correlation_id;
    answered.method = gets(request) || request.method == "POST" ? request.method : "other";
    answered.route = route_of(path);
    Response response;
    try {
        response = response_to(request, path);
    } catch (const std::exception&) {
        answered.reason = "internal";
        response = text(500, "The service failed to make this page; the fault is in the service.\n");
    }
    add_security(response);
    answered.status = response.status;
    answered.duration = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
    parts_.metrics.answered(answered.method, answered.route, answered.status, answered.duration);
    parts_.log(answered);
    respond(std::move(response));
}

}  // namespace rectal_cds::pages
