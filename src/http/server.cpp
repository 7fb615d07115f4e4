#include "http/server.hpp"

#include <algorithm>
#include <csignal>
#include <thread>
#include <vector>

#include "http/net.hpp"
#include "http/session.hpp"
#include "http/tls_context.hpp"
#include "http/worker.hpp"

namespace rectal_cds::http {

namespace {

using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::chrono::milliseconds accept_pause{50};  // when the process has no file descriptor left
constexpr int backlog = 1024;
constexpr std::size_t turned_away_at_once = 64;  // connections above the limit that still get their 503

unsigned thread_count(unsigned asked) { return asked > 0 ? asked : std::max(1u, std::thread::hardware_concurrency()); }

}  // namespace

// Takes connections on the thread that calls run(), and ends the others.
class Server::Acceptor {
public:
    explicit Acceptor(Service service) : service_(std::move(service)) {
        for (unsigned i = 0; i < thread_count(service_.options.threads); ++i) {
            workers_.push_back(std::make_unique<Worker>(service_));
        }
    }

    Result<Done> listen();
    Result<Done> read_tls_files();
    void run();
    void stop();
    std::uint16_t port() const { return port_; }
    base::Day tls_certificate_ends() const { return tls_.certificate_ends(); }
    bool is_serving() const { return is_serving_; }
    bool is_draining() const { return is_leaving_ || is_draining_; }
    std::size_t open_connections() const { return open_; }

private:
    net::awaitable<void> accept();
    void serve(Worker& worker, tcp::socket socket);
    void accept_waiting();
    void await_signal();
    void leave();
    void drain();
    void end();
    void connection_closed(Worker& worker);
    Worker& least_busy();

