#include "pages/reason_memory.hpp"

#include <utility>

namespace rectal_cds::pages {

using cdshooks::Reasons;

namespace {

std::size_t size_of(const cdshooks::JudgedSeen& about) {
    return sizeof about + about.id.size() + about.title.size() + about.conditions.size() * sizeof(domain::FactId) +
           about.escalations.size() * sizeof(guideline::Escalation);
}

std::size_t size_of(const cdshooks::FactSeen& fact) {
    std::size_t bytes = sizeof fact + fact.note.size();
    for (const auto& each : fact.evidence)
        bytes += sizeof each + each.reference.size() + each.says.size() + each.when.size();
    for (const auto& each : fact.missing) bytes += sizeof each + each.cause.size() + each.what.size();
    return bytes;
}

std::size_t size_of(const Reasons& reasons) {
    std::size_t bytes = sizeof reasons;
    for (const auto& card : reasons.cards) {
        bytes += 3 * sizeof card + 2 * card.uuid.size() + card.summary.size();  // and its entry in the index
        for (const auto& about : card.about) bytes += size_of(about);
    }
    for (const auto& about : reasons.undecided) bytes += size_of(about);
    for (const auto& fact : reasons.facts) bytes += size_of(fact);
    for (const auto& text : reasons.not_used) bytes += sizeof text + text.size();
    return bytes;
}

}  // namespace

void ReasonMemory::keep(std::shared_ptr<const Reasons> reasons, Clock::time_point now) {
    if (reasons->cards.empty()) return;
    const std::size_t bytes = size_of(*reasons);
    const std::lock_guard lock(mutex_);
    for (const auto& card : reasons->cards) by_card_.insert_or_assign(card.uuid, Entry{reasons, now});
    kept_.push_back({std::move(reasons), now, bytes});
    bytes_ += bytes;
    while (!kept_.empty() && (bytes_ > most_bytes_ || now - kept_.front().at >= life)) forget_oldest();
}

void ReasonMemory::forget_oldest() {
    const Kept& oldest = kept_.front();
    for (const auto& card : oldest.reasons->cards) {
        const auto entry = by_card_.find(card.uuid);
        if (entry != by_card_.end() && entry->second.reasons == oldest.reasons) by_card_.erase(entry);
    }
    bytes_ -= oldest.bytes;
    kept_.pop_front();
}

std::optional<ReasonMemory::Found> ReasonMemory::find(const std::string& card_uuid, Clock::time_point now) const {
    const std::lock_guard lock(mutex_);
    const auto entry = by_card_.find(card_uuid);
    if (entry == by_card_.end() || now - entry->second.at >= life) return std::nullopt;
    const auto& reasons = entry->second.reasons;
    for (std::size_t i = 0; i < reasons->cards.size(); ++i) {
        if (reasons->cards[i].uuid == card_uuid) return Found{reasons, i};
    }
    return std::nullopt;
}

std::size_t ReasonMemory::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

}  // namespace rectal_cds::pages
