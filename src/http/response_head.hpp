// The status line and headers of an answer as bytes (RFC 9112, 4 and 5).
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"

namespace rectal_cds::http {

// What the answer must fit: the request and the state of the connection.
struct AnswerTerms {
    bool is_head = false;      // the request was a HEAD: Content-Length as for GET, no body follows
    bool is_post = false;      // the answer must not be stored unless it says otherwise
    bool is_http_1_0 = false;  // a persistent connection must be said
    bool keeps_alive = false;
    std::string correlation_id;
};

// Whether the response can be sent as it stands: a final status, headers that hold no line break.
bool is_sendable(const Response& response);

// 204 and 304 have no body; neither has the answer to HEAD.
bool has_body(const Response& response, const AnswerTerms& terms);

// Precondition: is_sendable. `date` is an IMF-fixdate. Of the headers that the server owns (Date, Content-Length,
// Transfer-Encoding, Connection, X-Correlation-Id, X-Content-Type-Options) the response's own are left out.
std::string format_head(const Response& response, const AnswerTerms& terms, std::string_view reason,
                        std::string_view date);

}  // namespace rectal_cds::http
