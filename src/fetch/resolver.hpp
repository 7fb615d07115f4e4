// Names to addresses, on threads of its own: a name server that does not answer holds up nobody but the waiting
// request, which gives up at its deadline. (cpprestsdk resolves on one thread for the whole process: a look-up of 3 s
// delayed requests to literal addresses by 3 s; stack.md 2.1.)
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace rectal_cds::fetch {

class Resolver {
public:
    using Addresses = std::vector<std::string>;  // literals without brackets and zone, best first; empty: none found
    using Lookup = std::function<Addresses(const std::string& host)>;  // blocks; called from several threads
    using Done = std::function<void(const Addresses&)>;

    struct Limits {
        int threads = 4;                         // look-ups at one time
        std::size_t max_waiting = 256;           // requests that wait for a look-up; above it the answer is empty
        std::size_t max_names = 256;             // remembered
        std::chrono::milliseconds keep{30'000};  // an answer with addresses
        std::chrono::milliseconds keep_failure{2'000};  // an empty one
    };

    Resolver() : Resolver(system_lookup) {}
    explicit Resolver(Lookup lookup) : Resolver(std::move(lookup), Limits()) {}
    Resolver(Lookup lookup, const Limits& limits);
    ~Resolver();  // does not wait for a look-up that hangs; its result is dropped
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    // `done` once: before resolve() returns when the name is remembered or too many wait, otherwise on a thread of the
    // resolver. Not begun once the resolver was destroyed. Requests for one name share one look-up.
    void resolve(const std::string& host, Done done);

    static Addresses system_lookup(const std::string& host);  // getaddrinfo

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace rectal_cds::fetch
