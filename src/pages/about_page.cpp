#include <set>
#include <utility>

#include "cdshooks/governance.hpp"
#include "cdshooks/review_recommendation.hpp"
#include "pages/home_page.hpp"
#include "pages/recommendation_words.hpp"
#include "pages/review_counts.hpp"

namespace rectal_cds::pages {

namespace {

// What the recommendations say under one source attribute, each answer once.
std::string declared(const fhir::Knowledge& knowledge, std::string_view attribute) {
    std::set<std::string> answers;
    for (const auto& [recommendation, is_judged] : all_of(knowledge)) {
        for (const auto& each : recommendation->source_attributes) {
            if (each.name == attribute) answers.insert(each.text);
        }
    }
    std::string text;
    for (const std::string& answer : answers) text += (text.empty() ? "" : "; ") + answer;
    return text.empty() ? "not stated" : text;
}

Values steps_of_all(const View& view) {
    Values list{Values::type::list};
    for (const auto& [recommendation, is_judged] : all_of(view.content.knowledge)) {
        const auto& r = *recommendation;
        Values item;
        item["address"] = view.settings.base_path + "/recommendations/" + r.id, item["isAside"] = flag(!is_judged);
        item["title"] = r.title, item["status"] = cdshooks::review_status(r);
        item["reviewBy"] = base::iso(r.review_by), item["expires"] = base::iso(r.expires);
        list << item;
    }
    return list;
}

Values watch_list(const fhir::Knowledge& knowledge) {
    Values list{Values::type::list};
    for (const fhir::PendingDecision& decision : knowledge.governance.watch_list) {
        Values item;
        item["expected"] = base::iso(decision.expected), item["authority"] = decision.authority;
        item["subject"] = decision.subject, item["consequence"] = decision.consequence;
        list << item;
    }
    return list;
}

Values all_grades() {
    Values list{Values::type::list};
    for (const char grade : {'A', 'L', 'B', 'C', 'N'}) {
        Values item;
        item["letter"] = std::string{grade}, item["words"] = cdshooks::grade_in_words(grade);
        list << item;
    }
    return list;
}

}  // namespace

Page about_page(const View& view) {
    const fhir::Knowledge& knowledge = view.content.knowledge;
    const ReviewCounts counts = count_reviews(knowledge);
    std::vector<std::string> questions;
    for (const fhir::OpenQuestion& open : knowledge.governance.open_questions) questions.push_back(open.question);
    Values values;
    values["base"] = view.settings.base_path;
    values["reviewStatus"] = cdshooks::review_status(knowledge);
    values["isApproved"] = flag(cdshooks::review_step(knowledge) == "approved");
    values["draft"] = std::to_string(counts.draft);
    values["inReview"] = std::to_string(counts.in_review);
    values["approved"] = std::to_string(counts.approved);
    values["recommendations"] = steps_of_all(view);
    values["hasWatch"] = flag(!knowledge.governance.watch_list.empty());
    values["watch"] = watch_list(knowledge), values["grades"] = all_grades();
    values["developers"] = declared(knowledge, "developer"), values["funding"] = declared(knowledge, "funding");
    values["questions"] = list_of(questions, "text");
    values["notRead"] = list_of(knowledge.governance.not_read, "text");
    return {"About", "about", filled("about.mustache", values)};
}

}  // namespace rectal_cds::pages
