#include "service/cors.hpp"

#include <string>

namespace rectal_cds::service {

namespace {

http::Headers headers_for(std::string origin) {
    return {{"Access-Control-Allow-Origin", std::move(origin)},
            {"Access-Control-Allow-Methods", "GET, POST, OPTIONS"},
            {"Access-Control-Allow-Headers", "Authorization, Content-Type, Accept"},
            {"Access-Control-Expose-Headers", "X-Correlation-Id"},
            {"Access-Control-Max-Age", "600"}};
}

void append(http::Headers more, http::Response& response) {
    for (http::Header& header : more) response.headers.push_back(std::move(header));
}

}  // namespace

http::Headers cors_of_sandbox() { return headers_for("*"); }

void add_cors(const http::Request& request, const auth::ClientRegistry* registry, http::Response& response) {
    if (!registry) return append(cors_of_sandbox(), response);
    response.headers.emplace_back("Vary", "Origin");
    const auto origin = request.header("Origin");
    if (origin && registry->allows_origin(*origin)) append(headers_for(std::string(*origin)), response);
}

}  // namespace rectal_cds::service
