// An end to what a server may send in answer to one request over TLS, for a library that reads a head or a chunk whole
// before it tells its size. For sources of this folder only.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace rectal_cds::fetch {

// Shared by the connections of one pool. Bytes are those of TLS records, so that chunks and records of any size, the
// head and a handshake are counted too.
struct ReceivedLimit {
    std::atomic<std::size_t> most_bytes{0};
    std::atomic<std::uint64_t> exceeded = 0;  // how often a connection was cut

    // Of a body that may be as long as this: twice that, and what comes before it.
    void allow_body(std::size_t bytes);
};

// From now on until the next call, `connection` takes so much and no more: what is read behind it is the end.
void limit_received(SSL* connection, std::shared_ptr<ReceivedLimit> limit);

}  // namespace rectal_cds::fetch
