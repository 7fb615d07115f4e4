// The second implementation, with Boost.Beast: bounds the head and every chunk of the body as well, which cpprestsdk
// cannot. With beast_connection.hpp the only place that names Beast.
//
// A lane is one thread with its io_context and its idle connections, which no other thread touches; all requests of one
// client to one origin use one lane.
#include <algorithm>
#include <map>
#include <thread>

#include "fetch/beast_connection.hpp"
#include "fetch/sender.hpp"

namespace rectal_cds::fetch {

namespace {

constexpr std::size_t most_idle = 16;  // connections of one client to one origin
constexpr auto longest_idle = std::chrono::seconds(15);

struct Lane : std::enable_shared_from_this<Lane> {
    explicit Lane(std::shared_ptr<ssl::context> by) : tls(std::move(by)) {}

    void run();
    std::shared_ptr<Connection> take_idle(const std::string& key, const std::vector<std::string>& addresses);
    void keep(const std::string& key, std::shared_ptr<Connection> connection);
    void sweep();
    std::function<void()> closing(const std::shared_ptr<Connection>& connection);

    net::awaitable<void> carry(std::shared_ptr<Exchange> exchange);
    net::awaitable<std::shared_ptr<Connection>> connect(Exchange& exchange, Fault& fault);
    net::awaitable<Fault> greet(std::shared_ptr<Connection> connection, const Request& request, int addresses_left);

