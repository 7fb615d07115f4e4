// Which tokens were used, beyond a restart and on other nodes. Stands as the shared store beside auth::ReplayCache
// (reliability.md 5, scale-out state).
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "auth/replay_cache.hpp"

namespace rectal_cds::store {

struct TokenStoreOptions {
    std::string place = "rectal-cds.sqlite-tokens";  // place.hpp
    std::chrono::milliseconds patience{100};         // then the answer is `unavailable`
};

// Keeps a digest of iss and jti, never the token. A place that cannot be used answers `unavailable` and is tried again
// with later calls, so there is no error.
// A file: a small SQLite file of its own with synchronous=NORMAL (survives kill -9, not a loss of power); blocks for
// one small write, tens of microseconds. PostgreSQL: an unlogged table (survives the end of every node, not a crash of
// the server); blocks for one round trip, and not at all for a second after it took longer than `patience`.
std::unique_ptr<auth::ReplayStore> open_token_store(const TokenStoreOptions& options);

}  // namespace rectal_cds::store
