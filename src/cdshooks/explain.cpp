#include "cdshooks/explain.hpp"

#include <algorithm>
#include <set>

#include "cdshooks/governance.hpp"

namespace rectal_cds::cdshooks {

using domain::Gap;

namespace {

void write_fact(json::Writer& writer, const domain::Fact& fact, const domain::Finding& finding) {
    writer.begin_object().member("name", fact.name).member("value", base::word(finding.truth));
    if (!finding.note.empty()) writer.member("note", finding.note);
    if (!finding.evidence.empty()) {
        writer.key("evidence").begin_array();
        for (const domain::Source* source : finding.evidence) {
            writer.begin_object().member("reference", source->reference).member("says", source->says);
            if (source->when) writer.member("when", iso(*source->when));
            writer.end_object();
        }
        writer.end_array();
    }
    if (!finding.gaps.empty()) {
        writer.key("gaps").begin_array();
        for (const Gap& gap : finding.gaps) writer.begin_object().member("cause", words(gap.cause)).member("what", gap.what).end_object();
        writer.end_array();
    }
    writer.end_object();
}

void write_unusable(json::Writer& writer, const std::vector<domain::Unusable>& unusable) {
    if (unusable.empty()) return;
    writer.key("unusable").begin_array();
    for (const domain::Unusable& item : unusable) {
        writer.begin_object().member("reference", item.source.reference).member("about", domain::name(item.topic)).member("problem", item.problem).end_object();
    }
    writer.end_array();
}

// What --require-approved keeps from being judged.
void write_unapproved(json::Writer& writer, const std::vector<guideline::Recommendation>& unapproved, domain::Hook hook) {
    if (unapproved.empty()) return;
    writer.key("notApproved").begin_array();
    for (const auto& recommendation : unapproved) {
        if (!guideline::is_for(recommendation, hook)) continue;
        writer.begin_object().member("id", recommendation.id).member("reviewStatus", review_status(recommendation)).end_object();
    }
    writer.end_array();
}

std::set<domain::FactId> facts_of(const std::vector<guideline::Verdict>& verdicts, const auto& is_wanted) {
    std::set<domain::FactId> facts;
    for (const auto& verdict : verdicts) {
        if (is_wanted(verdict)) facts.insert(verdict.recommendation->conditions.begin(), verdict.recommendation->conditions.end());
    }
    return facts;
}

}  // namespace

const char* words(Gap::Cause cause) {
    switch (cause) {
        case Gap::Cause::not_recorded: return "not recorded";
        case Gap::Cause::not_coded: return "recorded without a readable code";
        case Gap::Cause::unreadable: return "could not be read";
        case Gap::Cause::not_asked: return "not read at this hook";
        case Gap::Cause::unusable: return "recorded but unusable";
        case Gap::Cause::undecided: return "recorded but undecided";
        case Gap::Cause::failed: break;
    }
    return "a fault of this service";
}

void write_explanation(json::Writer& writer, const fhir::Knowledge& knowledge, domain::Facts& facts,
                       const std::vector<guideline::Verdict>& verdicts, const std::vector<std::string>& only) {
    const auto is_wanted = [&](const guideline::Verdict& verdict) {
        return only.empty() || std::find(only.begin(), only.end(), verdict.recommendation->id) != only.end();
    };
    const auto named = facts_of(verdicts, is_wanted);
    writer.key("org.rectal-cds.explanation").begin_object();
    writer.key("facts").begin_array();
    for (domain::FactId id = 0; id < domain::vocabulary().size(); ++id) {
        if (only.empty() || named.count(id) != 0) write_fact(writer, domain::vocabulary()[id], facts[id]);
    }
    writer.end_array();
    write_unusable(writer, facts.assessment().record.unusable);
    writer.key("recommendations").begin_array();
    for (const auto& verdict : verdicts) {
        if (!is_wanted(verdict)) continue;
        writer.begin_object().member("id", verdict.recommendation->id).member("applies", base::word(verdict.applies));
        if (verdict.fires()) writer.member("indicator", guideline::word(verdict.indicator));
        if (verdict.expired) writer.member("expired", true);
        writer.key("conditions").begin_array();
        for (const domain::FactId condition : verdict.recommendation->conditions) {
            writer.begin_object().member("fact", domain::vocabulary()[condition].name).member("value", base::word(facts[condition].truth)).end_object();
        }
        writer.end_array().end_object();
    }
    writer.end_array();
    write_unapproved(writer, knowledge.unapproved, facts.assessment().record.hook);
    writer.end_object();
}

}  // namespace rectal_cds::cdshooks
