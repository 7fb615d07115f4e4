#include "store/past_cards.hpp"

#include <map>

#include "store/reading.hpp"
#include "store/suggestion_list.hpp"

namespace rectal_cds::store {

using soci::into;
using soci::use;

namespace {

Instant instant(long long microseconds) { return Instant(std::chrono::microseconds(microseconds)); }

guideline::Indicator indicator(const std::string& word) {
    for (const auto candidate : {guideline::Indicator::info, guideline::Indicator::warning}) {
        if (word == guideline::word(candidate)) return candidate;
    }
    return guideline::Indicator::critical;  // the one that is never suppressed
}

std::vector<PastCard> cards_since(soci::session& sql, long long since, long long limit) {
    std::vector<PastCard> cards;
    PastCard card;
    std::string word;
    long long at = 0;
    soci::statement rows =
        (sql.prepare << "SELECT uuid, client, patient, user_id, hook, recommendation, title, indicator,"
                        " content_version, evidence, drafted_order, issued_at FROM issued_card"
                        " WHERE issued_at >= :since AND evidence <> '' ORDER BY issued_at DESC LIMIT :most",
         use(since), use(limit), into(card.card.uuid), into(card.client), into(card.patient), into(card.user_id),
         into(card.hook), into(card.card.recommendation_id), into(card.card.title), into(word),
         into(card.card.content_version), into(card.card.evidence), into(card.card.order), into(at));
    rows.execute();
    while (rows.fetch()) {
        card.card.indicator = indicator(word);
        card.at = instant(at);
        cards.push_back(card);
    }
    return cards;
}

void add_feedback(soci::session& sql, long long since, std::vector<PastCard>& cards) {
    std::map<std::string, PastCard*> by_uuid;
    for (PastCard& card : cards) by_uuid[card.card.uuid] = &card;
    cdshooks::FeedbackItem item;
    std::string outcome, suggestions;
    long long at = 0;
    soci::statement rows =
        (sql.prepare << "SELECT f.card, f.outcome, f.outcome_at, f.suggestions, f.reason_system, f.reason_code,"
                        " f.reason_display, f.reason_category, f.reason_title, f.reason_comment FROM feedback f"
                        " JOIN issued_card c ON c.uuid = f.card AND c.client = f.client AND c.service = f.service"
                        " WHERE c.issued_at >= :since ORDER BY f.outcome_at, f.received_at, f.place",
         use(since), into(item.card), into(outcome), into(at), into(suggestions), into(item.reason.system),
         into(item.reason.code), into(item.reason.display), into(item.reason.category), into(item.reason.title),
         into(item.reason.comment));
    rows.execute();
    while (rows.fetch()) {
        const auto found = by_uuid.find(item.card);
        if (found == by_uuid.end()) continue;
        item.outcome =
            outcome == "accepted" ? cdshooks::FeedbackOutcome::accepted : cdshooks::FeedbackOutcome::overridden;
        item.at = instant(at);
        item.suggestions = split(suggestions);
        found->second->feedback.push_back(item);
    }
}

}  // namespace

base::Result<std::vector<PastCard>> read_past_cards(const std::string& place, Instant since, std::size_t limit) {
    const long long from = since.time_since_epoch().count(), most = static_cast<long long>(limit);
    return read_database<std::vector<PastCard>>(place, [&](soci::session& sql) {
        auto cards = cards_since(sql, from, most);
        add_feedback(sql, from, cards);
        return cards;
    });
}

}  // namespace rectal_cds::store
