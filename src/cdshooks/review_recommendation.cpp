#include "cdshooks/review_recommendation.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "cdshooks/governance.hpp"
#include "cdshooks/review_orders.hpp"
#include "cdshooks/review_words.hpp"

namespace rectal_cds::cdshooks {

using guideline::Recommendation;

namespace {

// By domain::Hook.
constexpr std::array<const char*, 3> hook_moments{"a chart is opened", "orders are selected", "orders are signed"};

std::string head_of(const Recommendation& r) {
    return r.purpose + " (`" + r.id + "`)\n\n**Status**: " + review_status(r) + ". Content " + r.version + " of " + base::iso(r.date) +
           "; review due by " + base::iso(r.review_by) + "; not assessed from " + base::iso(r.expires) + " on.\n\n";
}

std::string when_of(const Recommendation& r) {
    std::string text = "**When** " + hooks_in_words(r) + ", and all of these are certain:\n\n";
    for (const domain::FactId fact : r.conditions) text += fact_line(fact);
    return text + "\n";
}

std::string quoted_card(const std::string& summary, const std::string& detail) {
    return "> **" + summary + "**\n>\n" + quoted_detail(detail) + "\n";
}

std::string then_of(const Recommendation& r) {
    std::string text = "**Then** a card appears. Severity: " + indicator_in_words(r) + ".\n\n";
    for (const auto& escalation : r.escalations) text += fact_line(escalation.fact);
    if (!r.escalations.empty()) text += "\n";
    return text + quoted_card(r.summary, r.detail);
}

// Plans of patient-view have them.
std::string other_wordings_of(const Recommendation& r) {
    std::string text;
    if (!r.for_nurses.summary.empty()) text += "**Worded for nurses**\n\n" + quoted_card(r.for_nurses.summary, r.for_nurses.detail);
    if (!r.for_patients.summary.empty())
        text += "**Worded for patients**, without orders\n\n" + quoted_card(r.for_patients.summary, r.for_patients.detail);
    return text;
}

std::string evidence_of(const Recommendation& r) {
    std::string grades;
    for (const char grade : r.grade) {
        if (grade != '/') grades += (grades.empty() ? "" : "; ") + (std::string{grade} + ": " + grade_in_words(grade));
    }
    std::string text = "**Evidence** Grade " + r.grade + " (" + grades + ").\n\n";
    int number = 0;
    for (const guideline::Citation& work : r.citations) {
        text += std::to_string(++number) + ". " + work.full + (work.url.empty() ? "" : " <" + work.url + ">") + " Seen: " + work.seen + ".\n";
    }
    return text + "\n";
}

std::string claims_of(const fhir::Knowledge& knowledge, const Recommendation& r) {
    if (r.seed_claims.empty()) return "**Claims of the source document** None; this goes beyond it.\n\n";
    std::string text = "**Claims of the source document**, each with our verdict\n\n";
    for (const guideline::SeedClaim& claim : r.seed_claims) {
        const auto& claims = knowledge.governance.source_claims;
        const auto stated = std::find_if(claims.begin(), claims.end(), [&](const auto& c) { return c.code == claim.claim; });
        text += "- " + claim.claim + ", \"" + (stated == claims.end() ? "" : stated->claim) + "\" Verdict: " + claim.verdict + ".\n";
    }
    return text + "\n";
}

std::string reasons_of(const fhir::Knowledge& knowledge, const Recommendation& r) {
    std::string text;
    for (const std::string& code : r.override_reasons) {
        text += (text.empty() ? "" : "; ") + knowledge.override_reasons.at(code) + " (" + code + ")";
    }
    if (text.empty()) return "**Reasons for overriding** None are offered.\n\n";
    return "**Reasons for overriding** " + text + "." + (r.free_text_required ? " Free text is asked for beside the reason." : "") + "\n\n";
}

// The thirteen attributes, those with the same words together.
std::string attributes_of(const Recommendation& r) {
    std::string text = "**Source attributes** (45 CFR 170.315(b)(11)(iv)(A))\n\n";
    std::vector<std::string_view> told;
    for (const guideline::SourceAttribute& attribute : r.source_attributes) {
        if (std::find(told.begin(), told.end(), attribute.text) != told.end()) continue;
        told.push_back(attribute.text);
        std::string names;
        for (const guideline::SourceAttribute& other : r.source_attributes) {
            if (other.text == attribute.text) names += (names.empty() ? "" : ", ") + other.name;
        }
        std::replace(names.begin(), names.end(), '-', ' ');
        text += "- " + names + ": " + attribute.text + "\n";
    }
    return text + "\n";
}

std::string line_to_sign() {
    return table_head({"Decision: approve, change, reject", "Name and function", "Date", "Signature"}) + "| | | | |\n\n";
}

}  // namespace

const char* grade_in_words(char grade) {
    switch (grade) {
        case 'A': return "one randomised trial or several";
        case 'L': return "drug label";
        case 'B': return "phase II or observational study, or guideline without a randomised trial";
        case 'C': return "consensus";
        default: return "from knowledge, needs review";
    }
}

std::string hooks_in_words(const Recommendation& recommendation) {
    std::string text;
    for (std::size_t i = 0, left = recommendation.hooks.count(); i < hook_moments.size(); ++i) {
        if (!recommendation.hooks[i]) continue;
        --left;
        text += (text.empty() ? "" : left == 0 ? " or " : ", ") + std::string(hook_moments[i]);
    }
    return text;
}

std::string indicator_in_words(const Recommendation& recommendation) {
    std::string text = guideline::word(recommendation.indicator);
    for (const auto& escalation : recommendation.escalations) {
        text += std::string("; ") + guideline::word(escalation.indicator) + " when " + fact_names({escalation.fact}, "");
    }
    return text;
}

std::string recommendation_in_words(const fhir::Knowledge& knowledge, std::size_t place) {
    const Recommendation& r = knowledge.recommendations.at(place);
    const std::string orders = orders_in_words(knowledge, r);
    return "### " + numbered_title(place, r) + "\n\n" + head_of(r) + when_of(r) + then_of(r) +
           (orders.empty() ? "**Orders** None are suggested.\n\n" : "**Orders** " + orders + "\n") + other_wordings_of(r) +
           evidence_of(r) + "**For whom, and limits** " + r.limits + "\n\n" + claims_of(knowledge, r) + reasons_of(knowledge, r) + attributes_of(r) + line_to_sign();
}

}  // namespace rectal_cds::cdshooks
