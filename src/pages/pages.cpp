#include "pages/pages.hpp"

#include <algorithm>
#include <array>
#include <exception>

#include "pages/assets.hpp"
#include "pages/catalogue_page.hpp"
#include "pages/home_page.hpp"
#include "pages/recommendation_page.hpp"

namespace rectal_cds::pages {

using http::Response;

namespace {

constexpr std::string_view html = "text/html; charset=utf-8";
constexpr std::array<std::string_view, 2> exact{"/", "/about"};
constexpr std::array<std::string_view, 2> folders{"/recommendations", "/assets"};

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
    response.headers.emplace_back(
        "Content-Security-Policy",
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'");
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
}

// Kept for a year under the address that names its digest; otherwise asked for again each time.
Response file(const http::Request& request, std::string_view name) {
    const Asset* asset = find_asset(name);
    const std::string_view type = media_type_of(name);
    if (!asset || type.empty())
        return {404, {{"Content-Type", "text/plain; charset=utf-8"}}, "There is no such file.\n"};
    const std::string tag = '"' + std::string(asset->digest) + '"';
    const bool is_named = parameter(request, "v") == asset->digest;
    Response response{200, {{"Content-Type", std::string(type)}}, std::string(asset->bytes)};
    const auto known = request.header("If-None-Match");
    if (known && known->find(tag) != std::string_view::npos) response = {304, {}, ""};
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Cache-Control", is_named ? "public, max-age=31536000, immutable" : "no-cache");
    return response;
}

Response not_allowed() {
    return {405,
            {{"Content-Type", "text/plain; charset=utf-8"}, {"Allow", "GET, HEAD"}},
            "This address answers GET and HEAD.\n"};
}

}  // namespace

std::string_view Pages::without_base(std::string_view path) const {
    const std::string& base = settings_.base_path;
    if (!base.empty() && path.starts_with(base) && path.substr(base.size()).starts_with('/'))
        path.remove_prefix(base.size());
    return path;
}

bool Pages::is_page(std::string_view path) const {
    path = without_base(path);
    if (std::find(exact.begin(), exact.end(), path) != exact.end()) return true;
    return std::any_of(folders.begin(), folders.end(), [&](std::string_view folder) { return is_in(path, folder); });
}

Page Pages::page_at(const View& view, std::string_view path) const {
    constexpr std::string_view one = "/recommendations/";
    if (path == "/") return home_page(view);
    if (path == "/about") return about_page(view);
    if (path == "/recommendations") return catalogue_page(view);
    if (path.starts_with(one)) return recommendation_page(view, path.substr(one.size()));
    return not_found_page();
}

Response Pages::response_to(const http::Request& request, std::string_view path) const {
    constexpr std::string_view folder = "/assets/";
    if (request.method != "GET" && request.method != "HEAD") return not_allowed();
    if (path.starts_with(folder)) return file(request, path.substr(folder.size()));
    const auto content = parts_.content.get();
    const View view{*content, settings_, request, parts_.today()};
    const Page page = page_at(view, path);
    return {page.status, {{"Content-Type", std::string(html)}, {"Cache-Control", "no-cache"}}, in_frame(view, page)};
}

void Pages::answer(http::Request request, const http::Respond& respond) const {
    const auto begun = std::chrono::steady_clock::now();
    const std::string_view path = without_base(request.path);
    service::Answered answered;
    answered.correlation_id = request.correlation_id;
    answered.method =
        request.method == "GET" || request.method == "HEAD" || request.method == "POST" ? request.method : "other";
    answered.route = route_of(path);
    Response response;
    try {
        response = response_to(request, path);
    } catch (const std::exception&) {
        answered.reason = "internal";
        response = {500,
                    {{"Content-Type", "text/plain; charset=utf-8"}},
                    "The service failed to make this page; the fault is in the service.\n"};
    }
    add_security(response);
    answered.status = response.status;
    answered.duration = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
    parts_.metrics.answered(answered.method, answered.route, answered.status, answered.duration);
    parts_.log(answered);
    respond(std::move(response));
}

}  // namespace rectal_cds::pages
