// Serves one connection: request after request, in order, until one side has had enough.
#pragma once

#include <functional>
#include <memory>

#include "http/net.hpp"
#include "http/worker.hpp"

namespace rectal_cds::http {

// Whatever is to happen when the connection ends lives in `lease` and happens when that is destroyed.
using Lease = std::shared_ptr<void>;

// Runs on the worker's thread. `tls` null: plain. `is_overload`: the first answer is 503, whatever is asked, and the
// last.
net::awaitable<void> serve_connection(Worker& worker, tcp::socket socket, std::shared_ptr<net::ssl::context> tls,
                                      Lease lease, bool is_overload);

}  // namespace rectal_cds::http
