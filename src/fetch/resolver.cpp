#include "fetch/resolver.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace rectal_cds::fetch {

using Clock = std::chrono::steady_clock;

struct Resolver::State {
    struct Known {
        Addresses addresses;
        Clock::time_point until{};
    };

    State(Lookup lookup_by, const Limits& given) : lookup(std::move(lookup_by)), limits(given) {}

    void run();  // a thread
    void remember(const std::string& host, const Addresses& addresses);

    const Lookup lookup;
    const Limits limits;
    std::mutex mutex;
    std::condition_variable changed;
    std::map<std::string, Known> known;
    std::map<std::string, std::vector<Done>> waiting;  // by name, under way or queued
    std::deque<std::string> queue;
    std::size_t requests_waiting = 0;
    int busy = 0;
    bool is_ending = false;
};

void Resolver::State::run() {
    std::unique_lock lock(mutex);
    while (true) {
        changed.wait(lock, [this] { return is_ending || !queue.empty(); });
        if (is_ending) return;
        const std::string host = std::move(queue.front());
        queue.pop_front();
        ++busy;
        lock.unlock();
        Addresses addresses;
        try {
            addresses = lookup(host);
        } catch (...) {  // as if the name were unknown
        }
        lock.lock();
        --busy;
        if (is_ending) return;
        remember(host, addresses);
        auto asked = waiting.extract(host);
        requests_waiting -= asked.mapped().size();
        lock.unlock();
        for (const Done& done : asked.mapped()) done(addresses);
        asked = {};
        lock.lock();
    }
}

// With the lock held. What is too old goes first; if that is not enough, the answer that ends soonest.
void Resolver::State::remember(const std::string& host, const Addresses& addresses) {
    const auto now = Clock::now();
    std::erase_if(known, [now](const auto& entry) { return entry.second.until <= now; });
    if (known.size() >= limits.max_names) {
        known.erase(std::min_element(known.begin(), known.end(), [](const auto& one, const auto& other) {
            return one.second.until < other.second.until;
        }));
    }
    known[host] = {addresses, now + (addresses.empty() ? limits.keep_failure : limits.keep)};
}

Resolver::Resolver(Lookup lookup, const Limits& limits) : state_(std::make_shared<State>(std::move(lookup), limits)) {
    for (int i = 0; i < limits.threads; ++i) std::thread([state = state_] { state->run(); }).detach();
}

// Detached threads keep their state; a look-up under way cannot be ended from outside.
Resolver::~Resolver() {
    decltype(state_->waiting) dropped;
    const std::lock_guard lock(state_->mutex);
    state_->is_ending = true;
    dropped.swap(state_->waiting);
    state_->changed.notify_all();
}

void Resolver::resolve(const std::string& host, Done done) {
    Addresses addresses;
    {
        const std::lock_guard lock(state_->mutex);
        const auto found = state_->known.find(host);
        if (found != state_->known.end() && found->second.until > Clock::now()) {
            addresses = found->second.addresses;
        } else if (state_->requests_waiting < state_->limits.max_waiting) {
            ++state_->requests_waiting;
            auto& asked = state_->waiting[host];
            asked.push_back(std::move(done));
            if (asked.size() > 1) return;
            state_->queue.push_back(host);
            state_->changed.notify_one();
            return;
        }
    }
    done(addresses);
}

Resolver::Addresses Resolver::system_lookup(const std::string& host) {
    addrinfo wanted{};
    wanted.ai_family = AF_UNSPEC;
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_ADDRCONFIG;
    addrinfo* found = nullptr;
    Addresses addresses;
    if (getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0) return addresses;
    for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
        std::array<char, INET6_ADDRSTRLEN> text{};
        const void* bytes = nullptr;
        if (each->ai_family == AF_INET) bytes = &reinterpret_cast<const sockaddr_in*>(each->ai_addr)->sin_addr;
        if (each->ai_family == AF_INET6) bytes = &reinterpret_cast<const sockaddr_in6*>(each->ai_addr)->sin6_addr;
        if (bytes == nullptr || inet_ntop(each->ai_family, bytes, text.data(), text.size()) == nullptr) continue;
        addresses.emplace_back(text.data());
    }
    freeaddrinfo(found);
    return addresses;
}

}  // namespace rectal_cds::fetch
