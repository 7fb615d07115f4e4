#include <algorithm>
#include <map>

#include "cdshooks/cards.hpp"
#include "cdshooks/markdown.hpp"
#include "cdshooks/placeholders.hpp"
#include "domain/unchecked.hpp"

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

bool any_is_no(domain::Facts& facts, std::initializer_list<const char*> gates) {
    return std::any_of(gates.begin(), gates.end(), [&](const char* gate) { return facts[gate].no(); });
}

// A "no" that rests on nothing but absence, in an input of which some could not be read for want of a code.
std::string uncoded_behind(const domain::Finding& finding) {
    if (!finding.no() || !finding.evidence.empty()) return {};
    for (const Gap& gap : finding.gaps) {
        if (gap.cause == Gap::Cause::not_coded) return gap.what;
    }
    return {};
}

// What was passed over, where nothing else keeps a warning from firing: "2 procedures without a code …"; else "".
std::string held_back_by(domain::Facts& facts, const guideline::Verdict& verdict) {
    if (verdict.applies != base::Truth::no || verdict.recommendation->indicator == guideline::Indicator::info) return {};
    std::string what;
    for (const domain::FactId condition : verdict.recommendation->conditions) {
        const domain::Finding& finding = facts[condition];
        if (finding.truth == base::Truth::yes) continue;
        what = uncoded_behind(finding);
        if (what.empty()) return {};
    }
    return what;
}

// Resources without a readable code make no rule fire and none unknown, but they are not passed over in silence.
void add_held_back(std::vector<std::string>& lines, domain::Facts& facts, const std::vector<guideline::Verdict>& verdicts) {
    std::map<std::string, std::vector<std::string>> titles;
    for (const auto& verdict : verdicts) {
        if (std::string what = held_back_by(facts, verdict); !what.empty()) titles[std::move(what)].push_back(verdict.recommendation->title);
    }
    for (const auto& [what, held_back] : titles) add(lines, what + ": " + joined(held_back));
}

void add_uncoded_drafts(std::vector<std::string>& lines, int drafts) {
    if (drafts == 0) return;
    add(lines, std::to_string(drafts) + (drafts == 1 ? " drafted order has" : " drafted orders have") + " no code that this service reads: no rule was applied to " +
                   (drafts == 1 ? "it." : "them."));
}

void add_unchecked(NotAssessed& result, const std::vector<domain::Unchecked>& list) {
    for (const domain::Unchecked& item : list) {
        constexpr std::size_t longest = 400;  // code points
        add(result.lines, escape_markdown(item.what, longest));
        result.warning = result.warning || item.warning;
    }
}

// Where no cancer is coded at all, a diagnosis without a readable code may be the one that is being treated.
bool may_have_an_uncoded_cancer(domain::Facts& facts) {
    return facts.assessment().record.other_primaries.empty() && !uncoded_behind(facts["Active rectal adenocarcinoma"]).empty();
}

void add_expired(std::vector<std::string>& lines, const std::vector<guideline::Verdict>& verdicts) {
    for (const auto& verdict : verdicts) {
        if (verdict.expired && verdict.applies != base::Truth::no)
            add(lines, verdict.recommendation->title + ": the content is past its expiry date");
    }
}

void add_failed_and_unreached(std::vector<std::string>& lines, const std::vector<guideline::Verdict>& verdicts) {
    std::vector<std::string> unreached;
    for (const auto& verdict : verdicts) {
        const std::string& title = verdict.recommendation->title;
        if (verdict.failed) add(lines, title + ": a fault of this service kept it from being judged");
        else if (verdict.unreached) add(unreached, title);
    }
    if (!unreached.empty()) add(lines, "Not reached in the time that was allowed: " + joined(unreached) + ".");
}

// Beside cards that fire or are expired; without one, the call is answered 500 or 503.
void add_faults_beside_cards(std::vector<std::string>& lines, domain::Facts& facts, const std::vector<guideline::Verdict>& verdicts) {
    const bool none_fires = std::none_of(verdicts.begin(), verdicts.end(), [](const auto& verdict) { return verdict.fires(); });
    if (none_fires && lines.empty()) return;
    add_failed_and_unreached(lines, verdicts);
    for (const auto& verdict : verdicts) {
        if (!verdict.failed && undecided_because(facts, verdict, {Gap::Cause::failed}))
            add(lines, verdict.recommendation->title + ": a fault of this service kept it from being judged");
    }
}

// A chart is opened: findings that are in doubt have their own cards or wait for an order; that the diagnosis itself is
// in doubt, or a rule was kept from being judged, would be told by none (src/DECISIONS.md 32 and 39).
NotAssessed not_assessed_at_patient_view(domain::Facts& facts, const std::vector<guideline::Verdict>& verdicts) {
    NotAssessed result;
    const domain::Finding& diagnosis = facts["Active rectal adenocarcinoma"];
    if (diagnosis.no()) return result;
    if (diagnosis.yes()) {
        add_expired(result.lines, verdicts);
        add_faults_beside_cards(result.lines, facts, verdicts);
        return result;
    }
    for (const Gap& gap : diagnosis.gaps) {
        if (gap.cause == Gap::Cause::unusable || gap.cause == Gap::Cause::failed)
            add(result.lines, "Whether an active rectal cancer is on record: " + escape_markdown(gap.what));
    }
    return result;
}

}  // namespace

NotAssessed not_assessed(domain::Facts& facts, const std::vector<guideline::Verdict>& verdicts) {
    NotAssessed result;
    const domain::Case& record = facts.assessment().record;
    // Silence is right where the safety gate is certainly closed.
    if (any_is_no(facts, {"No death on record", "Age not known to be under 18", "M0 not established"})) return result;
    if (!record.order_hook()) return not_assessed_at_patient_view(facts, verdicts);
    if (facts["Active rectal adenocarcinoma"].no()) {
        add_unchecked(result, domain::unchecked_beside_inactive_primary(facts.assessment()));
        if (may_have_an_uncoded_cancer(facts)) add_held_back(result.lines, facts, verdicts);
        return result;
    }
    add_expired(result.lines, verdicts);
    add_failed_and_unreached(result.lines, verdicts);
    for (const auto& verdict : verdicts) {
        const bool own = verdict.expired || verdict.failed || verdict.unreached;
        if (!own && undecided_because(facts, verdict, {Gap::Cause::unusable, Gap::Cause::undecided, Gap::Cause::failed}))
            add(result.lines, verdict.recommendation->title + ": " + reasons(facts, verdict));
    }
    if (record.selection_unmatched) add(result.lines, "None of the selected orders was found in draftOrders; no order was judged.");
    if (record.unread_drafts > 0) {
        add(result.lines, std::to_string(record.unread_drafts) + (record.unread_drafts == 1 ? " drafted order refers" : " drafted orders refer") +
                              " to a Medication that could not be read: no rule was applied to it.");
    }
    result.warning = !result.lines.empty();
    for (const std::string& text : record.unrecognised_drafts) {
        add(result.lines, "The drafted order \"" + escape_markdown(text) + "\" is known by text only, or by a code that this service does not know: no rule was applied to it.");
    }
    add_unchecked(result, domain::unchecked(facts.assessment(), facts["Autoimmune disease on treatment or transplant"].yes()));
    add_held_back(result.lines, facts, verdicts);
    add_uncoded_drafts(result.lines, record.uncoded_drafts);
    return result;
}

}  // namespace rectal_cds::cdshooks
