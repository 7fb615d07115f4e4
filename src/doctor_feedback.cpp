#include "doctor_feedback.hpp"

#include "cdshooks/feedback.hpp"
#include "cdshooks/request.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

namespace rectal_cds {

namespace {

void count(const cdshooks::FeedbackItem& item, FeedbackReport& into) {
    ++into.items;
    into.foreign_cards += cdshooks::is_uuid(item.card) ? 0 : 1;
    if (item.outcome == cdshooks::FeedbackOutcome::accepted) {
        ++into.accepted;
        return;
    }
    ++into.overridden;
    into.coded_reasons += item.reason.is_coded() ? 1 : 0;
    into.comments += item.reason.comment.empty() ? 0 : 1;
    into.without_reason += item.reason.is_given() ? 0 : 1;
}

}  // namespace

std::optional<FeedbackReport> examine_feedback(const std::string& body) {
    const auto document = json::Document::parse(std::string(body));
    if (!document) return std::nullopt;
    const json::Value root = document.value().root();
    if (!root["feedback"].exists() || root["hook"].exists()) return std::nullopt;
    FeedbackReport report;
    const auto read = cdshooks::read_feedback(body);
    if (!read) {
        report.fault = read.error();
        report.status = read.error().kind == base::ErrorKind::too_large ? 413 : 400;
        return report;
    }
    for (const cdshooks::FeedbackItem& item : read.value()) count(item, report);
    return report;
}

std::string in_words(const FeedbackReport& report) {
    const auto number = [](std::size_t value) { return std::to_string(value); };
    std::string text = report.file + ", request " + number(report.number) + "\n";
    if (report.fault) {
        return text + "  Call: feedback\n  REFUSED whole with " + std::to_string(report.status) + " for this, the first fault: " +
               (report.fault->where.empty() ? "" : report.fault->where + ": ") + report.fault->what + "\n";
    }
    text += "  Call: feedback on " + number(report.items) + " cards: " + number(report.accepted) + " accepted, " + number(report.overridden) + " overridden\n";
    text += "  Form: right\n";
    if (report.overridden > 0) {
        text += "  Overridden with a coded reason: " + number(report.coded_reasons) + ", with a comment: " + number(report.comments) + ", with neither: " +
                number(report.without_reason) + "\n";
    }
    if (report.foreign_cards > 0) text += "  Cards whose id is no UUID, so none of this service: " + number(report.foreign_cards) + "\n";
    return text;
}

std::string as_json(const FeedbackReport& report) {
    json::Writer writer;
    writer.begin_object().member("file", report.file).member("request", report.number).member("status", report.status);
    if (report.fault) writer.key("fault").begin_object().member("place", report.fault->where).member("what", report.fault->what).end_object();
    writer.key("feedback").begin_object().member("items", report.items).member("accepted", report.accepted).member("overridden", report.overridden);
    writer.member("codedReasons", report.coded_reasons).member("comments", report.comments).member("withoutReason", report.without_reason);
    return writer.member("foreignCards", report.foreign_cards).end_object().end_object().take();
}

}  // namespace rectal_cds
