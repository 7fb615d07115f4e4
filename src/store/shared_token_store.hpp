// Used tokens in a PostgreSQL database that nodes share. One thread asks the server, all tokens that wait in one
// transaction; callers wait for it, and not longer than their patience. For this folder only.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/connection.hpp"
#include "store/token_store.hpp"
#include "store/used_token.hpp"

namespace rectal_cds::store {

class SharedTokenStore final : public auth::ReplayStore {
public:
    explicit SharedTokenStore(const TokenStoreOptions& options);
    ~SharedTokenStore() override;

    auth::Spent spend(const auth::TokenUse& use, auth::Time now) override;

private:
    struct Question {
        UsedToken token;
        auth::Time now;
        auth::Spent answer = auth::Spent::unavailable;
        bool is_answered = false;
    };
    using Questions = std::vector<std::shared_ptr<Question>>;

    void run();
    bool ask(const Questions& questions);  // false: the server could not be asked
    void connect();
    bool is_paused() const;

    const TokenStoreOptions options_;
    std::mutex mutex_;
    std::condition_variable asked_, answered_;
    Questions waiting_;
    std::chrono::steady_clock::time_point paused_until_{};
    bool stopping_ = false;
    Connection connection_;
    std::chrono::steady_clock::time_point cleared_{};
    std::thread thread_;  // the last member: it uses the others
};

}  // namespace rectal_cds::store
