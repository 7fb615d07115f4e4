#include "cdshooks/review_notes.hpp"

#include <map>
#include <string_view>
#include <vector>

#include "cdshooks/review_orders.hpp"
#include "cdshooks/review_words.hpp"
#include "fhir/knowledge_shape.hpp"

namespace rectal_cds::cdshooks {

namespace {

constexpr std::string_view needs_review = "from knowledge";

std::string section(const char* heading, const char* introduction, const std::string& body) {
    if (body.empty()) return {};
    return std::string("## ") + heading + "\n\n" + introduction + "\n\n" + body + "\n";
}

std::string watch_list(const fhir::Knowledge& knowledge) {
    std::string rows;
    for (const fhir::PendingDecision& decision : knowledge.governance.watch_list) {
        rows += table_row({base::iso(decision.expected), decision.authority, decision.subject, decision.consequence,
                           links_to(knowledge, decision.affects), decision.source.full});
    }
    if (rows.empty()) return rows;
    return table_head({"Expected on", "By", "Decision on", "What it would change", "Recommendations", "Source"}) + rows;
}

std::string open_questions(const fhir::Knowledge& knowledge) {
    std::string text;
    int number = 0;
    for (const fhir::OpenQuestion& open : knowledge.governance.open_questions) {
        text += std::to_string(++number) + ". " + open.question;
        if (!open.affects.empty()) text += " (Recommendations " + links_to(knowledge, open.affects) + ")";
        text += "\n";
    }
    return text;
}

std::string thresholds(const fhir::Knowledge& knowledge) {
    std::string rows;
    for (const fhir::Threshold& threshold : knowledge.governance.thresholds) {
        std::string applied;
        for (const domain::FactId fact : threshold.facts) {
            const domain::Fact& entry = domain::vocabulary()[fact];
            applied += (applied.empty() ? "" : " ") + ("**" + std::string(entry.name) + "**: ") + std::string(entry.meaning);
        }
        rows += table_row({threshold.subject, threshold.seed, applied, threshold.reason});
    }
    return rows.empty() ? rows : table_head({"Subject", "Source document", "This service", "Reason"}) + rows;
}

std::string list(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += "- " + line + "\n";
    return text;
}

std::string weak_codes(const fhir::Knowledge& knowledge) {
    std::string rows;
    for (const fhir::WeakCode& code : knowledge.governance.weak_codes) {
        rows += table_row({code.value_set + (code.is_excluded ? " (kept out)" : ""), code.system, code.code, code.display});
    }
    return rows.empty() ? rows : table_head({"Value set", "System", "Code", "Display"}) + rows;
}

std::string weak_doses(const fhir::Knowledge& knowledge) {
    std::map<std::string, std::string> by_title;
    for (const auto& [id, order] : knowledge.orders) {
        const auto source = fhir::find_extension(order.definition, "dose-source")["valueString"].text();
        if (source.find(needs_review) != std::string_view::npos) by_title[order.title] = source;
    }
    std::string text;
    for (const auto& [title, source] : by_title) text += "- " + title + ": " + source + "\n";
    return text;
}

std::string unseen_works(const fhir::Knowledge& knowledge) {
    std::map<std::string, const guideline::Citation*> by_key;
    for (const auto& recommendation : knowledge.recommendations) {
        for (const auto& work : recommendation.citations) {
            if (work.seen.find(needs_review) != std::string::npos) by_key[work.key] = &work;
        }
    }
    std::string text;
    for (const auto& [key, work] : by_key) text += "- " + work->full + " Seen: " + work->seen + ".\n";
    return text;
}

std::string source_claims(const fhir::Knowledge& knowledge) {
    std::string rows;
    for (const fhir::SourceClaim& claim : knowledge.governance.source_claims) {
        std::vector<std::string> ids;
        for (const auto& recommendation : knowledge.recommendations) {
            for (const auto& implemented : recommendation.seed_claims) {
                if (implemented.claim == claim.code) ids.push_back(recommendation.id);
            }
        }
        rows += table_row({claim.code, claim.claim, links_to(knowledge, ids)});
    }
    return rows.empty() ? rows : table_head({"Claim", "What it states", "Recommendations"}) + rows;
}

}  // namespace

std::string notes_in_words(const fhir::Knowledge& knowledge) {
    return section("Watch list", "Decisions that are still to come. `rectal-cds check` reports one whose day has come.", watch_list(knowledge)) +
           section("Open questions", "Choices that were made and that a clinician has to confirm or change.", open_questions(knowledge)) +
           section("Thresholds", "The limits that the rules apply, beside those of the source document.", thresholds(knowledge)) +
           section("Not read by this version", "What stands only here counts as \"not found in the resources this service reads\".",
                   list(knowledge.governance.not_read)) +
           section("Codes on weak evidence",
                   "Each was seen in one derived source only. They match like any other; confirm them against a licensed release.",
                   weak_codes(knowledge)) +
           section("Doses on weak evidence", "Their source was not opened in full.", weak_doses(knowledge)) +
           section("Works cited from knowledge", "They were not opened, or not in full.", unseen_works(knowledge)) +
           section("Claims of the source document", "Verdicts stand with the recommendations. Claims without a number are about form.",
                   source_claims(knowledge));
}

}  // namespace rectal_cds::cdshooks
