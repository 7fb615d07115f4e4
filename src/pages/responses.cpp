#include "pages/responses.hpp"

#include "pages/assets.hpp"
#include "pages/page.hpp"

namespace rectal_cds::pages {

using http::Response;

void add_security(Response& response, const std::string& frame_ancestors) {
    const std::string policy = "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; "
                               "frame-ancestors " +
                               (frame_ancestors.empty() ? "'none'" : frame_ancestors);
    response.headers.emplace_back("Content-Security-Policy", policy);
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
}

Response plain_text(int status, std::string body) {
    return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(body)};
}

Response not_allowed(const std::string& methods) {
    Response response = plain_text(405, "This address answers " + methods + ".\n");
    response.headers.emplace_back("Allow", methods);
    return response;
}

Response asset_file(const http::Request& request, std::string_view name) {
    const Asset* asset = find_asset(name);
    const std::string_view type = media_type_of(name);
    if (!asset || type.empty()) return plain_text(404, "There is no such file.\n");
    const std::string tag = '"' + std::string(asset->digest) + '"';
    const bool is_named = parameter(request, "v") == asset->digest;
    Response response{200, {{"Content-Type", std::string(type)}}, std::string(asset->bytes)};
    const auto known = request.header("If-None-Match");
    if (known && known->find(tag) != std::string_view::npos) response = {304, {}, ""};
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Cache-Control", is_named ? "public, max-age=31536000, immutable" : "no-cache");
    return response;
}

Response exported(std::string bytes, bool is_csv) {
    const std::string name = is_csv ? "feedback.csv" : "feedback.json";
    return {200,
            {{"Content-Type", is_csv ? "text/csv; charset=utf-8" : "application/json"},
             {"Content-Disposition", "attachment; filename=\"" + name + "\""},
             {"Cache-Control", "no-store"}},
            std::move(bytes)};
}

}  // namespace rectal_cds::pages
