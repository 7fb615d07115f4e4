// Fetches the keys of clients, for auth::JwksCache.
#pragma once

#include <memory>

#include "auth/jwks_cache.hpp"
#include "fetch/transport.hpp"

namespace rectal_cds::fetch {

// A GET of client->jku as auth::JwksCache::Fetch wants it: no redirect, 64 KiB, 2 s, addresses by the client's ranges.
// Only status 200 is an answer. The transport is not owned, for what it is doing holds the cache: without it there is no
// answer. Whether the text is a JWK Set is the cache's to judge.
auth::JwksCache::Fetch make_jwks_fetch(const std::shared_ptr<FhirTransport>& transport);

}  // namespace rectal_cds::fetch
