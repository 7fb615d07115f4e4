#include "cdshooks/cards.hpp"

#include <algorithm>
#include <utility>

#include "cdshooks/detail.hpp"
#include "cdshooks/evidence_hash.hpp"
#include "cdshooks/feedback.hpp"
#include "cdshooks/governance.hpp"
#include "cdshooks/markdown.hpp"
#include "cdshooks/placeholders.hpp"

namespace rectal_cds::cdshooks {

using guideline::Indicator;
using guideline::Recommendation;
using guideline::Verdict;

namespace {

constexpr std::size_t max_citation_links = 3;

// What all cards of professionals share. `step`: of the review, as it concerns this card.
Card card_for(const CardContent& content, const std::string& step, std::string topic, std::string display) {
    Card card;
    const fhir::Knowledge& knowledge = content.knowledge;
    card.source_label = "rectal-cds: stage IV rectal cancer, content " + knowledge.version + " of " + base::iso(knowledge.date) + " (" + step + ")";
    if (!content.public_url.empty()) card.source_url = content.public_url + "/recommendations";
    card.topic = std::move(topic);
    card.topic_display = std::move(display);
    return card;
}

// The page of the recommendation where this service has a public address, then the works it cites (decisions.md 45).
void add_links(Card& card, const CardContent& content, const Recommendation& recommendation) {
    if (!content.public_url.empty()) {
        card.links.push_back({"This recommendation: conditions, evidence and limits", content.public_url + "/recommendations/" + recommendation.id,
                              content.profile.own_links});
    }
    std::size_t added = 0;
    for (const auto& citation : recommendation.citations) {
        if (citation.url.empty() || added++ >= max_citation_links) continue;
        if (card.source_url.empty()) card.source_url = citation.url;
        card.links.push_back({citation.reference, citation.url});
    }
}

void add_override_reasons(Card& card, const fhir::Knowledge& knowledge, const Recommendation& recommendation) {
    for (const std::string& code : recommendation.override_reasons) {
        const auto display = knowledge.override_reasons.find(code);
        card.override_reasons.push_back({override_reason_system, code, display == knowledge.override_reasons.end() ? code : display->second});
    }
}

void add_orders(Card& card, const CardContent& content, const Recommendation& recommendation) {
    for (std::string& reference : drafts_behind(recommendation, content.facts, content.request)) {
        const bool is_new = std::find(card.orders.begin(), card.orders.end(), reference) == card.orders.end();
        if (is_new) card.orders.push_back(std::move(reference));
    }
}

std::string list_of(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += "- " + line + "\n";
    return text;
}

// decisions.md 2: names the inputs and the withheld advice, and says that this is not a negative result.
std::string not_checked(domain::Facts& facts, const std::vector<Verdict>& verdicts, const NotAssessed& unassessed, const NamedValues& values) {
    const auto value = [&](std::string_view name) {
        const auto found = std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == name; });
        return found == values.end() ? std::string() : found->second;
    };
    std::string text = "NOT CHECKED: " + value("unreadInputs") + " could not be read. This is not a negative result.\n\n";
    if (const std::string read = read_inputs(facts.assessment().record); !read.empty()) text += "Read completely: " + read + ".\n\n";
    const auto withheld = withheld_titles(facts, verdicts);
    if (!withheld.empty()) text += "Withheld until they can be read:\n\n" + list_of(withheld) + "\n";
    if (!unassessed.lines.empty()) text += "Also not assessed:\n\n" + list_of(unassessed.lines) + "\n";
    return text;
}

// A critical card is shown again although it was overridden; then it says so (decisions.md 41).
std::string recorded_override(const CardContent& content, const Recommendation& recommendation) {
    constexpr std::size_t longest = 1000;  // code points
    const auto recalled = content.answered.recalled.find(recommendation.id);
    if (recalled == content.answered.recalled.end() || recalled->second.recorded_override.empty()) return {};
    return "**Recorded override:** " + escape_markdown(recalled->second.recorded_override, longest) + "\n\n";
}

Card recommendation_card(const CardContent& content, const Verdict& verdict, const NamedValues& values, const NotAssessed& unassessed) {
    const fhir::Knowledge& knowledge = content.knowledge;
    const Recommendation& recommendation = *verdict.recommendation;
    Card card = card_for(content, review_step(recommendation), topic_code(recommendation.id), recommendation.title);
    card.recommendation = &recommendation;
    card.summary = summary_for(content.audience, recommendation);
    card.indicator = verdict.indicator;
    card.suggestions = fitted(choose_suggestions(knowledge, recommendation, content.facts), recommendation, content.profile);
    card.detail = render_detail(knowledge, verdict, text_for(content.audience, recommendation), content.facts, values, card.suggestions.remarks);
    if (guideline::tells_what_was_not_read(recommendation)) card.detail.insert(0, not_checked(content.facts, content.answered.verdicts, unassessed, values));
    card.detail.insert(0, recorded_override(content, recommendation));
    add_override_reasons(card, knowledge, recommendation);
    add_links(card, content, recommendation);
    add_orders(card, content, recommendation);
    return card;
}

Indicator highest_of(const std::vector<Verdict>& verdicts) {
    Indicator highest = Indicator::info;
    for (const Verdict& verdict : verdicts) highest = std::max(highest, verdict.indicator);
    return highest;
}

