#include "store/token_store.hpp"

#include <mutex>

#include "auth/pseudonym.hpp"
#include "store/database.hpp"

namespace rectal_cds::store {

namespace {

using auth::Spent;
using soci::use;

constexpr int uses_between_clearings = 1000;  // of expired tokens
constexpr std::chrono::seconds pause_after_failure{1};

class SqliteTokenStore final : public auth::ReplayStore {
public:
    explicit SqliteTokenStore(const TokenStoreOptions& options) : options_(options) {}

    Spent spend(const auth::TokenUse& token, auth::Time now) override {
        const std::lock_guard lock(mutex_);
        if (now < tried_again_at_ && tried_again_at_ < now + 2 * pause_after_failure) return Spent::unavailable;
        try {
            connect();
            clear_expired(now);
            return count(token);
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
        open_database(*sql, options_.file, options_.busy_wait, Durability::normal);
        *sql << "CREATE TABLE IF NOT EXISTS used_token (token TEXT PRIMARY KEY, uses BIGINT NOT NULL, until BIGINT NOT "
                "NULL)";
        *sql << "CREATE INDEX IF NOT EXISTS used_token_until ON used_token (until)";
        sql_ = std::move(sql);
    }

    void clear_expired(auth::Time now) {
        if (uses_since_clearing_++ % uses_between_clearings != 0) return;
        const long long moment = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
        *sql_ << "DELETE FROM used_token WHERE until <= :now", use(moment);
    }

    // One statement, so that of uses at one time, also by other processes, exactly the allowed ones are counted.
    Spent count(const auth::TokenUse& token) {
        const std::string key = auth::digest_of({token.iss, token.jti});
        const long long until = std::chrono::ceil<std::chrono::seconds>(token.until).time_since_epoch().count();
        const long long allowed = token.allowed_uses;
        soci::statement statement =
            (sql_->prepare << "INSERT INTO used_token (token, uses, until) VALUES (:token, 1, :until)"
                              " ON CONFLICT (token) DO UPDATE SET uses = used_token.uses + 1"
                              " WHERE used_token.uses < :allowed",
             use(key, "token"), use(until, "until"), use(allowed, "allowed"));
        statement.execute(true);
        return statement.get_affected_rows() > 0 ? Spent::yes : Spent::used_up;
    }

    const TokenStoreOptions options_;
    std::mutex mutex_;
    std::unique_ptr<soci::session> sql_;
    auth::Time tried_again_at_{};
    long long uses_since_clearing_ = 0;
};

}  // namespace

std::unique_ptr<auth::ReplayStore> open_token_store(const TokenStoreOptions& options) {
    return std::make_unique<SqliteTokenStore>(options);
}

}  // namespace rectal_cds::store
