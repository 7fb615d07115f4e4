#include "http/request_reader.hpp"

#include <algorithm>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>

#include "http/correlation_id.hpp"

namespace rectal_cds::http {

namespace beast = boost::beast;

namespace {

using BeastError = beast::http::error;

// flat_buffer starts at 512 bytes and stays there: a 30 KB body then takes 60 reads (measured).
constexpr std::size_t buffer_bytes = 64u * 1024;
constexpr std::size_t least_read_bytes = 4096;

std::string address_of(const tcp::socket& socket) {
    ErrorCode error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error) return {};
    const auto address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6()).to_string();
    }
    return address.to_string();
}

// The head is checked; of the body only where it begins is known.
std::optional<Refusal> parse_head(std::string_view head, const ServerOptions& options, auto& parser) {
    parser.header_limit(static_cast<std::uint32_t>(options.max_header_bytes + least_read_bytes));
    parser.body_limit(options.max_body_bytes);
    ErrorCode error;
    const std::size_t used = parser.put(net::buffer(head.data(), head.size()), error);
    if (!error && used == head.size() && parser.is_header_done()) return std::nullopt;
    return Refusal{400, "http.header", "structure", "The request line or a header is malformed."};
}

Request to_request(const auto& message) {
    Request request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    const auto question = request.target.find('?');
    request.path = request.target.substr(0, question);
    if (question != std::string::npos) request.query = request.target.substr(question + 1);
    for (const auto& field : message) request.headers.emplace_back(field.name_string(), field.value());
    return request;
}

// What those may know of a request who are told that it was refused.
Request sketch_of(const Request& request) {
    Request sketch;
    sketch.method = request.method;
    sketch.path = request.path;
    sketch.correlation_id = request.correlation_id;
    if (const auto origin = request.header("Origin")) sketch.headers.emplace_back("Origin", *origin);
    return sketch;
}

// Of a request whose body will not be read, whatever length it announces.
Request sketch_of_refused(std::string_view head, const ServerOptions& options, const Request& known) {
    beast::http::request_parser<beast::http::empty_body> parser;
    parser.skip(true);
    if (parse_head(head, options, parser)) return known;
    Request request = to_request(parser.get());
    request.correlation_id = known.correlation_id;
    return sketch_of(request);
}

// Why there is no body; nothing if the connection itself has failed.
std::optional<Refusal> describe_body_error(const ErrorCode& error, bool is_late, std::uint64_t max_body_bytes) {
    if (is_late && error == net::error::operation_aborted) {
        return Refusal{408, "http.body", "timeout", "The body did not arrive in time."};
    }
    if (error == BeastError::body_limit) {
        return Refusal{413, "http.body", "too-long",
                       "The body is longer than " + std::to_string(max_body_bytes) + " bytes."};
    }
    if (error == BeastError::partial_message) {
        return Refusal{400, "http.body", "structure", "The body ended before its announced end."};
    }
    const ErrorCode of_parser = BeastError::bad_chunk;
    if (error.category() != of_parser.category()) return std::nullopt;
    return Refusal{400, "http.body", "structure", "The chunked coding of the body is malformed."};
}

}  // namespace

RequestReader::RequestReader(Worker& worker, Connection& connection)
    : worker_(worker), options_(worker.service().options), connection_(connection),
      remote_address_(address_of(connection.stream.socket())),
      buffer_(std::max(buffer_bytes, options_.max_header_bytes) + buffer_bytes) {
    buffer_.reserve(buffer_bytes);
}

HeadLimits RequestReader::head_limits() const {
    return {options_.max_header_bytes, options_.max_headers, options_.max_body_bytes};
}

std::string_view RequestReader::buffered() const {
    return {static_cast<const char*>(buffer_.data().data()), buffer_.data().size()};
}

net::awaitable<RequestReader::Outcome> RequestReader::next() {
    Outcome outcome;
    outcome.head.correlation_id = outcome.terms.correlation_id = make_correlation_id();
    HeadScanner scanner(head_limits());
    const bool has_head = co_await read_head(scanner, outcome);
    if (!has_head) co_return outcome;
    if (outcome.refusal) {
        outcome.head = sketch_of_refused(buffered().substr(0, scanner.length()), options_, outcome.head);
        co_return outcome;
    }

    BodyParser parser;
    outcome.refusal = parse_head(buffered().substr(0, scanner.length()), options_, parser);
    if (outcome.refusal) co_return outcome;
    buffer_.consume(scanner.length());
    Request request = to_request(parser.get());  // now: trailers of the body would be appended to the headers
    request.correlation_id = outcome.terms.correlation_id;
    request.remote_address = remote_address_;
    outcome.head = sketch_of(request);
    outcome.terms.is_post = request.method == "POST";
    outcome.terms.is_http_1_0 = parser.get().version() == 10;
    outcome.terms.keeps_alive = parser.keep_alive();
    if (!parser.is_done()) {
        unsigned percent_of_bodies = 100;
        if (!is_admitted(request, outcome, percent_of_bodies)) co_return outcome;
        const bool waits_for_go_on = request.header("Expect") && !outcome.terms.is_http_1_0 && buffer_.size() == 0;
        connection_.expect_within(options_.body_deadline);
        if (waits_for_go_on) co_await go_on();
        co_await read_body(parser, outcome, percent_of_bodies);
        if (error_ || outcome.refusal) co_return outcome;
    }
    wipe_what_was_read();
    request.body = std::move(parser.get().body());
    outcome.request = std::move(request);
    co_return outcome;
}

