#include "cdshooks/card.hpp"

#include <cctype>

#include "cdshooks/html.hpp"

namespace rectal_cds::cdshooks {

namespace {

constexpr const char* topic_system = "https://rectal-cds.example/fhir/CodeSystem/recommendation";

void write_source(json::Writer& writer, const Card& card, const WireProfile& profile) {
    writer.key("source").begin_object().member("label", card.source_label);
    if (!card.source_url.empty()) writer.member("url", card.source_url);
    if (profile.has_members_of_1_1()) {
        writer.key("topic").begin_object().member("system", topic_system).member("code", card.topic);
        writer.member("display", card.topic_display).end_object();
    }
    writer.end_object();
}

void write_override_reasons(json::Writer& writer, const Card& card) {
    if (card.override_reasons.empty()) return;
    writer.key("overrideReasons").begin_array();
    for (const fhir::Coding& reason : card.override_reasons) {
        writer.begin_object()
            .member("code", reason.code)
            .member("system", reason.system)
            .member("display", reason.display)
            .end_object();
    }
    writer.end_array();
}

void write_links(json::Writer& writer, const Card& card) {
    if (card.links.empty()) return;
    writer.key("links").begin_array();
    for (const CardLink& link : card.links) {
        writer.begin_object().member("label", link.label).member("url", link.url);
        writer.member("type", link.type == LinkType::smart ? "smart" : "absolute").end_object();
    }
    writer.end_array();
}

// Which drafted orders the card is about (cds-hooks.md 8.7), and Epic's name for another form of the detail. Strict
// readers of 1.0 refuse members they do not know.
void write_extension(json::Writer& writer, const Card& card, const WireProfile& profile) {
    const bool names_orders = !card.orders.empty() && profile.has_members_of_1_1();
    if (!names_orders && !profile.writes_html()) return;
    writer.key("extension").begin_object();
    if (profile.writes_html()) writer.member("com.epic.cdshooks.card.detail.content-type", "text/html");
    if (names_orders) {
        writer.key("davinci-crd.associated-resource").begin_array();
        for (const std::string& order : card.orders) writer.begin_object().member("reference", order).end_object();
        writer.end_array();
    }
    writer.end_object();
}

}  // namespace

std::string topic_code(std::string_view id) {
    std::string code;
    bool upper = false;
    for (const char c : id) {
        if (c != '-') code += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        upper = c == '-';
    }
    return code;
}

void identify(Card& card, UuidSource& uuids) {
    card.uuid = uuids.next();
    for (ChosenSuggestion& chosen : card.suggestions.chosen) chosen.uuid = uuids.next();
}

void write_card(json::Writer& writer, const Card& card, const WireProfile& profile, const fhir::OrderContext& orders) {
    writer.begin_object();
    if (profile.has_members_of_1_1()) writer.member("uuid", card.uuid);
    writer.member("summary", card.summary).member("indicator", guideline::word(card.indicator));
    writer.member("detail", profile.writes_html() ? html_of(card.detail) : card.detail);
    write_source(writer, card, profile);
    write_suggestions(writer, card.suggestions, profile, orders);
    if (profile.has_members_of_1_1()) write_override_reasons(writer, card);
    write_links(writer, card);
    write_extension(writer, card, profile);
    writer.end_object();
}

}  // namespace rectal_cds::cdshooks
