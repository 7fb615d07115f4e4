// A Server in this process and clients that talk to it in raw bytes over the loopback.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/server.hpp"

namespace rectal_cds::http::test {

// One answer, taken apart just as far as tests look.
struct Answer {
    int status = 0;  // 0: the connection ended before an answer was complete
    std::string head;
    std::string body;

    bool has(std::string_view header_line) const;        // "Connection: close"
    std::string header(std::string_view name) const;     // "" if absent
    std::string outcome(std::string_view member) const;  // of the one issue: "code", "expression", "diagnostics"
};

// A blocking client; every wait ends after ten seconds and fails the test.
class Client {
public:
    explicit Client(std::uint16_t port, const char* address = "127.0.0.1");
    virtual ~Client();
    Client(Client&& other) noexcept;
    Client& operator=(Client&&) = delete;

    bool is_connected() const { return socket_ >= 0; }
    Client& send(std::string_view bytes);  // failures are left to be seen by reading
    virtual Client& finish_sending();
    Answer answer(bool to_head = false);  // the next one; the answer to HEAD ends with its head
    std::string rest();                   // all bytes until the server closes
    bool is_closed_by_server();           // waits for it
    void reset();                         // closes so that the server sees an error

protected:
    int socket() const { return socket_; }
    // As ::recv and ::send: what lies between the bytes of HTTP and the socket.
    virtual long receive(char* bytes, std::size_t size);
    virtual long transmit(const char* bytes, std::size_t size);

private:
    bool read_more();

    int socket_ = -1;
    std::string buffer_;
};

std::string get(std::string_view target, std::string_view headers = "");
std::string post(std::string_view target, std::string_view body, std::string_view headers = "");

// Runs a Server with the handler below and short deadlines. Ends it, and waits, when it goes out of scope.
//   /echo    200 with "METHOD path?query bytes-of-body"; the header X-Seen lists the names of the request's headers
//   /later   200 from another thread     /gate  200 once open_gate() was called    /twice  answers 200, then 500
//   /throw   throws                      /drop  forgets to answer                  /split  answers a broken header
//   /none    204                         /large 8 MiB                              /store  200 with Cache-Control
//   /last    200, and the connection closes
//   /owned   sets headers that are the server's to set    /gate and /large count in `sent` when they were sent
class TestServer {
public:
    explicit TestServer(ServerOptions options = quick());
    ~TestServer();

    static ServerOptions quick();

    std::uint16_t port() const { return server_->port(); }
    Client connect() const { return Client(port()); }
    Server& server() { return *server_; }
    void open_gate();
    std::size_t waiting_at_gate() const;
    void await_gate(std::size_t waiting) const;  // until that many requests wait at /gate
    void await_connections(std::size_t open) const;
    void await_connections_at_most(std::size_t open) const;
    void end();  // stop() and wait
    bool has_ended() const { return has_ended_; }
    void await_end() const;

    std::atomic<int> requests = 0;
    std::atomic<int> failures = 0;  // calls of on_handler_failure
    std::atomic<int> sent = 0;

private:
    void handle(Request request, Respond respond);

    mutable std::mutex mutex_;
    std::vector<Respond> gate_;
    std::vector<std::thread> others_;
    std::unique_ptr<Server> server_;
    std::atomic<bool> has_ended_ = false;
    std::thread runner_;
};

}  // namespace rectal_cds::http::test
