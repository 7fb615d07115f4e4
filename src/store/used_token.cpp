#include "store/used_token.hpp"

#include "auth/pseudonym.hpp"
#include "store/database.hpp"

namespace rectal_cds::store {

using soci::use;

UsedToken::UsedToken(const auth::TokenUse& token)
    : key(auth::digest_of({token.iss, token.jti})),
      until(std::chrono::ceil<std::chrono::seconds>(token.until).time_since_epoch().count()),
      allowed(token.allowed_uses) {}

void make_token_table(soci::session& sql) {
    if (has_table(sql, "used_token")) return;
    WriteTransaction transaction(sql);
    sql << "CREATE " << (is_sqlite(sql) ? "" : "UNLOGGED ") << "TABLE IF NOT EXISTS used_token"
        << " (token TEXT PRIMARY KEY, uses BIGINT NOT NULL, until BIGINT NOT NULL)";
    sql << "CREATE INDEX IF NOT EXISTS used_token_until ON used_token (until)";
    transaction.commit();
}

void clear_expired_tokens(soci::session& sql, auth::Time now) {
    const long long moment = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    sql << "DELETE FROM used_token WHERE until <= :now", use(moment);
}

bool spend_token(soci::session& sql, const UsedToken& token) {
    soci::statement statement = (sql.prepare << "INSERT INTO used_token (token, uses, until) VALUES (:token, 1, :until)"
                                                " ON CONFLICT (token) DO UPDATE SET uses = used_token.uses + 1"
                                                " WHERE used_token.uses < :allowed",
                                 use(token.key, "token"), use(token.until, "until"), use(token.allowed, "allowed"));
    statement.execute(true);
    return statement.get_affected_rows() > 0;
}

}  // namespace rectal_cds::store
