#include "store/shared_token_store.hpp"

#include <algorithm>
#include <optional>

namespace rectal_cds::store {

using auth::Spent;
using std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds pause_after_failure{1};
constexpr std::chrono::minutes between_clearings{1};  // of expired tokens

}  // namespace

SharedTokenStore::SharedTokenStore(const TokenStoreOptions& options) : options_(options), thread_([this] { run(); }) {}

SharedTokenStore::~SharedTokenStore() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        asked_.notify_all();
    }
    connection_.break_off();
    thread_.join();
}

bool SharedTokenStore::is_paused() const { return steady_clock::now() < paused_until_; }

// A server that hangs is found out once: the connection is broken off, and for a while nobody waits.
Spent SharedTokenStore::spend(const auth::TokenUse& use, auth::Time now) {
    const auto question = std::make_shared<Question>(Question{UsedToken(use), now});
    std::unique_lock lock(mutex_);
    if (is_paused()) return Spent::unavailable;
    waiting_.push_back(question);
    asked_.notify_one();
    if (answered_.wait_for(lock, options_.patience, [&] { return question->is_answered; })) return question->answer;
    paused_until_ = steady_clock::now() + pause_after_failure;
    waiting_.erase(std::remove(waiting_.begin(), waiting_.end(), question), waiting_.end());
    lock.unlock();
    connection_.break_off();
    return Spent::unavailable;
}

void SharedTokenStore::run() {
    try {
        connect();  // so that the first caller need not wait for it
    } catch (const std::exception&) {
        connection_.close();
    }
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (waiting_.empty()) {
            asked_.wait(lock);
            continue;
        }
        Questions questions = std::move(waiting_);
        waiting_.clear();
        lock.unlock();
        const bool is_up = ask(questions);
        lock.lock();
        if (!is_up) paused_until_ = steady_clock::now() + pause_after_failure;
        for (const auto& question : questions) question->is_answered = true;
        answered_.notify_all();
    }
}

void SharedTokenStore::connect() {
    if (connection_.is_open()) return;
    connection_.open(options_.place, options_.patience, Durability::normal);
    make_token_table(*connection_);
}

// In the order of their keys, so that two nodes with the same tokens do not wait for each other's rows in a circle.
// Nothing of a transaction counts before its commit.
bool SharedTokenStore::ask(const Questions& questions) {
    Questions ordered = questions;
    const auto by_key = [](const auto& a, const auto& b) { return a->token.key < b->token.key; };
    std::stable_sort(ordered.begin(), ordered.end(), by_key);
    std::vector<bool> spent;
    try {
        connect();
        std::optional<soci::transaction> together;
        if (ordered.size() > 1) together.emplace(*connection_);
        for (const auto& question : ordered) spent.push_back(spend_token(*connection_, question->token));
        if (together) together->commit();
    } catch (const std::exception&) {
        connection_.close();
        return false;
    }
    for (std::size_t i = 0; i < ordered.size(); ++i) ordered[i]->answer = spent[i] ? Spent::yes : Spent::used_up;
    if (steady_clock::now() < cleared_ + between_clearings && cleared_ != steady_clock::time_point{}) return true;
    cleared_ = steady_clock::now();
    try {
        clear_expired_tokens(*connection_, ordered.front()->now);
    } catch (const std::exception&) {
        connection_.close();
    }
    return true;
}

}  // namespace rectal_cds::store
