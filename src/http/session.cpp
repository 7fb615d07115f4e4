#include "http/session.hpp"

#include <array>
#include <boost/beast/http/status.hpp>
#include <string>

#include "http/correlation_id.hpp"
#include "http/refusal.hpp"
#include "http/request_reader.hpp"
#include "http/response_head.hpp"

namespace rectal_cds::http {

namespace {

// An answer up to this size is one piece with its head: each piece is a TLS record, and a packet, of its own.
constexpr std::size_t joined_bytes = 64u * 1024;

// What is read away after the last answer, so that the client gets to read it: so many bodies of the greatest length.
constexpr std::size_t linger_bodies = 16;

std::string_view reason_phrase(int status) {
    const auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
    return {reason.data(), reason.size()};
}

Response try_again_later(std::string_view issue_code, std::string_view sentence) {
    auto response = outcome_response(503, issue_code, "", sentence);
    response.headers.emplace_back("Retry-After", "1");
    return response;
}

Response internal_error() {
    return outcome_response(500, "exception", "", "The service failed. The correlation id names the incident.");
}

void tell_sent(const Response& response) {
    if (!response.on_sent) return;
    try {
        response.on_sent();
    } catch (...) {  // it is the handler's own; the answer has gone
    }
}

class Session {
public:
    Session(Worker& worker, tcp::socket socket, net::ssl::context* tls)
        : worker_(worker), options_(worker.service().options), connection_{{std::move(socket), tls}} {}

    net::awaitable<bool> shake_hands();
    net::awaitable<void> serve();
    net::awaitable<void> turn_away();

private:
    net::awaitable<bool> serve_request();
    net::awaitable<Response> ask_handler(Request request, const Request& head);
    Response as_own(const Request& head, Response response) const;
    net::awaitable<void> refuse(Response response, AnswerTerms terms);
    net::awaitable<bool> answer(Response response, AnswerTerms terms);
    net::awaitable<void> linger();
    net::awaitable<void> say_goodbye();

    Worker& worker_;
    const ServerOptions& options_;
    Connection connection_;
    bool has_said_goodbye_ = false;
    Worker::Enrolment enrolment_{worker_, connection_};
    RequestReader reader_{worker_, connection_};
};

// Answers whether requests can be read. What is no TLS, or no version and cipher spoken here, ends with TLS's own
// alert.
net::awaitable<bool> Session::shake_hands() {
    connection_.expect_within(options_.handshake_deadline);
    const ErrorCode error = co_await connection_.stream.handshake();
    co_return !error;
}

net::awaitable<void> Session::serve() {
    for (bool goes_on = true; goes_on;) {
        goes_on = co_await serve_request();
    }
    if (connection_.stream.is_tls()) co_await say_goodbye();
}

net::awaitable<void> Session::turn_away() {
    AnswerTerms terms;
    terms.correlation_id = make_correlation_id();
    Request head;
    head.correlation_id = terms.correlation_id;
    Response response = try_again_later("throttled", "The service has no free connection. Try again shortly.");
    co_await refuse(as_own(head, std::move(response)), terms);
}

// Answers whether the connection can take another request.
net::awaitable<bool> Session::serve_request() {
    connection_.awaits_request = true;
    RequestReader::Outcome read = co_await reader_.next();
    connection_.awaits_request = false;
    if (read.refusal) {
        read.body.give_back();
        co_await refuse(as_own(read.head, to_response(*read.refusal)), read.terms);
        co_return false;
    }
    if (read.turned_away) {
        co_await refuse(std::move(*read.turned_away), read.terms);
        co_return false;
    }
    if (!read.request) co_return false;
    Response response = co_await ask_handler(std::move(*read.request), read.head);
    read.body.give_back();
    read.terms.keeps_alive = read.terms.keeps_alive && !worker_.is_draining() && !response.closes;
    const bool is_sent = co_await answer(std::move(response), read.terms);
    if (is_sent && !read.terms.keeps_alive) co_await linger();
    co_return is_sent&& read.terms.keeps_alive;
}

net::awaitable<Response> Session::ask_handler(Request request, const Request& head) {
    connection_.expect_any_time();
    const std::string correlation_id = request.correlation_id;
    const auto exchange = std::make_shared<Exchange>(worker_.io());
    try {
        worker_.service().handler(std::move(request), make_respond(worker_.mailbox(), exchange));
    } catch (...) {
        exchange->fail();
    }
    const bool is_bounded = options_.handler_deadline.count() > 0;
    const auto deadline = is_bounded ? Clock::now() + options_.handler_deadline : Clock::time_point::max();
    const Exchange::Ending ending = co_await exchange->ending(deadline);
    if (ending == Exchange::Ending::answered) {
        Response response = exchange->take_response();
        if (is_sendable(response)) co_return response;
    } else if (ending == Exchange::Ending::late) {
        co_return as_own(head,
                         try_again_later("timeout", "The service could not answer in the time it allows itself."));
    }
    if (options_.on_handler_failure) options_.on_handler_failure(correlation_id);
    co_return as_own(head, internal_error());
}

// An answer that is not the handler's.
Response Session::as_own(const Request& head, Response response) const {
    try {
        if (options_.on_refusal) options_.on_refusal(head, response);
    } catch (...) {  // the refusal goes out all the same
    }
    return response;
}

net::awaitable<void> Session::refuse(Response response, AnswerTerms terms) {
    terms.keeps_alive = false;
    const bool is_sent = co_await answer(std::move(response), std::move(terms));
    if (is_sent) co_await linger();
}

// Precondition: is_sendable(response). Answers whether all of it has left for the peer.
net::awaitable<bool> Session::answer(Response response, AnswerTerms terms) {
    std::string head = format_head(response, terms, reason_phrase(response.status), worker_.date());
    std::string_view body = has_body(response, terms) ? std::string_view(response.body) : std::string_view();
    if (connection_.stream.is_tls() && body.size() <= joined_bytes) {
        head.append(body);
        body = {};
    }
    const std::array<net::const_buffer, 2> parts = {net::buffer(head), net::buffer(body.data(), body.size())};
    ErrorCode error;
    connection_.expect_within(options_.write_deadline);
    co_await net::async_write(connection_.stream, parts, net::redirect_error(net::use_awaitable, error));
    if (!error) tell_sent(response);
    co_return !error;
}

// Tells the peer that no more will come, and reads away what it still sends: closing on unread bytes would send a
// reset, which can overtake the answer.
net::awaitable<void> Session::linger() {
    co_await say_goodbye();
    const std::size_t allowance = linger_bodies * options_.max_body_bytes;
    for (std::size_t discarded = 0; discarded <= allowance;) {
        const std::size_t count = co_await reader_.discard_some();
        if (count == 0) break;
        discarded += count;
    }
}

// The first call counts. Begins the linger deadline.
net::awaitable<void> Session::say_goodbye() {
    if (has_said_goodbye_) co_return;
    has_said_goodbye_ = true;
    connection_.expect_within(options_.linger_deadline);
    co_await connection_.stream.say_goodbye();
}

}  // namespace

net::awaitable<void> serve_connection(Worker& worker, tcp::socket socket, std::shared_ptr<net::ssl::context> tls,
                                      [[maybe_unused]] Lease lease, bool is_overload) {
    Session session(worker, std::move(socket), tls.get());
    const bool is_open = co_await session.shake_hands();
    if (!is_open) co_return;
    if (is_overload) {
        co_await session.turn_away();
    } else {
        co_await session.serve();
    }
}

}  // namespace rectal_cds::http
