// A server on loopback that answers as a script says, well or badly, and remembers what arrived.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "fetch/certificates.hpp"

namespace rectal_cds::fetch::test {

struct SeenRequest {
    std::string head;         // all of it
    std::string server_name;  // SNI

    std::string target() const;
    std::string header(std::string_view name) const;  // empty when absent
};

// One accepted connection, as a script sees it.
class Wire {
public:
    explicit Wire(int socket) : socket_(socket) {}
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    bool send(std::string_view bytes);  // false once the client has gone
    void await_close();                 // until the client closes, or the server ends
    void close();
    void reset();  // as a crash would: RST

private:
    friend class FakeServer;
    bool start_tls(SSL_CTX* context);
    bool read_head(std::string& buffer, SeenRequest& request);
    void wake();  // from another thread

    std::mutex mutex_;
    int socket_;
    std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, &SSL_free};
    bool is_closed_ = false;
};

class FakeServer {
public:
    using Script = std::function<void(Wire&, const SeenRequest&)>;

    explicit FakeServer(Script script, const char* address = "127.0.0.1")
        : FakeServer(std::move(script), nullptr, 0, address) {}
    // With TLS, at most of version `newest` (0: any).
    FakeServer(Script script, const Certificate* certificate, int newest = 0, const char* address = "127.0.0.1");
    ~FakeServer();

    bool is_listening() const { return listener_ >= 0; }
    std::uint16_t port() const { return port_; }
    std::string url(std::string_view target = "/") const;                            // http://127.0.0.1:port...
    std::string url_of(std::string_view host, std::string_view target = "/") const;  // https://host:port...
    std::vector<SeenRequest> requests() const;
    std::vector<std::string> targets() const;
    std::size_t connections() const { return accepted_; }  // ever
    std::size_t open() const { return open_; }

private:
    void accept_all();
    void serve(Wire& wire);

    const Script script_;
    std::shared_ptr<SSL_CTX> tls_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;
    std::vector<SeenRequest> requests_;
    std::atomic<std::size_t> accepted_ = 0;
    std::atomic<std::size_t> open_ = 0;
    std::list<Wire> wires_;
    std::list<std::thread> threads_;
    std::thread acceptor_;
};

// "HTTP/1.1 200 ..." with a Content-Length; `headers` are whole lines.
std::string reply(int status, std::string_view body, std::string_view headers = "");
FakeServer::Script always(std::string bytes);
// {"resourceType":"Bundle",...} with a link to the next page unless `next` is empty.
std::string bundle(std::string_view id, std::string_view next = "");

}  // namespace rectal_cds::fetch::test
