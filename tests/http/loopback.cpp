#include "http/loopback.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <functional>
#include <stdexcept>

#include "json/document.hpp"

namespace rectal_cds::http::test {

using namespace std::chrono_literals;

namespace {

constexpr auto patience = 10s;

void await(const char* what, const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        BOOST_TEST_REQUIRE((std::chrono::steady_clock::now() < end), "waited in vain until " << what);
        std::this_thread::sleep_for(2ms);
    }
}

int connect_to(const char* address, std::uint16_t port) {
    sockaddr_storage storage{};
    socklen_t length = sizeof(sockaddr_in);
    auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage);
    if (inet_pton(AF_INET, address, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
    } else {
        inet_pton(AF_INET6, address, &v6->sin6_addr);
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(port);
        length = sizeof(sockaddr_in6);
    }
    const int socket = ::socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket >= 0 && ::connect(socket, reinterpret_cast<sockaddr*>(&storage), length) == 0) return socket;
    if (socket >= 0) ::close(socket);
    return -1;
}

}  // namespace

bool Answer::has(std::string_view header_line) const {
    return head.find("\r\n" + std::string(header_line) + "\r\n") != std::string::npos;
}

std::string Answer::header(std::string_view name) const {
    const auto begin = head.find("\r\n" + std::string(name) + ": ");
    if (begin == std::string::npos) return "";
    const auto value = begin + name.size() + 4;
    return head.substr(value, head.find("\r\n", value) - value);
}

std::string Answer::outcome(std::string_view member) const {
    const auto document = json::Document::parse(body);
    BOOST_TEST_REQUIRE(document.ok(), "the body is no JSON: " << body);
    const json::Value root = document.value().root();
    BOOST_TEST(root["resourceType"].text() == "OperationOutcome");
    const json::Value value = root["issue"].at(0)[member];
    return std::string(value.is_array() ? value.at(0).text() : value.text());
}

Client::Client(std::uint16_t port, const char* address) : socket_(connect_to(address, port)) {
    const timeval limit{std::chrono::seconds(patience).count(), 0};
    if (is_connected()) setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (is_connected()) setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

Client::Client(Client&& other) noexcept : socket_(other.socket_), buffer_(std::move(other.buffer_)) {
    other.socket_ = -1;
}

Client::~Client() {
    if (is_connected()) ::close(socket_);
}

Client& Client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const long sent = transmit(bytes.data(), bytes.size());
        if (sent <= 0) break;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return *this;
}

Client& Client::finish_sending() {
    ::shutdown(socket_, SHUT_WR);
    return *this;
}

long Client::receive(char* bytes, std::size_t size) { return ::recv(socket_, bytes, size, 0); }

long Client::transmit(const char* bytes, std::size_t size) { return ::send(socket_, bytes, size, MSG_NOSIGNAL); }

bool Client::read_more() {
    char bytes[16 * 1024];
    const long count = receive(bytes, sizeof bytes);
    BOOST_TEST_REQUIRE(!(count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)), "the server is silent");
    if (count <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(count));
    return true;
}

Answer Client::answer(bool to_head) {
    Answer answer;
    while (buffer_.find("\r\n\r\n") == std::string::npos) {
        if (!read_more()) return answer;
    }
    const auto head_bytes = buffer_.find("\r\n\r\n") + 4;
    answer.head = buffer_.substr(0, head_bytes);
    buffer_.erase(0, head_bytes);
    const std::string length = answer.header("Content-Length");
    const std::size_t body_bytes = length.empty() || to_head ? 0 : std::stoul(length);
    while (buffer_.size() < body_bytes) {
        if (!read_more()) return answer;
    }
    answer.body = buffer_.substr(0, body_bytes);
    buffer_.erase(0, body_bytes);
    answer.status = std::stoi(answer.head.substr(9, 3));
    return answer;
}

std::string Client::rest() {
    while (read_more()) {
    }
    return std::move(buffer_);
}

bool Client::is_closed_by_server() { return rest().empty(); }

