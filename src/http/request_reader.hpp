// Reads the requests of one connection, one after the other, from raw bytes to complete Request.
#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "http/net.hpp"
#include "http/refusal.hpp"
#include "http/request_head.hpp"
#include "http/response_head.hpp"
#include "http/wiping.hpp"
#include "http/worker.hpp"

namespace rectal_cds::http {

using BodyParser = boost::beast::http::request_parser<boost::beast::http::string_body, WipingAllocator<char>>;

class RequestReader {
public:
    // What was read: a request, or why there is none. With none of these the connection has ended, and nobody to
    // answer.
    struct Outcome {
        std::optional<Request> request;
        std::optional<Refusal> refusal;
        std::optional<Response> turned_away;  // by ServerOptions::admit
        Request head;                         // correlation id; method, path and Origin once they are known
        AnswerTerms terms;                    // of the answer; after a refusal the connection must close
        BodyBudget::Share body;
    };

    // Both outlive the reader.
    RequestReader(Worker& worker, Connection& connection);

    // Bytes that came after the previous request (pipelining) are the beginning of this one.
    net::awaitable<Outcome> next();

    // Reads once and throws away what came. Answers the number of bytes; 0 at the end of the connection.
    net::awaitable<std::size_t> discard_some();

private:
    HeadLimits head_limits() const;
    std::string_view buffered() const;
    net::awaitable<bool> read_head(HeadScanner& scanner, Outcome& outcome);
    net::awaitable<void> read_more();
    net::awaitable<void> read_body(BodyParser& parser, Outcome& outcome, unsigned percent_of_bodies);
    bool is_admitted(const Request& request, Outcome& outcome, unsigned& percent_of_bodies) const;
    void skip_blank_line();
    void wipe_what_was_read();
    net::awaitable<void> go_on();

    Worker& worker_;
    const ServerOptions& options_;
    Connection& connection_;
    std::string remote_address_;
    boost::beast::basic_flat_buffer<WipingAllocator<char>> buffer_;
    ErrorCode error_;  // of the last operation on the socket
};

}  // namespace rectal_cds::http
