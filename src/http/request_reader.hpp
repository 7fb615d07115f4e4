// Reads the requests of one connection, one after the other, from raw bytes to complete Request.
#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "http/net.hpp"
#include "http/refusal.hpp"
#include "http/request_head.hpp"
#include "http/response_head.hpp"
#include "http/worker.hpp"

namespace rectal_cds::http {

class RequestReader {
public:
    // What was read: a request, or why there is none. With neither the connection has ended, and nobody to answer.
    struct Outcome {
        std::optional<Request> request;
        std::optional<Refusal> refusal;
        AnswerTerms terms;  // of the answer to either; after a refusal the connection must close
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
    void skip_blank_line();
    net::awaitable<void> go_on();

    Worker& worker_;
    const ServerOptions& options_;
    Connection& connection_;
    std::string remote_address_;
    boost::beast::flat_buffer buffer_;
    ErrorCode error_;  // of the last operation on the socket
};

}  // namespace rectal_cds::http