void Client::reset() {
    const linger at_once{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(socket_);
    socket_ = -1;
}

std::string get(std::string_view target, std::string_view headers) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n" + std::string(headers) + "\r\n";
}

std::string post(std::string_view target, std::string_view body, std::string_view headers) {
    return "POST " + std::string(target) + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

ServerOptions TestServer::quick() {
    ServerOptions options;
    options.port = 0;
    options.threads = 2;
    options.linger_deadline = 300ms;
    options.drain_idle = 100ms;
    options.drain_deadline = 60'000ms;  // beyond the tests' patience: a drain must end by itself
    return options;
}

TestServer::TestServer(ServerOptions options) {
    options.on_handler_failure = [this](std::string_view) { ++failures; };
    server_ = std::make_unique<Server>(std::move(options), [this](Request request, Respond respond) {
        handle(std::move(request), std::move(respond));
    });
    const auto listening = server_->listen();
    BOOST_TEST_REQUIRE(listening.ok(), (listening.ok() ? "" : listening.error().what));
    runner_ = std::thread([this] {
        server_->run();
        has_ended_ = true;
    });
}

TestServer::~TestServer() {
    end();
    server_.reset();
    for (auto& other : others_) other.join();
    gate_.clear();  // after the server: a late answer must do no harm
}

void TestServer::end() {
    if (!runner_.joinable()) return;
    server_->stop();
    runner_.join();
}

void TestServer::open_gate() {
    const std::lock_guard lock(mutex_);
    for (auto& respond : gate_) respond({200, {}, "through", [this] { ++sent; }});
}

std::size_t TestServer::waiting_at_gate() const {
    const std::lock_guard lock(mutex_);
    return gate_.size();
}

void TestServer::await_gate(std::size_t waiting) const {
    await("requests wait at the gate", [this, waiting] { return waiting_at_gate() >= waiting; });
}

void TestServer::await_connections(std::size_t open) const {
    await("connections are opened or closed", [this, open] { return server_->open_connections() == open; });
}

void TestServer::await_connections_at_most(std::size_t open) const {
    await("connections are closed", [this, open] { return server_->open_connections() <= open; });
}

void TestServer::await_end() const {
    await("the server has ended", [this] { return has_ended(); });
}

void TestServer::handle(Request request, Respond respond) {
    ++requests;
    const std::string& path = request.path;
    if (path == "/throw") throw std::runtime_error("a fault of the handler");
    if (path == "/drop") return;
    if (path == "/none") return respond({204, {}, "must not be sent"});
    if (path == "/split") return respond({200, {{"X-Name", "value\r\nX-Injected: yes"}}, ""});
    if (path == "/owned") {
        return respond({200, {{"content-length", "1"}, {"Connection", "x"}, {"X-Correlation-Id", "x"}}, "body"});
    }
    if (path == "/store") return respond({200, {{"Cache-Control", "max-age=60"}}, "stored"});
    if (path == "/large") return respond({200, {}, std::string(8u * 1024 * 1024, 'x'), [this] { ++sent; }});
    if (path == "/last") {
        Response response{200, {}, "last"};
        response.closes = true;
        return respond(std::move(response));
    }
    if (path == "/later") {
        const std::lock_guard lock(mutex_);
        others_.emplace_back([respond] { respond({200, {}, "later"}); });
        return;
    }
    if (path == "/gate") {
        const std::lock_guard lock(mutex_);
        gate_.push_back(std::move(respond));
        return;
    }
    std::string seen;
    for (const auto& [name, value] : request.headers) seen += name + ' ';
    respond({200,
             {{"Content-Type", "text/plain"}, {"X-Seen", seen}, {"X-Request-Id", request.correlation_id}},
             request.method + ' ' + path + '?' + request.query + ' ' + std::to_string(request.body.size()) + ' ' +
                 request.remote_address});
    if (path == "/twice") respond({500, {}, "second"});
}

}  // namespace rectal_cds::http::test
