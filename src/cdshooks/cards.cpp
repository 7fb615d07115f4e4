#include "cdshooks/cards.hpp"

#include <algorithm>
#include <cctype>

#include "cdshooks/detail.hpp"
#include "cdshooks/governance.hpp"
#include "cdshooks/suggestions.hpp"

namespace rectal_cds::cdshooks {

using guideline::Indicator;
using guideline::Recommendation;
using guideline::Verdict;

namespace {

constexpr const char* topic_system = "https://rectal-cds.example/fhir/CodeSystem/recommendation";
constexpr const char* override_system = "https://rectal-cds.example/fhir/CodeSystem/override-reason";
constexpr std::size_t max_links = 3;

struct Topic {
    std::string code, display;
};

// `step`: of the review, as it concerns this card.
void write_source(json::Writer& writer, const fhir::Knowledge& knowledge, const std::string& step, const Topic& topic, const std::string& url) {
    writer.key("source").begin_object();
    writer.member("label", "rectal-cds: stage IV rectal cancer, content " + knowledge.version + " of " + base::iso(knowledge.date) + " (" + step + ")");
    if (!url.empty()) writer.member("url", url);
    writer.key("topic").begin_object().member("system", topic_system).member("code", topic.code).member("display", topic.display).end_object();
    writer.end_object();
}

// source.url and links lead to the cited works until a public address of this service is configured (decisions.md 45).
std::string first_url(const Recommendation& recommendation) {
    for (const auto& citation : recommendation.citations) {
        if (!citation.url.empty()) return citation.url;
    }
    return {};
}

void write_links(json::Writer& writer, const Recommendation& recommendation) {
    std::size_t written = 0;
    for (const auto& citation : recommendation.citations) {
        if (citation.url.empty() || written == max_links) continue;
        if (written++ == 0) writer.key("links").begin_array();
        writer.begin_object().member("label", citation.reference).member("url", citation.url).member("type", "absolute").end_object();
    }
    if (written > 0) writer.end_array();
}

void write_override_reasons(json::Writer& writer, const fhir::Knowledge& knowledge, const Recommendation& recommendation) {
    if (recommendation.override_reasons.empty()) return;
    writer.key("overrideReasons").begin_array();
    for (const std::string& code : recommendation.override_reasons) {
        const auto display = knowledge.override_reasons.find(code);
        writer.begin_object().member("code", code).member("system", override_system);
        writer.member("display", display == knowledge.override_reasons.end() ? code : display->second).end_object();
    }
    writer.end_array();
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
    const auto withheld = withheld_titles(facts, verdicts);
    if (!withheld.empty()) text += "Withheld until they can be read:\n\n" + list_of(withheld) + "\n";
    if (!unassessed.lines.empty()) text += "Also not assessed:\n\n" + list_of(unassessed.lines) + "\n";
    return text;
}

void write_card_head(json::Writer& writer, UuidSource& uuids, const std::string& summary, Indicator indicator) {
    writer.begin_object().member("uuid", uuids.next()).member("summary", summary).member("indicator", guideline::word(indicator));
}

void write_recommendation(json::Writer& writer, const CardContent& content, const Verdict& verdict, UuidSource& uuids, const NamedValues& values,
                          const NotAssessed& unassessed) {
    const fhir::Knowledge& knowledge = content.knowledge;
    const Recommendation& recommendation = *verdict.recommendation;
    const Suggestions suggestions = fitted(choose_suggestions(knowledge, recommendation, content.facts), recommendation, content.profile);
    std::string detail = render_detail(knowledge, verdict, text_for(content.audience, recommendation), content.facts, values, suggestions.remarks);
    if (recommendation.id == "data-unavailable") detail.insert(0, not_checked(content.facts, content.answered.verdicts, unassessed, values));
    write_card_head(writer, uuids, summary_for(content.audience, recommendation), verdict.indicator);
    writer.member("detail", detail);
    write_source(writer, knowledge, review_step(recommendation), {topic_code(recommendation.id), recommendation.title}, first_url(recommendation));
    write_suggestions(writer, suggestions, content.request, content.facts.assessment(), uuids);
    write_override_reasons(writer, knowledge, recommendation);
    write_links(writer, recommendation);
    writer.end_object();
}

Indicator highest_of(const std::vector<Verdict>& verdicts) {
    Indicator highest = Indicator::info;
    for (const Verdict& verdict : verdicts) highest = std::max(highest, verdict.indicator);
    return highest;
}

// decisions.md 40: names what it folds, and carries the highest indicator of it.
void write_fold(json::Writer& writer, const fhir::Knowledge& knowledge, const std::vector<Verdict>& folded, Audience audience, UuidSource& uuids) {
    std::vector<std::string> lines;
    for (const Verdict& verdict : folded) {
        const Recommendation& recommendation = *verdict.recommendation;
        lines.push_back(recommendation.title + " (" + recommendation.id + ", " + guideline::word(verdict.indicator) + "): " + summary_for(audience, recommendation));
    }
    const std::string count = std::to_string(folded.size());
    write_card_head(writer, uuids, count + (folded.size() == 1 ? " more recommendation applies" : " more recommendations apply") + " to this patient: see the list.", highest_of(folded));
    writer.member("detail", "These apply as well; they are folded here to keep the number of cards small.\n\n" + list_of(lines) +
                                "\nContent version " + knowledge.version + ", " + review_status(knowledge) + ".");
    write_source(writer, knowledge, review_step(knowledge), {"moreRecommendations", "More recommendations"}, "");
    writer.end_object();
}

void write_not_assessed(json::Writer& writer, const fhir::Knowledge& knowledge, const NotAssessed& unassessed, UuidSource& uuids) {
    write_card_head(writer, uuids, "Some checks of this order could not be made: check the items listed by hand.", unassessed.warning ? Indicator::warning : Indicator::info);
    writer.member("detail", "NOT CHECKED. This is not a negative result.\n\n" + list_of(unassessed.lines) + "\nContent version " + knowledge.version +
                                ", " + review_status(knowledge) + ".");
    write_source(writer, knowledge, review_step(knowledge), {"notAssessed", "Not assessed"}, "");
    writer.end_object();
}

void write_professional_cards(json::Writer& writer, const CardContent& content, UuidSource& uuids) {
    const auto& [shown, folded] = content.answered.arranged;
    const NamedValues values = placeholder_values(content.facts, content.answered.verdicts);
    const NotAssessed unassessed = not_assessed(content.facts, content.answered.verdicts);
    const bool unread = std::any_of(shown.begin(), shown.end(), [](const Verdict& v) { return v.recommendation->id == "data-unavailable"; });
    for (const Verdict& verdict : shown) write_recommendation(writer, content, verdict, uuids, values, unassessed);
    if (!folded.empty()) write_fold(writer, content.knowledge, folded, content.audience, uuids);
    if (!unread && !unassessed.lines.empty()) write_not_assessed(writer, content.knowledge, unassessed, uuids);
}

// A patient learns neither stage nor result from a card: source and topic are worded without them.
void write_patient_card(json::Writer& writer, const fhir::Knowledge& knowledge, const std::string& step, const std::string& topic,
                        const std::string& summary, Indicator indicator, const std::string& detail, UuidSource& uuids) {
    write_card_head(writer, uuids, summary, indicator);
    writer.member("detail", detail);
    writer.key("source").begin_object();
    writer.member("label", "rectal-cds, content " + knowledge.version + " of " + base::iso(knowledge.date) + " (" + step + ")");
    writer.key("topic").begin_object().member("system", topic_system).member("code", topic).member("display", "For your talk with your cancer team");
    writer.end_object().end_object().end_object();
}

void write_patient_cards(json::Writer& writer, const fhir::Knowledge& knowledge, const std::vector<Verdict>& shown, const std::vector<Verdict>& folded,
                         UuidSource& uuids) {
    for (const Verdict& verdict : shown) {
        const Recommendation& recommendation = *verdict.recommendation;
        write_patient_card(writer, knowledge, review_step(recommendation), topic_code(recommendation.id),
                           summary_for(Audience::patient, recommendation), verdict.indicator, patient_detail(knowledge, recommendation), uuids);
    }
    if (folded.empty()) return;
    write_patient_card(writer, knowledge, review_step(knowledge), "moreRecommendations", patient_fold_summary(folded.size()), highest_of(folded),
                       patient_fold_detail(knowledge, folded), uuids);
}

}  // namespace

std::string topic_code(std::string_view id) {
    std::string code;
    bool upper = false;
    for (const char c : id) {
        if (c != '-') code += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        upper = c == '-';
    }
    return code;
}

void write_cards(json::Writer& writer, const CardContent& content, UuidSource& uuids) {
    const auto& [shown, folded] = content.answered.arranged;
    writer.key("cards").begin_array();
    if (content.audience == Audience::patient) write_patient_cards(writer, content.knowledge, shown, folded, uuids);
    else write_professional_cards(writer, content, uuids);
    writer.end_array();
}

}  // namespace rectal_cds::cdshooks
