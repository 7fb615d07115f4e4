// The only source that names cpprestsdk. What had to be fenced, and what was measured: stack.md 2 and 6, README.md.
//
// * The base address of an http_client is the checked IP literal, so cpprestsdk never resolves a name. It takes an IPv6
//   literal without brackets only.
// * It takes all of the Host header, port included, for the name in SNI and in the verification. Both are therefore set
//   here (tls.hpp), and its own are switched off.
// * All of it runs on one thread. It closes the socket of a request that is cancelled, or of a body that is too large,
//   on whatever thread that is noticed; where another thread is just about to read on, the process ends by a null
//   pointer (its issue 1547, and seen here). So its pool has one thread, and whatever begins or ends is posted there.
// * Every chain of tasks ends in a continuation that takes a task and catches: an exception that nobody looks at ends
//   the process. No continuation waits for another task: that is a deadlock.
// * It reads a head, and a chunk, whole before it tells its size: over TLS received_limit.hpp ends that. In the clear,
//   which stays on this machine, nothing but the deadline does.
#include "fetch/net.hpp"

#include <boost/asio/ssl.hpp>
#include <cpprest/http_client.h>
#include <openssl/crypto.h>
#include <pplx/threadpool.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <map>
#include <memory>
#include <mutex>

#include "fetch/received_limit.hpp"
#include "fetch/sender.hpp"

namespace rectal_cds::fetch {

namespace {

namespace client = web::http::client;
using Body = std::vector<unsigned char>;

constexpr std::size_t most_clients = 64;
constexpr auto longest_silence = std::chrono::seconds(30);  // no deadline is as late; a last resort

// Does `job` on the one thread on which everything of cpprestsdk is done.
template <class Job>
void post(Job job) {
    net::post(crossplat::threadpool::shared_instance().service(), std::move(job));
}

// One pool of connections, and what an answer in it may weigh.
struct Pool {
    std::shared_ptr<client::http_client> client;
    std::shared_ptr<ReceivedLimit> limit = std::make_shared<ReceivedLimit>();
};

// One pool for each client, origin and address; the least recently used goes. For the one thread only.
class HttpClients {
public:
    explicit HttpClients(std::shared_ptr<const TrustStore> trust) : trust_(std::move(trust)) {}

    Pool find(const Request& request, const std::string& address) {
        const std::string key = request.client + ' ' + request.url.origin() + ' ' + address;
        Entry& entry = entries_[key];
        entry.last_use = ++uses_;
        if (!entry.pool.client) entry.pool.client = make(request.url, address, entry.pool.limit);
        entry.pool.limit->allow_body(request.max_bytes);
        Pool found = entry.pool;
        if (entries_.size() > most_clients) {
            entries_.erase(std::min_element(entries_.begin(), entries_.end(), [](const auto& one, const auto& other) {
                return one.second.last_use < other.second.last_use;
            }));
        }
        return found;
    }

private:
    struct Entry {
        Pool pool;
        std::uint64_t last_use = 0;
    };

    std::shared_ptr<client::http_client> make(const auth::Url& url, const std::string& address,
                                              const std::shared_ptr<ReceivedLimit>& limit) const {
        client::http_client_config config;
        config.set_max_redirects(0);
        config.set_request_compressed_response(false);
        config.set_proxy(web::web_proxy(web::web_proxy::disabled));
        config.set_timeout(longest_silence);
        config.set_validate_certificates(true);
        config.set_tlsext_sni_enabled(false);
        config.set_ssl_context_callback([url, trust = trust_](net::ssl::context& context) {
            demand_trust(context.native_handle(), *trust);
            demand_name(SSL_CTX_get0_param(context.native_handle()), url);
            ignore_verify_callbacks(context.native_handle());
        });
        if (url.scheme == "https") {
            config.set_nativehandle_options([url, limit](client::native_handle handle) {  // run for each request
                auto* const connection = static_cast<net::ssl::stream<tcp::socket&>*>(handle)->native_handle();
                announce_name(connection, url);
                limit_received(connection, limit);
            });
        }
        const std::string origin = url.scheme + "://" + address + ":" + std::to_string(url.port);
        return std::make_shared<client::http_client>(origin, config);
    }

