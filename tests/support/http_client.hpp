// A plain HTTP/1.1 client over the loopback. Answers are read by Boost.Beast, so their framing is judged as well.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rectal_cds::testing {

using HeaderLines = std::vector<std::pair<std::string, std::string>>;

struct HttpAnswer {
    int status = 0;
    HeaderLines headers;
    std::string body;

    // The value of a header, whatever the case of its name; "" when it is absent, values joined by ", " when repeated.
    std::string header(std::string_view name) const;
};

// The bytes of a request with a Host; a body that is not empty gets its Content-Length.
std::string request_bytes(std::string_view method, std::string_view target, const HeaderLines& headers = {},
                          std::string_view body = "");

// One connection; it ends with the object. Failures throw boost::system::system_error.
class HttpConnection {
public:
    explicit HttpConnection(std::uint16_t port);
    ~HttpConnection();
    HttpConnection(HttpConnection&&) noexcept;

    HttpConnection& send(std::string_view bytes);
    HttpAnswer receive(bool has_no_body = false);  // the answers to HEAD and the interim 100 have none
    bool is_closed_by_service();                   // waits for it; false when bytes come instead

private:
    struct Socket;
    std::unique_ptr<Socket> socket_;
};

// Whether anything listens at this port of 127.0.0.1.
bool accepts_connections(std::uint16_t port);

}  // namespace rectal_cds::testing
