#include "store/token_store.hpp"

#include <mutex>

#include "store/database.hpp"
#include "store/place.hpp"
#include "store/shared_token_store.hpp"
#include "store/used_token.hpp"

namespace rectal_cds::store {

namespace {

using auth::Spent;

constexpr int uses_between_clearings = 1000;  // of expired tokens
constexpr std::chrono::seconds pause_after_failure{1};

class TokenFile final : public auth::ReplayStore {
public:
    explicit TokenFile(const TokenStoreOptions& options) : options_(options) {}

    Spent spend(const auth::TokenUse& token, auth::Time now) override {
        const std::lock_guard lock(mutex_);
        if (now < tried_again_at_ && tried_again_at_ < now + 2 * pause_after_failure) return Spent::unavailable;
        try {
            connect();
            if (uses_since_clearing_++ % uses_between_clearings == 0) clear_expired_tokens(*sql_, now);
            return spend_token(*sql_, UsedToken(token)) ? Spent::yes : Spent::used_up;
        } catch (const std::exception&) {
            sql_.reset();
            tried_again_at_ = now + pause_after_failure;
            return Spent::unavailable;
        }
    }

private:
    void connect() {
        if (sql_) return;
        auto sql = std::make_unique<soci::session>();
        open_database(*sql, options_.place, options_.patience, Durability::normal);
        make_token_table(*sql);
        sql_ = std::move(sql);
    }

    const TokenStoreOptions options_;
    std::mutex mutex_;
    std::unique_ptr<soci::session> sql_;
    auth::Time tried_again_at_{};
    long long uses_since_clearing_ = 0;
};

}  // namespace

std::unique_ptr<auth::ReplayStore> open_token_store(const TokenStoreOptions& options) {
    if (is_postgresql(options.place)) return std::make_unique<SharedTokenStore>(options);
    return std::make_unique<TokenFile>(options);
}

}  // namespace rectal_cds::store
