#include "cdshooks/evidence_hash.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "json/writer.hpp"

namespace rectal_cds::cdshooks {

using domain::FactId;

namespace {

// Members that the way from selecting to signing may change while the order stays what it is.
constexpr std::array<std::string_view, 14> passing_members{
    "id", "meta", "text", "status", "statusReason", "authoredOn", "identifier",
    "encounter", "requester", "recorder", "performer", "subject", "implicitRules", "language"};

// All facts that decide whether the recommendation fires, how severely, and what it offers.
std::vector<FactId> facts_of(const guideline::Recommendation& recommendation) {
    std::vector<FactId> ids = recommendation.conditions;
    for (const auto& escalation : recommendation.escalations) ids.push_back(escalation.fact);
    for (const auto& suggestion : recommendation.suggestions) {
        ids.insert(ids.end(), suggestion.conditions.begin(), suggestion.conditions.end());
        if (suggestion.recommended_when) ids.push_back(*suggestion.recommended_when);
    }
    return ids;
}

void add_finding(StableHash& hash, const domain::Finding& finding) {
    hash.add(base::word(finding.truth));
    std::vector<std::string> lines;  // sorted: a FHIR server may answer in any order
    for (const domain::Source* source : finding.evidence) {
        lines.push_back(source->reference + '\n' + source->says + '\n' + (source->when ? iso(*source->when) : ""));
    }
    for (const domain::Gap& gap : finding.gaps) lines.push_back(std::to_string(static_cast<int>(gap.cause)) + '\n' + gap.what);
    std::sort(lines.begin(), lines.end());
    hash.add(std::to_string(lines.size()));
    for (const std::string& line : lines) hash.add(line);
}

void add_offer(StableHash& hash, const Suggestions& offered) {
    for (const ChosenSuggestion& chosen : offered.chosen) hash.add(chosen.label).add(chosen.recommended ? "recommended" : "");
    for (const OptionRemark& remark : offered.remarks) hash.add(remark.label).add(remark.remark);
}

std::string reference_of(json::Value resource) {
    return std::string(resource["resourceType"].text()) + '/' + std::string(resource["id"].text());
}

std::string content_of(json::Value order) {
    StableHash hash;
    std::vector<std::string> members;  // sorted: the order of members means nothing in JSON
    for (const json::Member member : order.members()) {
        if (std::find(passing_members.begin(), passing_members.end(), member.name) != passing_members.end()) continue;
        json::Writer writer;
        members.push_back(std::string(member.name) + '\n' + writer.value(member.value).take());
    }
    std::sort(members.begin(), members.end());
    for (const std::string& member : members) hash.add(member);
    return hash.hex();
}

}  // namespace

void StableHash::add_bytes(std::string_view bytes) {
    constexpr Bits prime = (Bits{1} << 88) | Bits{0x13b};
    for (const char byte : bytes) bits_ = (bits_ ^ static_cast<unsigned char>(byte)) * prime;
}

StableHash& StableHash::add(std::string_view text) {
    add_bytes(text);
    add_bytes(":" + std::to_string(text.size()) + ";");
    return *this;
}

std::string StableHash::hex() const {
    char text[33];
    std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(bits_ >> 64), static_cast<unsigned long long>(bits_));
    return text;
}

std::string evidence_hash(const guideline::Verdict& verdict, domain::Facts& facts, const std::string& content_version,
                          const Suggestions* offered) {
    StableHash hash;
    hash.add(verdict.recommendation->id).add(guideline::word(verdict.indicator)).add(content_version);
    for (const FactId id : facts_of(*verdict.recommendation)) add_finding(hash.add(domain::vocabulary()[id].name), facts[id]);
    if (offered) add_offer(hash, *offered);
    return hash.hex();
}

std::vector<std::string> drafts_behind(const guideline::Recommendation& recommendation, domain::Facts& facts, const Request& request) {
    std::vector<FactId> ids = recommendation.conditions;
    for (const auto& escalation : recommendation.escalations) {
        if (facts[escalation.fact].yes()) ids.push_back(escalation.fact);
    }
    const auto rests_on = [&](const std::string& reference) {
        return std::any_of(ids.begin(), ids.end(), [&](FactId id) {
            const auto& evidence = facts[id].evidence;
            return std::any_of(evidence.begin(), evidence.end(), [&](const auto* source) { return source->reference == reference; });
        });
    };
    std::vector<std::string> drafts;
    for (const json::Value entry : request.draft_orders["entry"].elements()) {
        if (entry["resource"]["id"].text().empty()) continue;
        std::string reference = reference_of(entry["resource"]);
        const bool is_new = std::find(drafts.begin(), drafts.end(), reference) == drafts.end();
        if (is_new && rests_on(reference)) drafts.push_back(std::move(reference));
    }
    return drafts;
}

std::string order_identity(const std::vector<std::string>& drafts, const Request& request) {
    std::vector<std::string> orders;
    for (const json::Value entry : request.draft_orders["entry"].elements()) {
        const json::Value order = entry["resource"];
        if (order["resourceType"].text().empty() || order["resourceType"].text() == "Medication") continue;
        if (order["id"].text().empty()) return {};
        std::string reference = reference_of(order);
        if (std::find(drafts.begin(), drafts.end(), reference) != drafts.end()) orders.push_back(reference + ' ' + content_of(order));
    }
    std::sort(orders.begin(), orders.end());
    std::string identity;
    for (const std::string& order : orders) identity += (identity.empty() ? "" : "\n") + order;
    return identity;
}

}  // namespace rectal_cds::cdshooks
