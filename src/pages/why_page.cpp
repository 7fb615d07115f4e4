#include "pages/why_page.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

#include "base/truth.hpp"
#include "cdshooks/request.hpp"
#include "domain/vocabulary.hpp"

namespace rectal_cds::pages {

using base::Truth;
using cdshooks::FactSeen;
using cdshooks::InputState;
using cdshooks::JudgedSeen;
using cdshooks::Reasons;

namespace {

Values evidence_of(const FactSeen& fact) {
    Values list{Values::type::list};
    for (const auto& each : fact.evidence) {
        Values item;
        item["says"] = each.says, item["when"] = each.when, item["reference"] = each.reference;
        item["hasWhen"] = flag(!each.when.empty());
        list << item;
    }
    return list;
}

// "could not be read" stands in many of these texts already.
std::string in_words(const FactSeen::Missing& missing) {
    const bool says_why = missing.what.find(missing.cause) != std::string::npos;
    return says_why ? missing.what : missing.what + ": " + missing.cause;
}

Values missing_of(const FactSeen& fact) {
    Values list{Values::type::list};
    for (const auto& each : fact.missing) {
        Values item;
        item["text"] = in_words(each);
        list << item;
    }
    return list;
}

Values fact_of(const Reasons& reasons, domain::FactId id) {
    Values item;
    item["name"] = std::string(domain::vocabulary()[id].name);
    item["meaning"] = std::string(domain::vocabulary()[id].meaning);
    const FactSeen* seen = reasons.fact(id);
    if (!seen) return item;
    item["value"] = std::string(base::word(seen->truth));
    item["note"] = seen->note, item["hasNote"] = flag(!seen->note.empty());
    item["evidence"] = evidence_of(*seen), item["missing"] = missing_of(*seen);
    const bool is_bare = seen->evidence.empty() && seen->note.empty() && seen->missing.empty();
    item["isBare"] = flag(is_bare);
    return item;
}

Values facts_of(const Reasons& reasons, const std::vector<domain::FactId>& ids) {
    Values list{Values::type::list};
    for (const domain::FactId id : ids) list << fact_of(reasons, id);
    return list;
}

// What its severity depends on, and what each fact makes of it.
Values escalations_of(const Reasons& reasons, const JudgedSeen& about) {
    Values list{Values::type::list};
    for (const auto& escalation : about.escalations) {
        Values item = fact_of(reasons, escalation.fact);
        item["severity"] = std::string(guideline::word(escalation.indicator));
        list << item;
    }
    return list;
}

struct Changes {
    std::vector<domain::FactId> on_data, on_absence;  // conditions that hold by what is recorded, or by what is not
};

Changes changes_of(const Reasons& reasons, const JudgedSeen& about) {
    Changes changes;
    for (const domain::FactId id : about.conditions) {
        const FactSeen* seen = reasons.fact(id);
        (seen && (!seen->evidence.empty() || !seen->note.empty()) ? changes.on_data : changes.on_absence).push_back(id);
    }
    return changes;
}

// An invented patient for whom it fires, to change facts of.
std::string sample_for(const View& view, const std::string& id) {
    for (const fhir::GoldenCase& golden : view.content.knowledge.governance.golden_cases) {
        for (const auto& [expected, indicator] : golden.expected) {
            if (expected == id) return std::filesystem::path(golden.path).stem().string();
        }
    }
    return {};
}

Values about_of(const View& view, const Reasons& reasons, const JudgedSeen& about) {
    const Changes changes = changes_of(reasons, about);
    Values item;
    item["base"] = view.settings.base_path;
    item["id"] = about.id, item["title"] = about.title;
    item["severity"] = std::string(guideline::word(about.indicator));
    item["hasPage"] = flag(view.content.knowledge.recommendation(about.id) != nullptr);
    item["conditions"] = facts_of(reasons, about.conditions);
    item["hasEscalations"] = flag(!about.escalations.empty()), item["escalations"] = escalations_of(reasons, about);
    item["onData"] = facts_of(reasons, changes.on_data), item["hasData"] = flag(!changes.on_data.empty());
    item["onAbsence"] = facts_of(reasons, changes.on_absence), item["hasAbsence"] = flag(!changes.on_absence.empty());
    const std::string sample = sample_for(view, about.id);
    item["sample"] = sample, item["hasSample"] = flag(view.settings.has_simulator && !sample.empty());
    return item;
}

// Each undecided recommendation with the facts that keep it open.
Values undecided_of(const View& view, const Reasons& reasons) {
    Values list{Values::type::list};
    for (const JudgedSeen& about : reasons.undecided) {
        std::vector<domain::FactId> open;
        std::copy_if(about.conditions.begin(), about.conditions.end(), std::back_inserter(open),
                     [&](domain::FactId id) {
                         const FactSeen* seen = reasons.fact(id);
                         return !seen || seen->truth != Truth::yes;
                     });
        Values item;
        item["base"] = view.settings.base_path;
        item["id"] = about.id, item["title"] = about.title, item["open"] = facts_of(reasons, open);
        item["hasPage"] = flag(view.content.knowledge.recommendation(about.id) != nullptr);
        list << item;
    }
    return list;
}

// "medicationRequests" as "Medication requests".
std::string in_words(std::string_view key) {
    std::string words;
    for (const char c : key) {
        const auto letter = static_cast<unsigned char>(c);
        if (words.empty())
            words += static_cast<char>(std::toupper(letter));
        else if (std::isupper(letter))
            words += std::string(" ") + static_cast<char>(std::tolower(letter));
        else
            words += c;
    }
    return words;
}

bool is_whole(InputState state) { return state == InputState::present || state == InputState::empty; }

std::string state_in_words(InputState state) {
    switch (state) {
    case InputState::present: return "read whole";
    case InputState::empty: return "read, nothing on record";
    case InputState::incomplete: return "read in part";
    case InputState::absent: return "not delivered";
    default: return "could not be read";
    }
}

Values inputs_of(const Reasons& reasons) {
    Values list{Values::type::list};
    for (int i = 0; i < domain::input_count; ++i) {
        const cdshooks::InputReport& input = reasons.inputs[static_cast<std::size_t>(i)];
        if (input.state == InputState::not_asked) continue;
        Values item;
        item["input"] = in_words(domain::name(static_cast<domain::Input>(i)));
        item["state"] = state_in_words(input.state);
        item["kind"] = std::string(is_whole(input.state) ? "ok" : "unknown");
        item["fetched"] = flag(input.is_fetched);
        item["failure"] = std::string(name(input.failure));
        item["hasFailure"] = flag(input.failure != cdshooks::FetchFailure::none);
        list << item;
    }
    return list;
}

// What the facts of this card lack, each once, and the parts of the record that were not read whole.
Values missing_lines(const Reasons& reasons, const cdshooks::CardSeen& card, bool& has_any) {
    std::set<std::string> lines(reasons.not_used.begin(), reasons.not_used.end());
    for (int i = 0; i < domain::input_count; ++i) {
        const InputState state = reasons.inputs[static_cast<std::size_t>(i)].state;
        if (state == InputState::not_asked || is_whole(state)) continue;
        lines.insert(in_words(domain::name(static_cast<domain::Input>(i))) + ": " + state_in_words(state) +
                     "; what is not read, also against this card, was not considered");
    }
    for (const JudgedSeen& about : card.about) {
        std::vector<domain::FactId> ids = about.conditions;
        for (const auto& escalation : about.escalations) ids.push_back(escalation.fact);
        for (const domain::FactId id : ids) {
            const FactSeen* seen = reasons.fact(id);
            if (!seen) continue;
            for (const auto& each : seen->missing) lines.insert(in_words(each));
        }
    }
    has_any = !lines.empty();
    return list_of({lines.begin(), lines.end()}, "text");
}

}  // namespace

Page why_page(const View& view, const ReasonMemory::Found& found) {
    const Reasons& reasons = *found.reasons;
    const cdshooks::CardSeen& card = reasons.cards.at(found.card);
    Values values;
    values["base"] = view.settings.base_path;
    values["summary"] = card.summary, values["severity"] = std::string(guideline::word(card.indicator));
    values["hook"] = std::string(cdshooks::name(reasons.hook)), values["today"] = base::iso(reasons.today);
    values["version"] = reasons.content_version;
    values["isOtherVersion"] = flag(reasons.content_version != view.content.knowledge.version);
    Values about{Values::type::list};
    for (const JudgedSeen& each : card.about) about << about_of(view, reasons, each);
    values["about"] = std::move(about);
    bool has_missing = false;
    values["missing"] = missing_lines(reasons, card, has_missing), values["hasMissing"] = flag(has_missing);
    values["undecided"] = undecided_of(view, reasons), values["hasUndecided"] = flag(!reasons.undecided.empty());
    values["inputs"] = inputs_of(reasons);
    return {"Why this card", "why", filled("why.mustache", values), 200, true};
}

Page unknown_card_page() {
    return {"No explanation", "why", filled("why_unknown.mustache", Values{Values::type::object}), 404};
}

Page ended_link_page() {
    return {"The link has ended", "why", filled("why_ended.mustache", Values{Values::type::object}), 410};
}

}  // namespace rectal_cds::pages
