#include "store/rows.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "auth/pseudonym.hpp"
#include "store/audit_chain.hpp"
#include "store/audit_text.hpp"
#include "store/suggestion_list.hpp"

namespace rectal_cds::store {

using cdshooks::FeedbackItem;
using soci::into;
using soci::use;

namespace {

long long microseconds(Instant instant) { return instant.time_since_epoch().count(); }

// The recommendation of the card that this client got from this service; nothing when it got none.
std::optional<std::string> recommendation_of(soci::session& sql, const FeedbackBatch& batch, const std::string& card) {
    int found = 0;
    std::string id;
    sql << "SELECT count(*), coalesce(max(recommendation), '') FROM issued_card"
           " WHERE uuid = :uuid AND client = :client AND service = :service",
        use(card), use(batch.client), use(batch.service_id), into(found), into(id);
    return found > 0 ? std::optional(id) : std::nullopt;
}

bool is_stored(soci::session& sql, const std::string& key) {
    int found = 0;
    sql << "SELECT count(*) FROM feedback WHERE item = :item", use(key), into(found);
    return found > 0;
}

std::size_t quarantined(soci::session& sql, const std::string& client) {
    long long count = 0;
    sql << "SELECT count(*) FROM feedback WHERE client = :client AND unmatched = 1", use(client), into(count);
    return static_cast<std::size_t>(count);
}

struct NewItem {
    const FeedbackItem* item;
    std::string key;
    long long place, unmatched;
};

void insert(soci::session& sql, const FeedbackBatch& batch, const NewItem& row) {
    const std::string outcome = cdshooks::name(row.item->outcome), suggestions = joined(row.item->suggestions);
    const cdshooks::OverrideReason& reason = row.item->reason;
    const long long at = microseconds(row.item->at), received = microseconds(batch.received);
    const long long test_clock = batch.has_test_clock ? 1 : 0;
    sql << "INSERT INTO feedback (item, client, service, card, outcome, outcome_at, suggestions, reason_system,"
           " reason_code, reason_display, reason_category, reason_title, reason_comment, received_at, place, unmatched,"
           " test_clock) VALUES (:item, :client, :service, :card, :outcome, :outcome_at, :suggestions, :reason_system,"
           " :reason_code, :reason_display, :reason_category, :reason_title, :reason_comment, :received_at, :place,"
           " :unmatched, :test_clock) ON CONFLICT (item) DO NOTHING",
        use(row.key), use(batch.client), use(batch.service_id), use(row.item->card), use(outcome), use(at),
        use(suggestions), use(reason.system), use(reason.code), use(reason.display), use(reason.category),
        use(reason.title), use(reason.comment), use(received), use(row.place), use(row.unmatched), use(test_clock);
}

}  // namespace

std::string item_key(const FeedbackBatch& batch, const FeedbackItem& item) {
    std::vector<std::string> suggestions = item.suggestions;
    std::sort(suggestions.begin(), suggestions.end());
    const cdshooks::OverrideReason& reason = item.reason;
    return auth::digest_of({batch.client, batch.service_id, item.card, cdshooks::name(item.outcome),
                            std::to_string(microseconds(item.at)), joined(suggestions), reason.system, reason.code,
                            reason.display, reason.category, reason.title, reason.comment});
}

BatchResult write_feedback(soci::session& sql, const FeedbackBatch& batch, const std::string& id,
                           std::size_t quarantine_per_client) {
    BatchResult result;
    std::vector<NewItem> rows;
    std::set<std::string> keys;
    for (const FeedbackItem& item : batch.items) {
        NewItem row{&item, item_key(batch, item), static_cast<long long>(rows.size()), 0};
        if (!keys.insert(row.key).second || is_stored(sql, row.key)) {
            ++result.repeated;
            continue;
        }
        const auto recommendation = recommendation_of(sql, batch, item.card);
        row.unmatched = recommendation ? 0 : 1;
        if (recommendation && item.outcome == cdshooks::FeedbackOutcome::overridden) result.overridden.push_back(*recommendation);
        result.unmatched += row.unmatched == 1 ? 1 : 0;
        rows.push_back(std::move(row));
    }
    if (result.unmatched > 0 && quarantined(sql, batch.client) + result.unmatched > quarantine_per_client) {
        return {true, 0, 0, 0, {}};
    }
    for (const NewItem& row : rows) insert(sql, batch, row);
    result.stored = rows.size();
    append_audit(sql, {id, batch.received, audit_text(batch, result)});
    return result;
}

void clear_quarantine(soci::session& sql, Instant before) {
    const long long at = microseconds(before);
    sql << "UPDATE feedback SET unmatched = 0 WHERE unmatched = 1 AND EXISTS (SELECT 1 FROM issued_card c"
           " WHERE c.uuid = feedback.card AND c.client = feedback.client AND c.service = feedback.service)";
    sql << "DELETE FROM feedback WHERE unmatched = 1 AND received_at < :at", use(at);
}

}  // namespace rectal_cds::store
