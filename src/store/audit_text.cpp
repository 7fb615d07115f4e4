#include "store/audit_text.hpp"

#include "json/writer.hpp"

namespace rectal_cds::store {

namespace {

void write_texts(json::Writer& writer, std::string_view name, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    writer.key(name).begin_array();
    for (const std::string& text : texts) writer.string(text);
    writer.end_array();
}

void write_given(json::Writer& writer, std::string_view name, const std::string& text) {
    if (!text.empty()) writer.member(name, text);
}

}  // namespace

std::string audit_text(const IssuedAnswer& answer) {
    json::Writer writer;
    writer.begin_object().member("event", "evaluation").member("client", answer.client);
    write_given(writer, "tokenId", answer.token_id);
    writer.member("service", answer.service_id).member("hook", answer.hook).member("status", answer.status);
    write_given(writer, "hookInstance", answer.hook_instance);
    write_given(writer, "user", answer.user_id);
    write_given(writer, "encounter", answer.encounter_id);
    write_given(writer, "location", answer.location);
    write_given(writer, "patient", answer.patient);
    write_given(writer, "correlationId", answer.correlation_id);
    write_given(writer, "contentVersion", answer.content_version);
    if (answer.silent) writer.member("silent", true);
    writer.key("cards").begin_array();
    for (const cdshooks::WrittenCard& card : answer.cards) {
        writer.begin_object().member("uuid", card.uuid).member("recommendation", card.recommendation_id);
        writer.member("indicator", guideline::word(card.indicator)).end_object();
    }
    writer.end_array();
    write_texts(writer, "wouldShow", answer.would_show);
    write_texts(writer, answer.would_show.empty() ? "folded" : "wouldFold", answer.folded);
    write_texts(writer, "suppressed", answer.suppressed);
    return writer.end_object().take();
}

std::string audit_text(const FeedbackBatch& batch, const BatchResult& result) {
    json::Writer writer;
    writer.begin_object()
        .member("event", "feedback")
        .member("client", batch.client)
        .member("service", batch.service_id);
    writer.member("stored", result.stored).member("repeated", result.repeated).member("unmatched", result.unmatched);
    writer.key("items").begin_array();
    for (const cdshooks::FeedbackItem& item : batch.items) {
        writer.begin_object().member("card", item.card).member("outcome", cdshooks::name(item.outcome)).end_object();
    }
    return writer.end_array().end_object().take();
}

}  // namespace rectal_cds::store
