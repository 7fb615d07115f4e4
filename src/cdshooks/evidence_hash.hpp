// What a card rests on, as a hash: the same user is not shown a card again while it stays the same (clinical.md 3.1,
// decisions.md 42).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cdshooks/request.hpp"
#include "cdshooks/suggestions.hpp"
#include "domain/vocabulary.hpp"
#include "guideline/judge.hpp"

namespace rectal_cds::cdshooks {

// FNV-1a with 128 bits over texts, each followed by its length. It must be the same in every build and on every machine
// for as long as shown cards are remembered, which std::hash does not promise; 128 bits keep two different states of a
// record apart by chance; it guards against nobody, for whoever could choose the texts would only hide a card from the
// user who reads that record anyway.
class StableHash {
public:
    StableHash& add(std::string_view text);
    std::string hex() const;  // 32 hexadecimal digits

private:
    __extension__ using Bits = unsigned __int128;
    void add_bytes(std::string_view bytes);
    Bits bits_ = (Bits{0x6c62272e07bb0142} << 64) | Bits{0x62b821756295c58d};  // the offset basis of FNV-1a
};

// Over the recommendation's id and severity, the content version, and every fact it asks about: its truth, the sources
// it rests on (resource, what it says, which holds value and status, date) and what was missing. Not over words that
// change with the calendar alone ("12 days ago"). `offered`: the suggestions, where a changed offer makes another card.
std::string evidence_hash(const guideline::Verdict& verdict, domain::Facts& facts, const std::string& content_version,
                          const Suggestions* offered);

// The drafts of the request that a condition of the recommendation rests on, in the order of the Bundle:
// "MedicationRequest/d1".
std::vector<std::string> drafts_behind(const guideline::Recommendation& recommendation, domain::Facts& facts, const Request& request);

// Names these drafts by id and content, so that a changed order is another one. What changes between selecting and
// signing without changing the order (status, authoredOn, meta, the people) is left out. Empty when there is none, or
// when a draft of the request has no id and so could be taken for another.
std::string order_identity(const std::vector<std::string>& drafts, const Request& request);

}  // namespace rectal_cds::cdshooks
