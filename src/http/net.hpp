// Boost.Asio as this folder uses it; what it needs around it: fetch/net.hpp.
#pragma once

#include <chrono>

#include "fetch/net.hpp"

namespace rectal_cds::http {

namespace net = boost::asio;
using tcp = net::ip::tcp;
using ErrorCode = boost::system::error_code;
using Clock = std::chrono::steady_clock;

}  // namespace rectal_cds::http
