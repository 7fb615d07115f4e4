// Which tokens were used, beyond a restart: a small SQLite file of its own with synchronous=NORMAL (survives kill -9,
// not a loss of power; reliability.md 5, scale-out state). Stands as the shared store beside auth::ReplayCache.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "auth/replay_cache.hpp"

namespace rectal_cds::store {

struct TokenStoreOptions {
    std::string file = "rectal-cds.sqlite-tokens";
    std::chrono::milliseconds busy_wait{100};  // then the answer is `unavailable`
};

// Keeps a digest of iss and jti, never the token. A file that cannot be used answers `unavailable` and is tried again
// with later calls, so there is no error. Blocks for one small write (tens of microseconds), at most for busy_wait.
std::unique_ptr<auth::ReplayStore> open_token_store(const TokenStoreOptions& options);

}  // namespace rectal_cds::store