    Service service_;
    TlsContext tls_;
    std::atomic<std::size_t> open_ = 0;
    std::atomic<bool> is_serving_ = false;
    std::atomic<bool> is_leaving_ = false;  // a signal has come
    std::atomic<bool> is_draining_ = false;
    std::uint16_t port_ = 0;
    net::io_context io_{1};
    tcp::acceptor acceptor_{io_};
    net::signal_set signals_{io_};
    net::steady_timer leave_timer_{io_};
    net::steady_timer drain_timer_{io_};
    net::executor_work_guard<net::io_context::executor_type> until_end_{io_.get_executor()};
    std::vector<std::unique_ptr<Worker>> workers_;  // last: their sessions use what is above
};

Result<Done> Server::Acceptor::listen() {
    const auto& options = service_.options;
    if (auto read = read_tls_files(); !read) return read;
    ErrorCode error;
    const auto address = net::ip::make_address(options.address, error);
    if (error) return Error{ErrorKind::invalid, "address", "The address to listen on is not an IP address."};
    const tcp::endpoint endpoint(address, options.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(net::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(backlog, error);
    if (error) {
        ErrorCode ignored;
        acceptor_.close(ignored);
        const std::string shown = address.is_v6() ? '[' + options.address + ']' : options.address;
        return Error{ErrorKind::system, "port",
                     "Cannot listen on " + shown + ':' + std::to_string(options.port) + ": " + error.message() + '.'};
    }
    port_ = acceptor_.local_endpoint().port();
    return Done{};
}

Result<Done> Server::Acceptor::read_tls_files() {
    const auto& [certificate, key] = std::tie(service_.options.tls_certificate_file, service_.options.tls_key_file);
    if (certificate.empty() && key.empty()) return Done{};
    if (key.empty())
        return Error{ErrorKind::invalid, certificate, "The file with the key of this certificate is needed too."};
    if (certificate.empty())
        return Error{ErrorKind::invalid, key, "The file with the certificate of this key is needed too."};
    return tls_.load({certificate, key});
}

void Server::Acceptor::run() {
    std::vector<std::thread> threads;
    for (auto& worker : workers_) threads.emplace_back([&worker] { worker->run(); });
    if (service_.options.stops_on_signals) {
        signals_.add(SIGTERM);
        signals_.add(SIGINT);
        await_signal();
    }
    is_serving_ = true;
    net::co_spawn(io_, accept(), net::detached);
    io_.run();
    for (auto& worker : workers_) worker->stop();
    for (auto& thread : threads) thread.join();
}

void Server::Acceptor::stop() {
    net::post(io_, [this] { drain(); });
}

void Server::Acceptor::await_signal() {
    signals_.async_wait([this](ErrorCode error, int) {
        if (error) return;
        if (is_draining_) return end();
        await_signal();  // first, for drain() may end everything
        leave();
    });
}

// Whoever watches is_draining() has time to send new connections elsewhere; a second signal does not wait.
void Server::Acceptor::leave() {
    const bool is_first = !is_leaving_.exchange(true);
    if (!is_first || service_.options.drain_delay.count() == 0) return drain();
    leave_timer_.expires_after(service_.options.drain_delay);
    leave_timer_.async_wait([this](ErrorCode error) {
        if (!error) drain();
    });
}

net::awaitable<void> Server::Acceptor::accept() {
    while (acceptor_.is_open()) {
        Worker& worker = least_busy();
        ErrorCode error;
        tcp::socket socket(worker.io());
        co_await acceptor_.async_accept(socket, net::redirect_error(net::use_awaitable, error));
        if (!error) {
            serve(worker, std::move(socket));
        } else if (acceptor_.is_open()) {
            net::steady_timer pause(io_, accept_pause);
            co_await pause.async_wait(net::use_awaitable);
        }
    }
}

void Server::Acceptor::serve(Worker& worker, tcp::socket socket) {
    const std::size_t limit = service_.options.max_connections;
    if (open_ >= limit + turned_away_at_once) return;
    const bool is_full = open_ >= limit, is_overload = is_full && !service_.options.makes_room;
    if (is_full && !is_overload) worker.make_room((limit + workers_.size() - 1) / workers_.size());
    ErrorCode ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    ++open_;
    ++worker.open_connections;
    Lease lease(nullptr, [this, &worker](void*) { connection_closed(worker); });
    net::co_spawn(worker.io(),
                  serve_connection(worker, std::move(socket), tls_.current(), std::move(lease), is_overload),
                  net::detached);
}

Worker& Server::Acceptor::least_busy() {
    return **std::min_element(workers_.begin(), workers_.end(), [](const auto& left, const auto& right) {
        return left->open_connections < right->open_connections;
    });
}

// Those that the system has taken and that wait here; closing would reset them.
void Server::Acceptor::accept_waiting() {
    ErrorCode error;
    acceptor_.non_blocking(true, error);
    while (!error) {
        Worker& worker = least_busy();
        tcp::socket socket(worker.io());
        acceptor_.accept(socket, error);
        if (!error) serve(worker, std::move(socket));
    }
}

// On any thread, also while the workers are being destroyed.
void Server::Acceptor::connection_closed(Worker& worker) {
    --worker.open_connections;
    if (--open_ == 0 && is_draining_) net::post(io_, [this] { end(); });
}

void Server::Acceptor::drain() {
    if (is_draining_.exchange(true)) return;
    leave_timer_.cancel();
    accept_waiting();
    ErrorCode ignored;
    acceptor_.close(ignored);
    for (auto& worker : workers_) worker->begin_drain();  // all of them before a client can notice any
    for (auto& worker : workers_) worker->close_idle();
    drain_timer_.expires_after(service_.options.drain_deadline);
    drain_timer_.async_wait([this](ErrorCode error) {
        if (!error) end();
    });
    if (open_ == 0) end();
}

void Server::Acceptor::end() {
    ErrorCode ignored;
    signals_.cancel(ignored);
    drain_timer_.cancel();
    until_end_.reset();  // not stop(): the accepting coroutine holds a socket of a worker and must end before it
}

Server::Server(ServerOptions options, Handler handler)
    : acceptor_(std::make_unique<Acceptor>(Service{std::move(options), std::move(handler)})) {}
Server::~Server() = default;

Result<Done> Server::listen() { return acceptor_->listen(); }
Result<Done> Server::reload_tls() { return acceptor_->read_tls_files(); }
base::Day Server::tls_certificate_ends() const { return acceptor_->tls_certificate_ends(); }
std::uint16_t Server::port() const { return acceptor_->port(); }
void Server::run() { acceptor_->run(); }
void Server::stop() { acceptor_->stop(); }
bool Server::is_serving() const { return acceptor_->is_serving(); }
bool Server::is_draining() const { return acceptor_->is_draining(); }
std::size_t Server::open_connections() const { return acceptor_->open_connections(); }

}  // namespace rectal_cds::http
