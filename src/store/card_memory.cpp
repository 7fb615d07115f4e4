#include "store/card_memory.hpp"

#include <algorithm>
#include <list>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "guideline/judge.hpp"

namespace rectal_cds::store {

using cdshooks::FeedbackItem;
using cdshooks::FeedbackOutcome;
using cdshooks::PlannedCard;
using cdshooks::Remembered;
using guideline::Indicator;
using Decision = Remembered::Decision;

namespace {

constexpr std::chrono::minutes clock_difference{5};  // of two machines, or of two threads

constexpr std::size_t most_copies = 16;  // of one card, whose feedback is still recognised

constexpr const char* view = "patient-view";
constexpr const char* select = "order-select";

// What was shown of a recommendation, to whom, about whom and where. No part but the last holds a line break: ids have
// no control characters, the rest is ours.
std::string key_of(const IssuedAnswer& to, const std::string& recommendation, const std::string& evidence,
                   const std::string& order) {
    const std::string who = to.client + '\n' + to.patient + '\n' + to.user_id + '\n';
    return who + to.hook + '\n' + recommendation + '\n' + evidence + '\n' + (to.hook == select ? order : "");
}

struct Copy {
    std::string uuid;
    Instant at{};
};

// The same card, however often it was shown.
struct ShownCard {
    std::string key, client;
    std::vector<Copy> copies{};  // oldest first
    Instant outcome_at{};        // of the newest report
    Instant reported_copy_at{};
    std::string override_reason{};  // of the newest report, when it is an override with a reason; otherwise empty
};

std::string in_words(const cdshooks::OverrideReason& reason) {
    std::string text = !reason.display.empty() ? reason.display
                       : !reason.title.empty() ? reason.title
                                               : reason.category;
    if (!reason.code.empty()) text += text.empty() ? reason.code : " (" + reason.code + ")";
    if (!reason.comment.empty()) text += (text.empty() ? "\"" : ": \"") + reason.comment + "\"";
    return text;
}

// "2026-03-02 08:11 UTC"
std::string minute(Instant instant) {
    const std::string text = cdshooks::iso(instant);
    return text.substr(0, 10) + ' ' + text.substr(11, 5) + " UTC";
}

bool is_within(Instant at, Instant now, std::chrono::hours window) {
    return now - at < window && now - at > -clock_difference;
}

}  // namespace

struct CardMemory::Cards {
    using Place = std::list<ShownCard>::iterator;

    explicit Cards(CardMemoryLimits the_limits) : limits(the_limits) {}

    // Cards of order-sign are not remembered: nothing depends on them.
    void add(const IssuedAnswer& to, const cdshooks::WrittenCard& card) {
        if (card.evidence.empty() || (to.hook != view && to.hook != select) || by_uuid.count(card.uuid) != 0) return;
        const Place place = place_for(key_of(to, card.recommendation_id, card.evidence, card.order), to.client);
        place->copies.push_back({card.uuid, to.at});
        by_uuid.emplace(card.uuid, place);
        if (place->copies.size() > most_copies) {
            by_uuid.erase(place->copies.front().uuid);
            place->copies.erase(place->copies.begin());
        }
        while (shown.size() > limits.max_cards) forget(shown.begin());
    }

    // The card of this key, from now on the newest.
    Place place_for(std::string key, const std::string& client) {
        const auto known = by_key.find(key);
        if (known != by_key.end()) {
            shown.splice(shown.end(), shown, known->second);
            return known->second;
        }
        const Place place = shown.insert(shown.end(), ShownCard{std::move(key), client});
        by_key.emplace(place->key, place);
        return place;
    }

    void forget(Place place) {
        for (const Copy& copy : place->copies) by_uuid.erase(copy.uuid);
        by_key.erase(place->key);
        shown.erase(place);
    }

