#include "cohort/changes.hpp"

#include <map>
#include <string>
#include <vector>

#include "guideline/recommendation.hpp"
#include "json/document.hpp"

namespace rectal_cds::cohort {

namespace {

using Indicators = std::map<std::string, std::string>;
using Wordings = std::map<std::string, std::string>;

// Of shown and folded recommendations, and of the service's own cards.
Indicators indicators_of(const cdshooks::Answer& answer) {
    Indicators indicators;
    for (const auto* list : {&answer.shown, &answer.folded}) {
        for (const auto& one : *list) indicators[one.id] = guideline::word(one.indicator);
    }
    for (const auto& card : answer.cards) {
        if (card.recommendation_id == "notAssessed")
            indicators[card.recommendation_id] = guideline::word(card.indicator);
    }
    return indicators;
}

Wordings wordings_of(const cdshooks::Answer& answer) {
    Wordings wordings;
    const auto document = json::Document::parse(std::string(answer.body));
    if (!document) return wordings;
    for (const json::Value card : document.value().root()["cards"].elements()) {
        std::string& wording = wordings[std::string(card["source"]["topic"]["code"].text())];
        wording.append(card["summary"].text()).append("\n").append(card["detail"].text());
        for (const json::Value suggestion : card["suggestions"].elements()) {
            wording.append("\n").append(suggestion["label"].text());
        }
    }
    return wordings;
}

struct Changes {
    std::vector<std::string> added, removed, indicator, wording;
    bool is_status = false;
    bool any() const {
        return is_status || !(added.empty() && removed.empty() && indicator.empty() && wording.empty());
    }
};

Changes compare(const Indicators& before, const Indicators& after) {
    Changes changes;
    for (const auto& [id, indicator] : after) {
        const auto known = before.find(id);
        if (known == before.end()) changes.added.push_back(id);
        if (known != before.end() && known->second != indicator) changes.indicator.push_back(id);
    }
    for (const auto& [id, indicator] : before) {
        if (after.count(id) == 0) changes.removed.push_back(id);
    }
    return changes;
}

void write_recommendations(json::Writer& writer, const char* key, const std::vector<std::string>& ids,
                           const Indicators& of) {
    if (ids.empty()) return;
    writer.key(key).begin_array();
    for (const std::string& id : ids)
        writer.begin_object().member("id", id).member("indicator", of.at(id)).end_object();
    writer.end_array();
}

}  // namespace

void write_changes(json::Writer& writer, const cdshooks::Answer& before, const cdshooks::Answer& after) {
    const Indicators old = indicators_of(before), now = indicators_of(after);
    Changes changes = compare(old, now);
    changes.is_status = before.status != after.status;
    const Wordings old_words = wordings_of(before), words = wordings_of(after);
    for (const auto& [id, wording] : words) {
        const auto known = old_words.find(id);
        if (known != old_words.end() && known->second != wording) changes.wording.push_back(id);
    }
    if (!changes.any()) return;
    writer.key("changes").begin_object();
    write_recommendations(writer, "added", changes.added, now);
    write_recommendations(writer, "removed", changes.removed, old);
    if (!changes.indicator.empty()) {
        writer.key("indicator").begin_array();
        for (const std::string& id : changes.indicator) {
            writer.begin_object().member("id", id).member("from", old.at(id)).member("to", now.at(id)).end_object();
        }
        writer.end_array();
    }
    if (!changes.wording.empty()) {
        writer.key("wording").begin_array();
        for (const std::string& id : changes.wording) writer.string(id);
        writer.end_array();
    }
    if (changes.is_status) {
        writer.key("status").begin_object().member("from", before.status).member("to", after.status).end_object();
    }
    writer.end_object();
}

}  // namespace rectal_cds::cohort
