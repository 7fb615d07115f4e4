// PlanDefinition.status, reviewer, approvalDate, lastReviewDate and extension review-status.
//
//   step       status   extension holds        FHIR's elements
//   draft      draft    nothing more           none
//   in-review  draft    reviewer, since        none
//   approved   active   nothing more           reviewer, approvalDate, lastReviewDate: none before the date of the content
#include <optional>

#include "fhir/element.hpp"
#include "fhir/knowledge_wording.hpp"
#include "fhir/read_plan.hpp"

namespace rectal_cds::fhir {

using guideline::Review;
using guideline::ReviewStep;

namespace {

ReviewStep step_of(std::string_view code) {
    if (code == "approved") return ReviewStep::approved;
    return code == "in-review" ? ReviewStep::in_review : ReviewStep::draft;
}

// A name is shown on cards as it stands.
std::string name_of(json::Value name, const std::string& place, Faults& faults) {
    std::string text(name.text());
    for (std::string& fault : label_faults(text)) faults.add(place, std::move(fault));
    return text;
}

std::string names_of(json::Value reviewers, Faults& faults) {
    std::string names;
    for (std::size_t i = 0; i < reviewers.size(); ++i) {
        const std::string place = member_place(element_place("reviewer", i), "name");
        names += (names.empty() ? "" : ", ") + name_of(reviewers.at(i)["name"], place, faults);
    }
    return names;
}

// False when the status speaks against the step; then nothing else of the two is held against the other.
bool agree(std::string_view status, ReviewStep step, Faults& faults) {
    const std::string_view expected = step == ReviewStep::approved ? "active" : "draft";
    if (status == expected || status.empty()) return true;
    faults.add("status", "'" + std::string(expected) + "' is expected, because the step of the extension review-status is " +
                             (step == ReviewStep::approved ? "'approved'." : "not 'approved'."));
    return false;
}

void check_approval(json::Value root, ReviewStep step, Faults& faults) {
    for (const char* member : {"approvalDate", "lastReviewDate", "reviewer"}) {
        const bool exists = root[member].exists();
        if (step != ReviewStep::approved && exists)
            faults.add(member, "Nothing is expected here while the status is draft.");
        if (step == ReviewStep::approved && !exists)
            faults.add(member, "Who reviewed the content, and when, is expected once the status is active.");
    }
}

// Whoever signed has seen the content as it is.
void check_dates(json::Value root, Faults& faults) {
    const auto written = base::parse_day(root["date"].text());
    for (const char* member : {"approvalDate", "lastReviewDate"}) {
        const auto day = base::parse_day(root[member].text());
        if (!day || !written || *day >= *written) continue;
        faults.add(member, "No day before " + base::iso(*written) + ", the date of the content, is expected.");
    }
}

// Who is reviewing, and since when.
void check_parts(json::Value parts, ReviewStep step, const std::string& place, Faults& faults) {
    for (const std::string part : {"reviewer", "since"}) {
        std::size_t i = 0;
        while (i < parts.size() && parts.at(i)["url"].text() != part) ++i;
        const bool exists = i < parts.size();
        if (exists && step != ReviewStep::in_review)
            faults.add(element_place(place, i), "'" + part + "' is expected only while the step is 'in-review'.");
        if (!exists && step == ReviewStep::in_review)
            faults.add(place, "'" + part + "' is expected while the step is 'in-review'.");
    }
}

}  // namespace

Review read_review(json::Value root, bool is_sound, Faults& faults) {
    Review review;
    const json::Value status = find_extension(root, "review-status");
    review.step = step_of(extension(status, "step")["valueCode"].text());
    const std::string parts = extension_place(root, "", structure_url("review-status"), "extension");
    if (is_sound && agree(root["status"].text(), review.step, faults)) {
        check_approval(root, review.step, faults);
        check_parts(status["extension"], review.step, parts, faults);
        check_dates(root, faults);
    }
    const bool is_approved = review.step == ReviewStep::approved;
    review.reviewer = is_approved ? names_of(root["reviewer"], faults)
                                  : name_of(extension(status, "reviewer")["valueString"], parts, faults);
    const json::Value since = is_approved ? root["approvalDate"] : extension(status, "since")["valueDate"];
    review.since = base::parse_day(since.text()).value_or(base::Day{});
    review.last_reviewed = base::parse_day(root["lastReviewDate"].text());
    return review;
}

}  // namespace rectal_cds::fhir
