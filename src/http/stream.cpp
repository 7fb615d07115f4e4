#include "http/stream.hpp"

namespace rectal_cds::http {

net::awaitable<ErrorCode> Stream::handshake() {
    ErrorCode error;
    if (tls_) {
        co_await tls_->async_handshake(net::ssl::stream_base::server, net::redirect_error(net::use_awaitable, error));
    }
    co_return error;
}

net::awaitable<void> Stream::say_goodbye() {
    ErrorCode ignored;
    if (tls_) {
        tls_->next_layer().stop_listening();
        co_await tls_->async_shutdown(net::redirect_error(net::use_awaitable, ignored));
    }
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

net::awaitable<std::size_t> Stream::discard_some(net::mutable_buffer space) {
    ErrorCode error;
    const std::size_t count = co_await socket_.async_read_some(space, net::redirect_error(net::use_awaitable, error));
    co_return count;
}

}  // namespace rectal_cds::http
