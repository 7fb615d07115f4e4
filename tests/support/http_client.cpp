#include "support/http_client.hpp"

#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

namespace rectal_cds::testing {

namespace net = boost::asio;
namespace http = boost::beast::http;
using tcp = net::ip::tcp;

struct HttpConnection::Socket {
    net::io_context io;
    tcp::socket stream{io};
    boost::beast::flat_buffer buffer;
};

namespace {

tcp::endpoint loopback(std::uint16_t port) { return {net::ip::address_v4::loopback(), port}; }

std::string text(boost::beast::string_view view) { return {view.data(), view.size()}; }

}  // namespace

std::string HttpAnswer::header(std::string_view name) const {
    std::string value;
    for (const auto& [other, content] : headers) {
        if (!boost::beast::iequals({name.data(), name.size()}, other)) continue;
        value += (value.empty() ? "" : ", ") + content;
    }
    return value;
}

std::string request_bytes(std::string_view method, std::string_view target, const HeaderLines& headers,
                          std::string_view body) {
    std::string bytes = std::string(method) + ' ' + std::string(target) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    for (const auto& [name, value] : headers) bytes += name + ": " + value + "\r\n";
    if (!body.empty() || method == "POST") bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return bytes + "\r\n" + std::string(body);
}

HttpConnection::HttpConnection(std::uint16_t port) : socket_(std::make_unique<Socket>()) {
    socket_->stream.connect(loopback(port));
}

HttpConnection::~HttpConnection() = default;
HttpConnection::HttpConnection(HttpConnection&&) noexcept = default;

HttpConnection& HttpConnection::send(std::string_view bytes) {
    boost::system::error_code refused;  // an early refusal may cut the sending; the answer tells
    net::write(socket_->stream, net::buffer(bytes.data(), bytes.size()), refused);
    return *this;
}

HttpAnswer HttpConnection::receive(bool has_no_body) {
    http::response_parser<http::string_body> parser;
    parser.skip(has_no_body);
    parser.body_limit(std::uint64_t{64} * 1024 * 1024);
    http::read(socket_->stream, socket_->buffer, parser);
    HttpAnswer answer;
    answer.status = parser.get().result_int();
    for (const auto& field : parser.get()) answer.headers.emplace_back(text(field.name_string()), text(field.value()));
    answer.body = std::move(parser.get().body());
    return answer;
}

bool HttpConnection::is_closed_by_service() {
    char byte = 0;
    boost::system::error_code error;
    socket_->stream.read_some(net::buffer(&byte, 1), error);
    return error == net::error::eof || error == net::error::connection_reset;
}

bool accepts_connections(std::uint16_t port) {
    net::io_context io;
    tcp::socket socket(io);
    boost::system::error_code refused;
    socket.connect(loopback(port), refused);
    return !refused;
}

}  // namespace rectal_cds::testing
