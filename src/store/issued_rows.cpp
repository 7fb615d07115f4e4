#include "store/issued_rows.hpp"

#include "store/audit_text.hpp"
#include "store/suggestion_list.hpp"

namespace rectal_cds::store {

using soci::use;

IssuedRows::IssuedRows(soci::session& sql)
    : insert_card_(
          (sql.prepare
               << "INSERT INTO issued_card (uuid, client, service, hook, hook_instance, user_id, encounter, location,"
                  " patient, recommendation, title, indicator, content_version, issued_at, evidence, drafted_order, "
                  "suggestions)"
                  " VALUES (:uuid, :client, :service, :hook, :hook_instance, :user_id, :encounter, :location, :patient,"
                  " :recommendation, :title, :indicator, :content_version, :issued_at, :evidence, :drafted_order,"
                  " :suggestions)"
                  " ON CONFLICT (uuid) DO NOTHING",
           use(card_.uuid), use(answer_.client), use(answer_.service_id), use(answer_.hook), use(answer_.hook_instance),
           use(answer_.user_id), use(answer_.encounter_id), use(answer_.location), use(answer_.patient),
           use(card_.recommendation_id), use(card_.title), use(indicator_), use(card_.content_version), use(at_),
           use(card_.evidence), use(card_.order), use(suggestions_))),
      release_feedback_((sql.prepare << "UPDATE feedback SET unmatched = 0 WHERE card = :card AND client = :client"
                                        " AND service = :service AND unmatched = 1",
                         use(card_.uuid), use(answer_.client), use(answer_.service_id))),
      audit_(sql) {}

void IssuedRows::write(const IssuedAnswer& answer, const std::string& id) {
    answer_ = answer;
    answer_.cards.clear();
    at_ = answer.at.time_since_epoch().count();
    if (!answer.silent) {
        for (const cdshooks::WrittenCard& card : answer.cards) write_card(card);
    }
    audit_.append({id, answer.at, audit_text(answer)});
}

void IssuedRows::write_card(const cdshooks::WrittenCard& card) {
    card_ = card;
    indicator_ = guideline::word(card.indicator);
    suggestions_ = joined(card.suggestions);
    insert_card_.execute(true);
    release_feedback_.execute(true);
}

}  // namespace rectal_cds::store
