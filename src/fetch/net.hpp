// Boost.Asio as this program uses it. Included by sources of src/fetch and src/http only, and always in place of Asio's
// headers: Asio 1.74 needs <utility> ahead of it with g++ 12, and clang 14 must be told that it has coroutines.
//
// In a coroutine `co_await` is a statement of its own, or all of the right side of one: for `while (co_await f()) {}`
// g++ 12 makes a trap instruction.
#pragma once

#include <utility>

#if defined(__clang__) && !defined(BOOST_ASIO_HAS_CO_AWAIT)
#define BOOST_ASIO_HAS_CO_AWAIT 1
#endif

#include <boost/version.hpp>
// A library that embeds Asio must have been built with the same Boost: the two are merged at run time.
static_assert(BOOST_VERSION == 107400, "Boost 1.74 exactly, in every translation unit");

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/error_code.hpp>

#if defined(__GNUC__) && !defined(__clang__)
// g++ 12 takes the coroutine frames, which Asio allocates and frees by one pair of functions, for mismatched.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

namespace rectal_cds::fetch {

namespace net = boost::asio;
using tcp = net::ip::tcp;
using ErrorCode = boost::system::error_code;

}  // namespace rectal_cds::fetch
