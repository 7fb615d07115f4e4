#include <algorithm>

#include "cdshooks/cards.hpp"
#include "cdshooks/markdown.hpp"
#include "cdshooks/placeholders.hpp"

namespace rectal_cds::cdshooks {

using domain::Gap;

namespace {

void add(std::vector<std::string>& lines, std::string line) {
    if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
}

std::string joined(const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) text += (text.empty() ? "" : "; ") + item;
    return text;
}

std::string reasons(domain::Facts& facts, const guideline::Verdict& verdict) {
    std::string text;
    for (const domain::FactId condition : verdict.recommendation->conditions) {
        const domain::Finding& finding = facts[condition];
        if (finding.truth != base::Truth::unknown) continue;
        for (const Gap& gap : finding.gaps) {
            const bool counts = gap.cause == Gap::Cause::unusable || gap.cause == Gap::Cause::undecided || gap.cause == Gap::Cause::failed;
            if (counts && text.find(gap.what) == std::string::npos) text += (text.empty() ? "" : "; ") + escape_markdown(gap.what);
        }
    }
    return text;
}

// Silence is right where the safety gate is certainly closed.
bool out_of_scope(domain::Facts& facts) {
    for (const char* gate : {"No death on record", "Age not known to be under 18", "Active rectal adenocarcinoma", "M0 not established"}) {
        if (facts[gate].no()) return true;
    }
    return false;
}

}  // namespace

NotAssessed not_assessed(domain::Facts& facts, const std::vector<guideline::Verdict>& verdicts) {
    NotAssessed result;
    const domain::Case& record = facts.assessment().record;
    if (!record.order_hook() || out_of_scope(facts)) return result;
    std::vector<std::string> unreached;
    for (const auto& verdict : verdicts) {
        if (verdict.expired && verdict.applies != base::Truth::no) {
            add(result.lines, verdict.recommendation->title + ": the content is past its expiry date");
        } else if (verdict.failed) {
            add(result.lines, verdict.recommendation->title + ": a fault of this service kept it from being judged");
        } else if (verdict.unreached) {
            add(unreached, verdict.recommendation->title);
        } else if (undecided_because(facts, verdict, {Gap::Cause::unusable, Gap::Cause::undecided, Gap::Cause::failed})) {
            add(result.lines, verdict.recommendation->title + ": " + reasons(facts, verdict));
        }
    }
    if (!unreached.empty()) add(result.lines, "Not reached in the time that was allowed: " + joined(unreached) + ".");
    if (record.selection_unmatched) add(result.lines, "None of the selected orders was found in draftOrders; no order was judged.");
    if (record.unread_drafts > 0) {
        add(result.lines, std::to_string(record.unread_drafts) + (record.unread_drafts == 1 ? " drafted order refers" : " drafted orders refer") +
                              " to a Medication that could not be read: no rule was applied to it.");
    }
    result.warning = !result.lines.empty();
    for (const std::string& text : record.unrecognised_drafts) {
        add(result.lines, "The drafted order \"" + escape_markdown(text) + "\" is known by text only: no rule was applied to it.");
    }
    return result;
}

}  // namespace rectal_cds::cdshooks