// decisions.md 40: names what it folds, and carries the highest indicator of it.
Card fold_card(const CardContent& content) {
    const std::vector<Verdict>& folded = content.answered.arranged.folded;
    Card card = card_for(content, review_step(content.knowledge), "moreRecommendations", "More recommendations");
    std::vector<std::string> lines;
    for (const Verdict& verdict : folded) {
        const Recommendation& recommendation = *verdict.recommendation;
        lines.push_back(recommendation.title + " (" + recommendation.id + ", " + guideline::word(verdict.indicator) + "): " + summary_for(content.audience, recommendation));
        add_orders(card, content, recommendation);
    }
    card.summary = std::to_string(folded.size()) + (folded.size() == 1 ? " more recommendation applies" : " more recommendations apply") + " to this patient: see the list.";
    card.indicator = highest_of(folded);
    card.detail = "These apply as well; they are folded here to keep the number of cards small.\n\n" + list_of(lines) + "\nContent version " +
                  content_description(content.knowledge) + ".";
    return card;
}

Card not_assessed_card(const CardContent& content, const NotAssessed& unassessed) {
    Card card = card_for(content, review_step(content.knowledge), "notAssessed", "Not assessed");
    card.summary = content.facts.assessment().record.order_hook()
                       ? "Some checks of this order could not be made: check the items listed by hand."
                       : "Advice for rectal cancer could not be worked out in full: check the items listed by hand.";
    card.indicator = unassessed.warning ? Indicator::warning : Indicator::info;
    card.detail = "NOT CHECKED. This is not a negative result.\n\n" + list_of(unassessed.lines) + "\nContent version " + content_description(content.knowledge) + ".";
    return card;
}

std::vector<Card> professional_cards(const CardContent& content) {
    const auto& [shown, folded] = content.answered.arranged;
    const NamedValues values = shown.empty() ? NamedValues{} : placeholder_values(content.facts, content.answered.verdicts);
    const NotAssessed unassessed = not_assessed(content.facts, content.answered.verdicts);
    const bool unread = std::any_of(shown.begin(), shown.end(), [](const Verdict& v) { return guideline::tells_what_was_not_read(*v.recommendation); });
    std::vector<Card> cards;
    cards.reserve(shown.size() + 2);
    for (const Verdict& verdict : shown) cards.push_back(recommendation_card(content, verdict, values, unassessed));
    if (!folded.empty()) cards.push_back(fold_card(content));
    if (!unread && !unassessed.lines.empty()) cards.push_back(not_assessed_card(content, unassessed));
    return cards;
}

// A patient learns neither stage nor result from a card: source and topic are worded without them, and it has no links.
Card patient_card(const fhir::Knowledge& knowledge, const std::string& step, std::string topic, Indicator indicator) {
    Card card;
    card.indicator = indicator;
    card.source_label = "rectal-cds, content " + knowledge.version + " of " + base::iso(knowledge.date) + " (" + step + ")";
    card.topic = std::move(topic);
    card.topic_display = "For your talk with your cancer team";
    return card;
}

std::vector<Card> patient_cards(const fhir::Knowledge& knowledge, const std::vector<Verdict>& shown, const std::vector<Verdict>& folded) {
    std::vector<Card> cards;
    for (const Verdict& verdict : shown) {
        const Recommendation& recommendation = *verdict.recommendation;
        Card& card = cards.emplace_back(patient_card(knowledge, review_step(recommendation), topic_code(recommendation.id), verdict.indicator));
        card.recommendation = &recommendation;
        card.summary = summary_for(Audience::patient, recommendation);
        card.detail = patient_detail(knowledge, recommendation);
    }
    if (folded.empty()) return cards;
    Card& fold = cards.emplace_back(patient_card(knowledge, review_step(knowledge), "moreRecommendations", highest_of(folded)));
    fold.summary = patient_fold_summary(folded.size());
    fold.detail = patient_fold_detail(knowledge, folded);
    return cards;
}

}  // namespace

std::vector<Card> cards_of(const CardContent& content, UuidSource& uuids) {
    const auto& [shown, folded] = content.answered.arranged;
    const bool plain = content.audience == Audience::patient;
    std::vector<Card> cards = plain ? patient_cards(content.knowledge, shown, folded) : professional_cards(content);
    for (Card& card : cards) {
        identify(card, uuids);
        if (plain || !content.why_url) continue;
        card.links.insert(card.links.begin(), {"Why this card: facts, sources, and what was missing", content.why_url(card.uuid), content.profile.own_links});
    }
    return cards;
}

WrittenCard written_card(const Card& card, const CardContent& content) {
    WrittenCard written;
    written.uuid = card.uuid;
    written.recommendation_id = card.recommendation ? card.recommendation->id : card.topic;
    written.title = card.recommendation ? card.recommendation->title : card.topic_display;
    written.indicator = card.indicator;
    written.content_version = content.knowledge.version;
    const auto recalled = content.answered.recalled.find(written.recommendation_id);
    if (recalled != content.answered.recalled.end()) {
        written.evidence = recalled->second.evidence;
        written.order = recalled->second.order;
    }
    for (const ChosenSuggestion& chosen : card.suggestions.chosen) written.suggestions.push_back({chosen.uuid, chosen.label});
    return written;
}

}  // namespace rectal_cds::cdshooks
