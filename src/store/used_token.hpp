// The table of used tokens. For this folder only.
#pragma once

#include <soci/soci.h>

#include <string>

#include "auth/replay_cache.hpp"

namespace rectal_cds::store {

struct UsedToken {
    explicit UsedToken(const auth::TokenUse& use);

    std::string key;  // digest of iss and jti
    long long until = 0, allowed = 1;
};

void make_token_table(soci::session& sql);

// Forgets tokens that have expired by `now`.
void clear_expired_tokens(soci::session& sql, auth::Time now);

// One statement, so that of uses at one time, also by other processes, exactly the allowed ones are told true.
bool spend_token(soci::session& sql, const UsedToken& token);

}  // namespace rectal_cds::store
