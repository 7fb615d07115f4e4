// A connection of beast_transport.cpp, and its requests. For that source only.
#pragma once

#include "fetch/net.hpp"

#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <openssl/crypto.h>

#include <memory>
#include <optional>
#include <string>

#include "fetch/transport.hpp"

namespace rectal_cds::fetch {

namespace beast = boost::beast;
namespace http = beast::http;
namespace ssl = net::ssl;

// For the fields of a request, which hold the token.
template <class T> struct WipingAllocator {
    using value_type = T;
    WipingAllocator() = default;
    template <class U> WipingAllocator(const WipingAllocator<U>&) {}
    T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T* at, std::size_t count) {
        OPENSSL_cleanse(at, count * sizeof(T));
        std::allocator<T>().deallocate(at, count);
    }
    template <class U> bool operator==(const WipingAllocator<U>&) const { return true; }
};
using Message = http::request<http::empty_body, http::basic_fields<WipingAllocator<char>>>;

struct Connection {
    static constexpr std::size_t read_size = 64u * 1024;  // from 512 bytes, Beast's own, a page takes 60 reads

    Connection(net::io_context& io, std::string to) : address(std::move(to)), socket(io) { buffer.reserve(read_size); }

    void close() {
        ErrorCode ignored;
        socket.close(ignored);
    }

    // Nothing has arrived since the last answer, not even the end: what does is no answer to a request of ours.
    bool is_silent() {
        char byte = 0;
        ErrorCode fault;
        socket.non_blocking(true, fault);
        socket.receive(net::buffer(&byte, 1), tcp::socket::message_peek, fault);
        return fault == net::error::would_block;
    }

    const std::string address;
    tcp::socket socket;
    std::optional<ssl::stream<tcp::socket&>> tls;
    beast::flat_buffer buffer{2 * read_size};
    Clock::time_point idle_since{};
};

}  // namespace rectal_cds::fetch