    void note(const std::string& client, const FeedbackItem& item) {
        const auto found = by_uuid.find(item.card);
        if (found == by_uuid.end() || found->second->client != client) return;
        ShownCard& card = *found->second;
        if (item.at < card.outcome_at) return;
        card.outcome_at = item.at;
        const bool holds = item.outcome == FeedbackOutcome::overridden && item.reason.is_given();
        card.override_reason = holds ? in_words(item.reason) : std::string();
        const auto is_meant = [&](const Copy& copy) { return copy.uuid == item.card; };
        card.reported_copy_at = std::find_if(card.copies.begin(), card.copies.end(), is_meant)->at;
    }

    std::chrono::hours window(const PlannedCard& card) const {
        if (card.recommendation_id == guideline::data_unavailable) return limits.data_unavailable;
        return card.indicator == Indicator::info ? limits.info : limits.warning;
    }

    Remembered ask_at_patient_view(const PlannedCard& card, const ShownCard& before, Instant now) const {
        const Instant at = before.copies.back().at;
        if (card.indicator == Indicator::critical || !is_within(at, now, window(card))) return {};
        return {Decision::suppress, "shown to this user at " + minute(at)};
    }

    Remembered ask_at_order_sign(const PlannedCard& card, const ShownCard& before, Instant now) const {
        if (card.order.empty() || card.recommendation_id == guideline::data_unavailable || before.override_reason.empty())
            return {};
        if (!is_within(before.reported_copy_at, now, limits.override_holds)) return {};
        return {card.indicator == Indicator::critical ? Decision::show_with_override : Decision::suppress,
                "overridden at order selection, " + minute(before.outcome_at) + ": " + before.override_reason};
    }

    const CardMemoryLimits limits;
    mutable std::mutex mutex;
    std::list<ShownCard> shown;  // the one shown last stands last; each has a copy
    std::unordered_map<std::string, Place> by_uuid, by_key;
};

CardMemory::CardMemory(CardMemoryLimits limits) : cards_(std::make_unique<Cards>(limits)) {}
CardMemory::~CardMemory() = default;

void CardMemory::load(const std::vector<PastCard>& cards) {
    const std::lock_guard lock(cards_->mutex);
    for (auto past = cards.rbegin(); past != cards.rend(); ++past) {  // they come newest first
        IssuedAnswer answer;
        answer.client = past->client, answer.patient = past->patient, answer.user_id = past->user_id;
        answer.hook = past->hook, answer.at = past->at;
        cards_->add(answer, past->card);
        for (const FeedbackItem& item : past->feedback) cards_->note(past->client, item);
    }
}

void CardMemory::note_issued(const IssuedAnswer& answer) {
    if (answer.silent) return;
    const std::lock_guard lock(cards_->mutex);
    for (const cdshooks::WrittenCard& card : answer.cards) cards_->add(answer, card);
}

void CardMemory::note_feedback(const std::string& client, const std::vector<FeedbackItem>& items) {
    const std::lock_guard lock(cards_->mutex);
    for (const FeedbackItem& item : items) cards_->note(client, item);
}

cdshooks::CardHistory CardMemory::history(std::string client, std::function<std::string(const std::string&)> pseudonym,
                                          Instant now) const {
    return [this, client = std::move(client), pseudonym = std::move(pseudonym),
            now](const PlannedCard& card) -> Remembered {
        if (card.hook == domain::Hook::order_select || card.evidence.empty()) return {};
        const bool at_patient_view = card.hook == domain::Hook::patient_view;
        IssuedAnswer before;  // an answer that would have shown it
        before.client = client, before.patient = pseudonym(card.patient_id), before.user_id = card.user_id;
        before.hook = at_patient_view ? view : select;
        const std::string key = key_of(before, card.recommendation_id, card.evidence, card.order);
        const std::lock_guard lock(cards_->mutex);
        const auto found = cards_->by_key.find(key);
        if (found == cards_->by_key.end()) return {};
        return at_patient_view ? cards_->ask_at_patient_view(card, *found->second, now)
                               : cards_->ask_at_order_sign(card, *found->second, now);
    };
}

const CardMemoryLimits& CardMemory::limits() const { return cards_->limits; }

std::size_t CardMemory::size() const {
    const std::lock_guard lock(cards_->mutex);
    return cards_->shown.size();
}

}  // namespace rectal_cds::store
