#include "pages/home_page.hpp"

#include "cdshooks/governance.hpp"
#include "cdshooks/request.hpp"
#include "pages/review_counts.hpp"

namespace rectal_cds::pages {

namespace {

Values services_of(const View& view) {
    const Settings& settings = view.settings;
    Values list{Values::type::list};
    for (const fhir::Service& service : view.content.knowledge.services) {
        const std::string& id = settings.shared_service_id.empty() ? service.id : settings.shared_service_id;
        Values item;
        item["hook"] = std::string(cdshooks::name(service.hook));
        item["title"] = service.title;
        item["address"] = settings.public_url + "/cds-services/" + id;
        list << item;
    }
    return list;
}

}  // namespace

Page home_page(const View& view) {
    const fhir::Knowledge& knowledge = view.content.knowledge;
    const ReviewCounts counts = count_reviews(knowledge);
    const auto warnings = cdshooks::content_warnings(knowledge, view.today);
    Values values;
    values["base"] = view.settings.base_path;
    values["hasSimulator"] = flag(view.settings.has_simulator);
    values["hasFeedback"] = flag(view.settings.has_feedback);
    values["isReady"] = flag(!knowledge.services.empty());
    values["callers"] = std::string(view.settings.is_sandbox ? "anyone who can reach this address (sandbox mode)"
                                                             : "registered clients with a signed token");
    values["version"] = knowledge.version;
    values["date"] = base::iso(knowledge.date);
    values["count"] = std::to_string(knowledge.recommendations.size() + knowledge.unapproved.size());
    values["aside"] = std::to_string(knowledge.unapproved.size());
    values["isAside"] = flag(!knowledge.unapproved.empty());
    values["draft"] = std::to_string(counts.draft);
    values["inReview"] = std::to_string(counts.in_review);
    values["approved"] = std::to_string(counts.approved);
    values["program"] = view.settings.program_version;
    values["hasWarnings"] = flag(!warnings.empty());
    values["warnings"] = list_of(warnings, "text");
    values["discovery"] = view.settings.public_url + "/cds-services";
    values["services"] = services_of(view);
    return {"Home", "", filled("home.mustache", values)};
}

Page not_found_page() { return {"Not found", "-", filled("not_found.mustache", Values{Values::type::object}), 404}; }

}  // namespace rectal_cds::pages