    const std::shared_ptr<ssl::context> tls;
    net::io_context io{1};
    net::executor_work_guard<net::io_context::executor_type> work{io.get_executor()};
    net::steady_timer sweeper{io};
    bool is_sweeping = false;
    std::map<std::string, std::vector<std::shared_ptr<Connection>>> idle;
    std::thread thread;
};

// An exception that Beast lets through (no memory) costs the request it belongs to, which ends at its deadline.
void Lane::run() {
    while (!io.stopped()) {
        try {
            io.run();
        } catch (const std::exception&) {
        }
    }
}

std::shared_ptr<Connection> Lane::take_idle(const std::string& key, const std::vector<std::string>& addresses) {
    auto& kept = idle[key];
    while (!kept.empty()) {
        auto connection = std::move(kept.back());
        kept.pop_back();
        const bool is_allowed = std::find(addresses.begin(), addresses.end(), connection->address) != addresses.end();
        if (is_allowed && connection->is_silent()) return connection;
    }
    return nullptr;
}

void Lane::keep(const std::string& key, std::shared_ptr<Connection> connection) {
    auto& kept = idle[key];
    if (kept.size() >= most_idle) return;
    connection->idle_since = Clock::now();
    kept.push_back(std::move(connection));
    if (!std::exchange(is_sweeping, true)) sweep();
}

void Lane::sweep() {
    const auto oldest = Clock::now() - longest_idle;
    for (auto& [key, kept] : idle) {
        std::erase_if(kept, [oldest](const auto& connection) { return connection->idle_since < oldest; });
    }
    std::erase_if(idle, [](const auto& entry) { return entry.second.empty(); });
    is_sweeping = !idle.empty();
    if (!is_sweeping) return;
    sweeper.expires_after(longest_idle / 2);
    sweeper.async_wait([this](ErrorCode fault) {
        if (!fault) sweep();
    });
}

std::function<void()> Lane::closing(const std::shared_ptr<Connection>& connection) {
    return [lane = weak_from_this(), connection = std::weak_ptr(connection)] {
        const auto self = lane.lock();
        if (!self) return;
        net::post(self->io, [connection] {
            if (const auto open = connection.lock()) open->close();
        });
    };
}

// Connects to one address: TCP within its share of the time that is left, then TLS.
net::awaitable<Fault> Lane::greet(std::shared_ptr<Connection> connection, const Request& request, int addresses_left) {
    ErrorCode fault;
    auto token = net::redirect_error(net::use_awaitable, fault);
    tcp::socket& socket = connection->socket;
    net::steady_timer limit(io, (request.deadline - Clock::now()) / addresses_left);
    limit.async_wait([late = std::weak_ptr(connection)](ErrorCode cancelled) {
        const auto open = cancelled ? nullptr : late.lock();
        if (open) open->close();
    });
    const tcp::endpoint endpoint(net::ip::make_address(connection->address), request.url.port);
    co_await socket.async_connect(endpoint, token);
    if (fault || limit.cancel() == 0) co_return Fault::unreachable;
    socket.set_option(tcp::no_delay(true), fault);
    if (request.url.scheme == "http") co_return Fault::none;
    auto& stream = connection->tls.emplace(socket, *tls);
    announce_name(stream.native_handle(), request.url);
    demand_name(SSL_get0_param(stream.native_handle()), request.url);
    co_await stream.async_handshake(ssl::stream_base::client, token);
    co_return fault ? Fault::tls : Fault::none;
}

net::awaitable<std::shared_ptr<Connection>> Lane::connect(Exchange& exchange, Fault& fault) {
    int left = static_cast<int>(exchange.addresses().size());
    for (const std::string& address : exchange.addresses()) {
        const auto connection = std::make_shared<Connection>(io, address);
        exchange.on_give_up(closing(connection));
        fault = co_await greet(connection, exchange.request(), left--);
        if (fault == Fault::none) co_return connection;
        if (fault != Fault::unreachable || exchange.is_finished()) break;
    }
    co_return nullptr;
}

Message make_message(const Request& request) {
    Message message(http::verb::get, request_target(request.url), 11);
    message.set(http::field::host, host_header(request.url));
    message.set(http::field::accept, request.accept);
    message.set(http::field::user_agent, user_agent);
    if (!request.traceparent.empty()) message.set("traceparent", request.traceparent);
    if (request.token) {
        const auth::Secret value = authorization(*request.token);
        message.set(http::field::authorization, beast::string_view(value.reveal().data(), value.reveal().size()));
    }
    return message;
}

Fault fault_of(const ErrorCode& failure) {
    if (failure == http::error::body_limit || failure == http::error::header_limit ||
        failure == http::error::buffer_overflow) {
        return Fault::too_large;
    }
    if (failure == http::error::end_of_stream || failure == http::error::partial_message) return Fault::connection_lost;
    const bool is_http = failure.category() == http::make_error_code(http::error::bad_version).category();
    return is_http ? Fault::malformed : Fault::connection_lost;
}

struct Conversation {
    Fault fault = Fault::connection_lost;
    bool has_begun = false;  // at least a byte of the answer has come
    bool may_go_on = false;  // the connection can carry another request
    Answer answer;
};

template <class Stream>
net::awaitable<Conversation> converse(Stream& stream, beast::flat_buffer& buffer, const Request& request) {
    Conversation result;
    ErrorCode fault;
    auto token = net::redirect_error(net::use_awaitable, fault);
    const Message message = make_message(request);
    co_await http::async_write(stream, message, token);
    if (fault) co_return result;
    http::response_parser<http::string_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(largest_head_bytes));
    parser.body_limit(request.max_bytes);
    // The head by itself: read together with the body, Beast 1.74 forgets that Content-Length was above the limit.
    co_await http::async_read_header(stream, buffer, parser, token);
    if (!fault && !parser.is_done()) {
        co_await http::async_read(stream, buffer, parser, token);
    }
    result.has_begun = parser.got_some();
    result.fault = fault ? fault_of(fault) : Fault::none;
    if (fault) co_return result;
    auto& response = parser.get();
    const auto header = [&response](http::field name) { return std::string(response[name]); };
    result.may_go_on = parser.keep_alive() && buffer.size() == 0 && response.result_int() >= 200;
    result.answer.status = static_cast<int>(response.result_int());
    result.answer.content_type = header(http::field::content_type);
    result.answer.retry_after = parse_retry_after(header(http::field::retry_after));
    result.answer.body = std::move(response.body());
    co_return result;
}

// An idle connection that was closed at the other end meanwhile costs no answer: the request is sent again on a new
// one, as long as nothing of an answer has come.
net::awaitable<void> Lane::carry(std::shared_ptr<Exchange> exchange) {
    const Request& request = exchange->request();
    const std::string key = request.client + ' ' + request.url.origin();
    Conversation said;
    try {
        for (bool is_new = false; !exchange->is_finished();) {
            auto connection = is_new ? nullptr : take_idle(key, exchange->addresses());
            if (connection) exchange->on_give_up(closing(connection));
            is_new = !connection;
            if (is_new) connection = co_await connect(*exchange, said.fault);
            if (!connection) break;
            if (connection->tls) {
                said = co_await converse(*connection->tls, connection->buffer, request);
            } else {
                said = co_await converse(connection->socket, connection->buffer, request);
            }
            if (said.may_go_on) keep(key, std::move(connection));
            if (is_new || said.has_begun || said.fault != Fault::connection_lost) break;
            is_new = true;
        }
    } catch (const std::exception&) {
        said.fault = Fault::malformed;
    }
    said.answer.fault = said.fault;
    exchange->finish(std::move(said.answer));
}

class BeastSender final : public Sender {
public:
    BeastSender(const TrustStore& trust, int threads) {
        const auto tls = std::make_shared<ssl::context>(ssl::context::tls_client);
        demand_trust(tls->native_handle(), trust);
        for (int i = 0; i < threads; ++i) {
            const auto lane = std::make_shared<Lane>(tls);
            lane->thread = std::thread([lane] { lane->run(); });
            lanes_.push_back(lane);
        }
    }

    // A lane's thread keeps the lane alive until it has ended.
    ~BeastSender() override {
        for (const auto& lane : lanes_) {
            lane->io.stop();
            if (lane->thread.get_id() == std::this_thread::get_id()) {
                lane->thread.detach();
            } else {
                lane->thread.join();
            }
        }
    }

    void send(std::shared_ptr<Exchange> exchange) override {
        const Request& request = exchange->request();
        const auto& lane = lanes_[std::hash<std::string>()(request.client + request.url.origin()) % lanes_.size()];
        net::post(lane->io,
                  [self = lane.get(), exchange] { net::co_spawn(self->io, self->carry(exchange), net::detached); });
    }

private:
    std::vector<std::shared_ptr<Lane>> lanes_;
};

}  // namespace

std::shared_ptr<Sender> make_beast_sender(const TrustStore& trust, int threads) {
    return std::make_shared<BeastSender>(trust, std::clamp(threads, 1, 4));
}

}  // namespace rectal_cds::fetch
