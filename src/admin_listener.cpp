#include "admin_listener.hpp"

namespace rectal_cds {

namespace {

constexpr std::size_t max_connections = 64;   // probes and scrapes
constexpr std::size_t max_body_bytes = 1024;  // nothing here takes a body
constexpr std::chrono::milliseconds head_deadline{2'000}, idle_deadline{5'000};
constexpr std::chrono::milliseconds end_idle{50};
constexpr std::chrono::milliseconds end_deadline{1'000};

base::Error named(base::Error error) {
    error.where = "--admin-listen";
    return error;
}

}  // namespace

std::string base_url_of(const http::ListenAddress& where, std::uint16_t port, bool has_tls) {
    const bool is_v6 = where.address.find(':') != std::string::npos;
    const std::string host = is_v6 ? "[" + where.address + "]" : where.address;
    return (has_tls ? "https://" : "http://") + host + ":" + std::to_string(port);
}

base::Result<base::Done> AdminListener::start() {
    if (listen_.empty()) return base::Done{};
    const auto where = http::parse_listen_address(listen_);
    if (!where) return named(where.error());
    http::ServerOptions options;
    options.address = where.value().address, options.port = where.value().port;
    options.threads = 1;
    options.max_connections = max_connections, options.max_body_bytes = max_body_bytes;
    options.makes_room = true;  // a probe is answered, however many hold connections open
    options.header_deadline = head_deadline, options.idle_deadline = idle_deadline;
    options.drain_idle = end_idle, options.linger_deadline = end_idle, options.drain_deadline = end_deadline;
    server_ = std::make_unique<http::Server>(std::move(options), handler_);
    if (const auto listening = server_->listen(); !listening) {
        server_.reset();
        return named(listening.error());
    }
    base_url_ = base_url_of(where.value(), server_->port(), false);
    thread_ = std::thread([server = server_.get()] { server->run(); });
    return base::Done{};
}

AdminListener::~AdminListener() {
    if (!server_) return;
    server_->stop();
    thread_.join();
}

}  // namespace rectal_cds
