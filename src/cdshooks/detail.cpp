#include "cdshooks/detail.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include <kainjow/mustache.hpp>

#include "cdshooks/governance.hpp"
#include "cdshooks/markdown.hpp"

namespace rectal_cds::cdshooks {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

namespace {

constexpr std::size_t max_evidence_per_fact = 6;
constexpr std::size_t max_missing = 12;

// Compiled once for each thread and template: reading a template takes several times as long as filling it in. Emptied
// now and then, so that templates of knowledge that was replaced do not stay.
mustache& compiled(const std::string& text) {
    constexpr std::size_t most_kept = 500;
    thread_local std::unordered_map<std::string, mustache> kept;
    if (const auto found = kept.find(text); found != kept.end()) return found->second;
    if (kept.size() >= most_kept) kept.clear();
    mustache& made = kept.emplace(text, mustache{text}).first->second;
    made.set_custom_escape([](const std::string& value) { return escape_markdown(value, 2000); });
    return made;
}

std::string rendered(const std::string& text, const data& values) {
    std::string result;
    result.reserve(text.size() * 2);
    compiled(text).render(values, [&result](const std::string& part) { result += part; });
    return result;
}

bool has_placeholders(const std::string& text) { return text.find("{{") != std::string::npos; }

std::string with_values(const std::string& text, const NamedValues& values) {
    if (!has_placeholders(text)) return text;
    data named;
    for (const auto& [name, value] : values) named[std::string(name)] = value;
    return rendered(text, named);
}

// Items made in place: the library's own push_back, and a list that grows, copy all that is below an item.
class Items {
public:
    explicit Items(std::size_t most) { items().reserve(most); }
    data& add() { return items().emplace_back(); }
    data take() { return std::move(list_); }

private:
    kainjow::mustache::list& items() { return const_cast<kainjow::mustache::list&>(list_.list_value()); }
    data list_{data::type::list};
};

data evidence_of(const domain::Finding& finding) {
    Items list(max_evidence_per_fact + 1);
    const std::size_t shown = std::min(finding.evidence.size(), max_evidence_per_fact);
    for (std::size_t i = 0; i < shown; ++i) {
        const domain::Source& source = *finding.evidence[i];
        data& item = list.add();
        item["says"] = source.says;
        item["reference"] = source.reference;
        if (source.when) item["when"] = iso(*source.when);
    }
    if (shown < finding.evidence.size()) {
        data& item = list.add();
        item["says"] = "and " + std::to_string(finding.evidence.size() - shown) + " more";
        item["reference"] = std::string("of the same kind");
    }
    return list.take();
}

struct Basis {
    data why{data::type::list};
    std::string also;
    std::vector<std::string> missing;
};

void add_missing(std::vector<std::string>& missing, const std::string& what) {
    const bool known = std::find(missing.begin(), missing.end(), what) != missing.end();
    if (!known && !what.empty() && missing.size() < max_missing) missing.push_back(what);
}

// Facts with evidence or a derived value are told one by one; the rest in one line.
Basis basis_of(const guideline::Recommendation& recommendation, domain::Facts& facts) {
    Basis basis;
    std::vector<domain::FactId> ids = recommendation.conditions;
    for (const auto& escalation : recommendation.escalations) {
        const domain::Finding& finding = facts[escalation.fact];
        if (finding.yes()) ids.push_back(escalation.fact);
        if (finding.truth != base::Truth::unknown) continue;
        for (const auto& gap : finding.gaps)
            add_missing(basis.missing, gap.what + ", on which the severity of this card depends");
    }
    Items why(ids.size());
    for (const domain::FactId id : ids) {
        const domain::Finding& finding = facts[id];
        const std::string name(domain::vocabulary()[id].name);
        for (const auto& gap : finding.gaps) add_missing(basis.missing, gap.what);
        if (finding.evidence.empty() && finding.note.empty()) {
            basis.also += (basis.also.empty() ? "" : "; ") + name;
            continue;
        }
        data& fact = why.add();
        fact["fact"] = name;
        if (!finding.note.empty()) fact["note"] = finding.note;
        fact["evidence"] = evidence_of(finding);
    }
    basis.why = why.take();
    return basis;
}

// Whatever an unread input holds may speak against the card (088: it is shown all the same).
void add_unread(std::vector<std::string>& missing, const NamedValues& values) {
    for (const auto& [name, value] : values) {
        if (name == "unreadInputs")
            add_missing(missing, "not read: " + value + "; what it holds, also against this card, was not considered");
    }
}

void add_record_remarks(std::vector<std::string>& missing, const domain::Case& record) {
    for (const auto& other : record.other_primaries)
        add_missing(missing, "another primary cancer is on record: " + other.source.says);
    for (const auto& item : record.unusable)
        add_missing(missing, item.source.says + " (" + item.source.reference + ") was not used. " + item.problem);
}

data citations_of(const guideline::Recommendation& recommendation) {
    Items list(recommendation.citations.size());
    int number = 0;
    for (const auto& citation : recommendation.citations) {
        data& item = list.add();
        item["number"] = std::to_string(++number);
        item["reference"] = citation.reference;
        if (!citation.url.empty()) item["url"] = citation.url;
    }
    return list.take();
}

data list_of(const std::vector<std::string>& items, const char* member) {
    Items list(items.size());
    for (const std::string& text : items) list.add()[member] = text;
    return list.take();
}

void add_governance(data& values, const guideline::Recommendation& r, base::Day today) {
    values["id"] = r.id;
    values["grade"] = r.grade;
    values["version"] = r.version;
    values["date"] = base::iso(r.date);
    values["reviewStatus"] = review_status(r);
    values["overdue"] = data{today > r.review_by ? data::type::bool_true : data::type::bool_false};
    values["reviewBy"] = base::iso(r.review_by);
    if (!r.limits.empty()) values["limits"] = r.limits;
}

}  // namespace

std::string render_detail(const fhir::Knowledge& knowledge, const guideline::Verdict& verdict, const std::string& text,
                          domain::Facts& facts, const NamedValues& values, const std::vector<OptionRemark>& remarks) {
    const guideline::Recommendation& recommendation = *verdict.recommendation;
    Basis basis = basis_of(recommendation, facts);
    if (!guideline::tells_what_was_not_read(recommendation)) add_unread(basis.missing, values);
    add_record_remarks(basis.missing, facts.assessment().record);

    data card;
    card["description"] = with_values(text, values);
    card["why"] = std::move(basis.why);
    if (!basis.also.empty()) card["also"] = basis.also;
    card["hasMissing"] = data{basis.missing.empty() ? data::type::bool_false : data::type::bool_true};
    card["missing"] = list_of(basis.missing, "what");
    Items options(remarks.size());
    for (const OptionRemark& remark : remarks) {
        data& item = options.add();
        item["label"] = remark.label;
        item["remark"] = remark.remark;
    }
    card["hasOptions"] = data{remarks.empty() ? data::type::bool_false : data::type::bool_true};
    card["options"] = options.take();
    card["citations"] = citations_of(recommendation);
    add_governance(card, recommendation, facts.assessment().record.today);
    return rendered(knowledge.card_template, card);
}

}  // namespace rectal_cds::cdshooks
