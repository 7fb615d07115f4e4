#include "fetch/fake_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <utility>

namespace rectal_cds::fetch::test {

std::string SeenRequest::target() const {
    const auto begin = head.find(' ') + 1;
    return head.substr(begin, head.find(' ', begin) - begin);
}

std::string SeenRequest::header(std::string_view name) const {
    for (auto line = head.find("\r\n"); line != std::string::npos; line = head.find("\r\n", line + 2)) {
        const auto colon = head.find(':', line);
        if (colon == std::string::npos || colon - line - 2 != name.size()) continue;
        if (strncasecmp(head.data() + line + 2, name.data(), name.size()) != 0) continue;
        const auto value = head.find_first_not_of(' ', colon + 1);
        return head.substr(value, head.find("\r\n", value) - value);
    }
    return {};
}

Wire::~Wire() { close(); }

bool Wire::start_tls(SSL_CTX* context) {
    tls_.reset(SSL_new(context));
    SSL_set_fd(tls_.get(), socket_);
    return SSL_accept(tls_.get()) == 1;
}

bool Wire::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                               : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Wire::read_head(std::string& buffer, SeenRequest& request) {
    while (buffer.find("\r\n\r\n") == std::string::npos) {
        char bytes[8 * 1024];
        const auto count = tls_ ? SSL_read(tls_.get(), bytes, sizeof bytes) : ::recv(socket_, bytes, sizeof bytes, 0);
        if (count <= 0) return false;
        buffer.append(bytes, static_cast<std::size_t>(count));
    }
    const auto size = buffer.find("\r\n\r\n") + 4;
    request.head = buffer.substr(0, size);
    buffer.erase(0, size);
    const char* name = tls_ ? SSL_get_servername(tls_.get(), TLSEXT_NAMETYPE_host_name) : nullptr;
    request.server_name = name ? name : "";
    return true;
}

void Wire::await_close() {
    char bytes[1024];
    while (::recv(socket_, bytes, sizeof bytes, 0) > 0) {
    }
}

void Wire::close() {
    const std::lock_guard lock(mutex_);
    if (std::exchange(is_closed_, true)) return;
    ::shutdown(socket_, SHUT_RDWR);
    ::close(socket_);
}

void Wire::reset() {
    const linger at_once{1, 0};
    const std::lock_guard lock(mutex_);
    if (std::exchange(is_closed_, true)) return;
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(socket_);
}

void Wire::wake() {
    const std::lock_guard lock(mutex_);
    if (!is_closed_) ::shutdown(socket_, SHUT_RDWR);
}

FakeServer::FakeServer(Script script, const Certificate* certificate, int newest, const char* address)
    : script_(std::move(script)) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL's own writes, of this server alone
    if (certificate) {
        tls_.reset(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
        SSL_CTX_use_certificate(tls_.get(), certificate->certificate.get());
        SSL_CTX_use_PrivateKey(tls_.get(), certificate->key.get());
        if (newest != 0) SSL_CTX_set_security_level(tls_.get(), 0);
        if (newest != 0) SSL_CTX_set_max_proto_version(tls_.get(), newest);
    }
    sockaddr_in6 v6{};
    sockaddr_in v4{};
    const bool is_v4 = inet_pton(AF_INET, address, &v4.sin_addr) == 1;
    v4.sin_family = AF_INET;
    v6.sin6_family = AF_INET6;
    if (!is_v4) inet_pton(AF_INET6, address, &v6.sin6_addr);
    auto* const name = is_v4 ? reinterpret_cast<sockaddr*>(&v4) : reinterpret_cast<sockaddr*>(&v6);
    socklen_t size = is_v4 ? sizeof v4 : sizeof v6;
    const int socket = ::socket(name->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0 || ::bind(socket, name, size) != 0 || ::listen(socket, 256) != 0) {
        if (socket >= 0) ::close(socket);
        return;
    }
    ::getsockname(socket, name, &size);
    listener_ = socket;
    port_ = ntohs(is_v4 ? v4.sin_port : v6.sin6_port);
    acceptor_ = std::thread([this] { accept_all(); });
}

FakeServer::~FakeServer() {
    if (!is_listening()) return;
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    for (Wire& wire : wires_) wire.wake();
    for (auto& thread : threads_) thread.join();
}

void FakeServer::accept_all() {
    while (true) {
        const int socket = ::accept(listener_, nullptr, nullptr);
        if (socket < 0) return;
        const int yes = 1;
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        ++accepted_;
        ++open_;
        Wire& wire = wires_.emplace_back(socket);
        threads_.emplace_back([this, &wire] {
            serve(wire);
            wire.close();
            --open_;
        });
    }
}

void FakeServer::serve(Wire& wire) {
    if (tls_ && !wire.start_tls(tls_.get())) return;
    std::string buffer;
    SeenRequest request;
    while (!wire.is_closed_ && wire.read_head(buffer, request)) {
        {
            const std::lock_guard lock(mutex_);
            requests_.push_back(request);
        }
        script_(wire, request);
    }
}

std::string FakeServer::url(std::string_view target) const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(target);
}

std::string FakeServer::url_of(std::string_view host, std::string_view target) const {
    return "https://" + std::string(host) + ":" + std::to_string(port_) + std::string(target);
}

std::vector<SeenRequest> FakeServer::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

std::vector<std::string> FakeServer::targets() const {
    std::vector<std::string> targets;
    for (const SeenRequest& request : requests()) targets.push_back(request.target());
    return targets;
}

std::string reply(int status, std::string_view body, std::string_view headers) {
    return "HTTP/1.1 " + std::to_string(status) + " Status\r\nContent-Type: application/fhir+json\r\n" +
           std::string(headers) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

FakeServer::Script always(std::string bytes) {
    return [bytes = std::move(bytes)](Wire& wire, const SeenRequest&) { wire.send(bytes); };
}

std::string bundle(std::string_view id, std::string_view next) {
    std::string text = R"({"resourceType":"Bundle","id":")" + std::string(id) + R"(","type":"searchset")";
    if (!next.empty()) text += R"(,"link":[{"relation":"next","url":")" + std::string(next) + R"("}])";
    return text + "}";
}

}  // namespace rectal_cds::fetch::test
