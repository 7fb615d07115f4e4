// Where a JwtVerifier gets the keys of a client's jku from.
#pragma once

#include <memory>
#include <string_view>

#include "auth/client.hpp"

namespace rectal_cds::auth {

struct KeyLookup {
    enum class State {
        known,       // `keys` are the client's keys; the kid may or may not be among them
        fetching,    // they are being fetched; ask again when that has ended
        unavailable  // there are none, and they cannot be had now: 503, not 401 (decisions.md 22)
    };
    State state = State::unavailable;
    std::shared_ptr<const KeySet> keys;  // not null when known
};

// Safe to use from several threads. `find` does not wait.
class KeySource {
public:
    KeySource() = default;
    KeySource(const KeySource&) = delete;
    KeySource& operator=(const KeySource&) = delete;
    virtual ~KeySource() = default;

    // Precondition: client->jku. Called only for a registered iss whose token names no other jku than the registered
    // one, so that no unauthenticated call decides where a connection goes (reliability.md 1.2).
    virtual KeyLookup find(const std::shared_ptr<const Client>& client, std::string_view kid) = 0;
};

}  // namespace rectal_cds::auth