bool RequestReader::is_admitted(const Request& request, Outcome& outcome, unsigned& percent_of_bodies) const {
    if (!options_.admit) return true;
    Admission admission;
    try {
        admission = options_.admit(request, worker_.load());
    } catch (...) {  // the handler has the last word in any case
    }
    percent_of_bodies = admission.percent_of_bodies;
    outcome.turned_away = std::move(admission.refusal);
    return !outcome.turned_away;
}

// Piece by piece: each is counted before the next is read.
net::awaitable<void> RequestReader::read_body(BodyParser& parser, Outcome& outcome, unsigned percent_of_bodies) {
    outcome.body = BodyBudget::Share(worker_.service().bodies);
    parser.eager(true);
    while (!error_ && !parser.is_done()) {
        const std::size_t before = parser.get().body().size();
        co_await beast::http::async_read_some(connection_.stream, buffer_, parser,
                                              net::redirect_error(net::use_awaitable, error_));
        if (error_ || outcome.body.take(parser.get().body().size() - before, percent_of_bodies)) continue;
        outcome.refusal =
            Refusal{503, "http.body", "throttled", "The service has too many requests to read. Try again shortly."};
        co_return;
    }
    if (error_) outcome.refusal = describe_body_error(error_, connection_.is_expired, options_.max_body_bytes);
}

// Answers whether the head is there and can be parsed; it may be refused all the same (413, 417).
net::awaitable<bool> RequestReader::read_head(HeadScanner& scanner, Outcome& outcome) {
    connection_.is_idle = buffer_.size() == 0;
    const auto idle_deadline = worker_.is_draining() ? options_.drain_idle : options_.idle_deadline;
    connection_.expect_within(connection_.is_idle ? idle_deadline : options_.header_deadline);
    for (bool is_at_begin = true;;) {
        if (is_at_begin && buffer_.size() >= 2) {
            is_at_begin = false;
            skip_blank_line();
        }
        if (!is_at_begin) {
            outcome.refusal = scanner.scan(buffered());
            if (outcome.refusal || scanner.length() > 0) break;
        }
        co_await read_more();
        if (error_) co_return false;
        if (connection_.is_idle) {
            connection_.is_idle = false;
            connection_.expect_within(options_.header_deadline);
        }
    }
    outcome.terms.is_head = buffered().substr(0, 5) == "HEAD ";
    if (!outcome.refusal) outcome.refusal = find_fault_in_head(buffered().substr(0, scanner.length()), head_limits());
    co_return !outcome.refusal || outcome.refusal->status == 413 || outcome.refusal->status == 417;
}

net::awaitable<void> RequestReader::read_more() {
    const std::size_t room = buffer_.capacity() - buffer_.size();
    const auto space = buffer_.prepare(std::max(least_read_bytes, room));
    const std::size_t count =
        co_await connection_.stream.async_read_some(space, net::redirect_error(net::use_awaitable, error_));
    buffer_.commit(count);
}

// RFC 9112, 2.2: one empty line ahead of a request is forgiven.
void RequestReader::skip_blank_line() {
    if (buffered().substr(0, 2) == "\r\n") buffer_.consume(2);
}

// All of the buffer but what came of the next request, which moves to the front.
void RequestReader::wipe_what_was_read() {
    const auto unused = buffer_.prepare(buffer_.capacity() - buffer_.size());
    wipe(unused.data(), unused.size());
}

// RFC 9110, 10.1.1. If it fails, so does the read that follows.
net::awaitable<void> RequestReader::go_on() {
    constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await net::async_write(connection_.stream, net::buffer(line.data(), line.size()),
                              net::redirect_error(net::use_awaitable, error_));
}

net::awaitable<std::size_t> RequestReader::discard_some() {
    buffer_.consume(buffer_.size());
    const auto space = buffer_.prepare(buffer_bytes);
    const std::size_t count = co_await connection_.stream.discard_some(space);
    co_return count;
}

}  // namespace rectal_cds::http