    const std::shared_ptr<const TrustStore> trust_;
    std::map<std::string, Entry> entries_;
    std::uint64_t uses_ = 0;
};

// cpprestsdk tells the kind of failure by its text only; it is archived, so the texts stay.
Fault fault_of(const std::exception& failure) {
    const std::string_view text = failure.what();
    if (text.starts_with("Error in SSL handshake")) return Fault::tls;
    if (text.starts_with("Failed to connect") || text.find("resolv") != text.npos) return Fault::unreachable;
    if (text.starts_with("Invalid")) return Fault::malformed;
    return Fault::connection_lost;
}

web::http::http_request make_request(const Request& request) {
    web::http::http_request message(web::http::methods::GET);
    message.set_request_uri(web::uri(request_target(request.url)));
    message.headers().add("Host", host_header(request.url));
    message.headers().add("Accept", request.accept);
    message.headers().add("User-Agent", user_agent);
    if (!request.traceparent.empty()) message.headers().add("traceparent", request.traceparent);
    if (request.token) {
        const auth::Secret value = authorization(*request.token);
        message.headers().add("Authorization", "");
        message.headers()["Authorization"].assign(value.reveal());
    }
    return message;
}

// After the last use of the message. What it was serialised to is beyond reach.
void wipe_token(web::http::http_request& message) {
    const auto found = message.headers().find("Authorization");
    if (found != message.headers().end()) OPENSSL_cleanse(found->second.data(), found->second.size());
}

// The head: what is wanted of it goes to `answer`. False for a body that is announced as too large.
bool take_head(const web::http::http_response& response, std::size_t max_bytes, Answer& answer) {
    const auto header = [&response](const char* name) {
        const auto found = response.headers().find(name);
        return found == response.headers().end() ? std::string() : found->second;
    };
    answer.status = response.status_code();
    answer.content_type = header("Content-Type");
    answer.retry_after = parse_retry_after(header("Retry-After"));
    return response.headers().content_length() <= max_bytes;
}

// One attempt at one of the addresses. For the one thread only.
struct Attempt {
    std::shared_ptr<HttpClients> clients;
    std::shared_ptr<Exchange> exchange;
    std::size_t address = 0;  // index

    void start() const;  // throws nothing

    void send() const;
    void end(const pplx::task<Body>& body, Answer answer, bool is_cut) const;
    std::size_t max_bytes() const { return exchange->request().max_bytes; }
};

void Attempt::start() const {
    if (exchange->is_finished()) return;  // given up before it began
    try {
        send();
    } catch (const std::exception&) {  // an address or a target that cpprestsdk does not take
        exchange->finish(Fault::not_allowed);
    }
}

void Attempt::send() const {
    const pplx::cancellation_token_source cancellation;
    exchange->on_give_up([cancellation] { post([cancellation] { cancellation.cancel(); }); });
    web::http::http_request message = make_request(exchange->request());
    message.set_progress_handler(
        [weak = std::weak_ptr(exchange), most = max_bytes()](web::http::message_direction::direction way, auto bytes) {
            if (way != web::http::message_direction::download || bytes <= most) return;
            if (const auto self = weak.lock()) self->give_up(Fault::too_large);
        });
    const auto answer = std::make_shared<Answer>();
    const Pool pool = clients->find(exchange->request(), exchange->addresses()[address]);
    const auto is_cut = [limit = pool.limit, before = pool.limit->exceeded.load()] {
        return limit->exceeded != before;
    };
    pool.client->request(message, cancellation.get_token())
        .then([self = *this, answer](const web::http::http_response& response) {
            if (!take_head(response, self.max_bytes(), *answer)) self.exchange->give_up(Fault::too_large);
            return response.extract_vector();
        })
        .then([self = *this, answer, message, is_cut](const pplx::task<Body>& body) mutable {
            wipe_token(message);
            self.end(body, std::move(*answer), is_cut());
        });
}

// `is_cut`: a connection of the pool received too much meanwhile. If it was another's, one more answer is unread.
void Attempt::end(const pplx::task<Body>& body, Answer answer, bool is_cut) const {
    Fault fault = Fault::none;
    try {
        const Body bytes = body.get();  // of a task that has ended
        if (bytes.size() > max_bytes()) fault = Fault::too_large;
        if (fault == Fault::none) answer.body.assign(bytes.begin(), bytes.end());
    } catch (const std::exception& failure) {
        fault = is_cut ? Fault::too_large : fault_of(failure);
    }
    if (fault == Fault::none) return exchange->finish(std::move(answer));
    const bool is_last = address + 1 >= exchange->addresses().size();
    if (fault != Fault::unreachable || is_last) return exchange->finish(fault);
    Attempt{clients, exchange, address + 1}.start();
}

class CpprestSender final : public Sender {
public:
    explicit CpprestSender(std::shared_ptr<const TrustStore> trust)
        : clients_(std::make_shared<HttpClients>(std::move(trust))) {}
    ~CpprestSender() override {
        post([last = std::move(clients_)] {});
    }

    void send(std::shared_ptr<Exchange> exchange) override {
        post([attempt = Attempt{clients_, std::move(exchange)}] { attempt.start(); });
    }

private:
    std::shared_ptr<HttpClients> clients_;
};

}  // namespace

void initialize_thread() {
    static std::once_flag once;
    std::call_once(once, [] { crossplat::threadpool::initialize_with_threads(1); });
}

void release_thread() {
    initialize_thread();
    const auto released = std::make_shared<std::promise<void>>();
    post([released] {
        OPENSSL_thread_stop();
        released->set_value();
    });
    released->get_future().wait_for(std::chrono::seconds(1));
}

std::shared_ptr<Sender> make_cpprest_sender(std::shared_ptr<const TrustStore> trust) {
    initialize_thread();
    return std::make_shared<CpprestSender>(std::move(trust));
}

}  // namespace rectal_cds::fetch
