#include "store/card_memory.hpp"

namespace rectal_cds::store {

// Nothing is remembered yet, so everything is shown.
struct CardMemory::Cards {
    CardMemoryLimits limits;
};

CardMemory::CardMemory(CardMemoryLimits limits) : cards_(std::make_unique<Cards>(Cards{limits})) {}
CardMemory::~CardMemory() = default;
void CardMemory::load(const std::vector<PastCard>&) {}
void CardMemory::note_issued(const IssuedAnswer&) {}
void CardMemory::note_feedback(const std::string&, const std::vector<cdshooks::FeedbackItem>&) {}
cdshooks::CardHistory CardMemory::history(std::string, std::function<std::string(const std::string&)>, Instant) const { return {}; }
const CardMemoryLimits& CardMemory::limits() const { return cards_->limits; }
std::size_t CardMemory::size() const { return 0; }

}  // namespace rectal_cds::store
