// The bytes of one connection: a TCP socket, or TLS over one. For Beast and Asio it is an AsyncReadStream and an
// AsyncWriteStream; a plain connection costs one branch more than its socket.
#pragma once

#include <optional>
#include <utility>

#include "http/net.hpp"
// After net.hpp, which Asio needs ahead of it.
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

namespace rectal_cds::http {

// What TLS reads from and writes to. Once it is told to end it hears nothing more: Asio's shutdown, which would wait
// for the peer's close_notify, then sends ours and is done.
class TlsTransport {
public:
    using executor_type = tcp::socket::executor_type;
    using lowest_layer_type = tcp::socket::lowest_layer_type;

    explicit TlsTransport(tcp::socket& socket) : socket_(socket) {}

    executor_type get_executor() { return socket_.get_executor(); }
    lowest_layer_type& lowest_layer() { return socket_.lowest_layer(); }
    void stop_listening() { hears_ = false; }

    template <class Buffers, class Token> auto async_read_some(const Buffers& buffers, Token&& token) {
        // A read of no bytes is how Asio's TLS puts off a completion; it succeeds at once.
        const bool is_read = hears_ || net::buffer_size(buffers) == 0;
        return net::async_initiate<Token, void(ErrorCode, std::size_t)>(
            [this, is_read, buffers](auto&& handler) {
                if (is_read) return socket_.async_read_some(buffers, std::forward<decltype(handler)>(handler));
                const auto executor = net::get_associated_executor(handler, socket_.get_executor());
                net::post(executor, [done = std::forward<decltype(handler)>(handler)]() mutable {
                    done(ErrorCode(net::error::eof), 0);
                });
            },
            token);
    }

    template <class Buffers, class Token> auto async_write_some(const Buffers& buffers, Token&& token) {
        return socket_.async_write_some(buffers, std::forward<Token>(token));
    }

private:
    tcp::socket& socket_;
    bool hears_ = true;
};

// Stays where it is made. All operations on the thread of its connection, one read and one write at a time.
class Stream {
public:
    using executor_type = tcp::socket::executor_type;

    // `tls` null: plain. Otherwise nothing can be read or written before handshake() has succeeded.
    Stream(tcp::socket socket, net::ssl::context* tls) : socket_(std::move(socket)) {
        if (tls != nullptr) tls_.emplace(TlsTransport(socket_), *tls);
    }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    executor_type get_executor() { return socket_.get_executor(); }
    tcp::socket& socket() { return socket_; }
    bool is_tls() const { return tls_.has_value(); }

    void cancel() {
        ErrorCode ignored;
        socket_.cancel(ignored);
    }

    template <class Buffers, class Token> auto async_read_some(const Buffers& buffers, Token&& token) {
        if (tls_) return tls_->async_read_some(buffers, std::forward<Token>(token));
        return socket_.async_read_some(buffers, std::forward<Token>(token));
    }

    template <class Buffers, class Token> auto async_write_some(const Buffers& buffers, Token&& token) {
        if (tls_) return tls_->async_write_some(buffers, std::forward<Token>(token));
        return socket_.async_write_some(buffers, std::forward<Token>(token));
    }

    net::awaitable<ErrorCode> handshake();  // as the server; at once when plain
    net::awaitable<void> say_goodbye();     // close_notify if TLS, then FIN; waits for nothing from the peer
    net::awaitable<std::size_t> discard_some(net::mutable_buffer space);  // below TLS; 0 at the end

private:
    tcp::socket socket_;
    std::optional<net::ssl::stream<TlsTransport>> tls_;
};

}  // namespace rectal_cds::http
