// The export of feedback: joined with its cards, complete, and harmless in a spreadsheet (T108, decisions.md 58 and
// 60).
#include "store/feedback_export.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <map>

#include "store/samples.hpp"
#include "json/document.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;
using namespace std::chrono_literals;
namespace data = boost::unit_test::data;

namespace {

using Record = std::map<std::string, std::string>;

// Reads CSV as RFC 4180 has it, and takes the apostrophe of a protected field away.
std::vector<std::vector<std::string>> parse_csv(const std::string& text) {
    std::vector<std::vector<std::string>> lines(1);
    std::size_t at = 0;
    while (at < text.size()) {
        BOOST_TEST_REQUIRE(text[at] == '"', "A field without quotes at " << at);
        std::string field;
        for (++at; text[at] != '"' || text[at + 1] == '"'; ++at) {
            if (text[at] == '"') ++at;
            field += text[at];
        }
        lines.back().push_back(field.substr(!field.empty() && field[0] == '\'' ? 1 : 0));
        if (text.compare(++at, 2, "\r\n") == 0) {
            at += 2;
            lines.emplace_back();
        } else {
            BOOST_TEST_REQUIRE(text[at++] == ',');
        }
    }
    lines.pop_back();
    return lines;
}

std::vector<Record> from_csv(const std::string& text) {
    const auto lines = parse_csv(text);
    std::vector<Record> records;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        BOOST_TEST_REQUIRE(lines[i].size() == lines[0].size());
        Record& record = records.emplace_back();
        for (std::size_t j = 0; j < lines[i].size(); ++j) record[lines[0][j]] = lines[i][j];
    }
    return records;
}

struct Exported {
    std::vector<ExportedFeedback> items;
    std::string csv = csv_heading();
};

Exported exported(const std::string& file, const ExportRange& range = {}) {
    Exported result;
    const auto count = export_feedback(file, range, [&](const ExportedFeedback& feedback) {
        result.items.push_back(feedback);
        result.csv += csv_line(feedback);
    });
    BOOST_TEST_REQUIRE(count.ok(), (count ? "" : count.error().what));
    BOOST_TEST(count.value() == result.items.size());
    return result;
}

struct StoreToExport {
    testing::TemporaryFolder folder;
    StoreOptions options = in(folder);
    std::unique_ptr<Store> store = opened(options);
    std::uint64_t recorded = 0;

    void issue(std::vector<unsigned> cards) {
        store->record_issued(answer(std::move(cards)));
        await_recorded(*store, ++recorded);
    }
    void save(std::vector<cdshooks::FeedbackItem> items) {
        BOOST_TEST(saved(*store, batch(std::move(items))) == Saved::ok);
    }
};

cdshooks::FeedbackItem at_time(cdshooks::FeedbackItem item, const std::string& time) {
    item.at = at(time);
    return item;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_export, StoreToExport)

BOOST_AUTO_TEST_CASE(has_what_onc_asks_for_and_comes_back_from_csv) {
    issue({1});
    auto item = overridden(uuid(1), "Agreed, see \"note\"\nof 1 March; ä");
    item.reason.code = "OR-MDT", item.reason.system = "urn:x", item.reason.display = "Agreed exception";
    save({item});
    const auto records = from_csv(exported(options.place).csv);
    BOOST_TEST_REQUIRE(records.size() == 1U);
    const Record expected{{"intervention", "anti-egfr-ras-mutant"},
                          {"title", "Anti-EGFR antibody with a RAS mutation"},
                          {"content_version", "0.1.0"},
                          {"indicator", "critical"},
                          {"action", "overridden"},
                          {"suggestions", ""},
                          {"reason_code", "OR-MDT"},
                          {"reason_system", "urn:x"},
                          {"reason", "Agreed exception"},
                          {"reason_category", ""},
                          {"reason_title", ""},
                          {"comment", "Agreed, see \"note\"\nof 1 March; ä"},
                          {"remark", ""},
                          {"user", "Practitioner/onc-1"},
                          {"date", "2026-03-02T12:00:30.000000Z"},
                          {"location", "Site North"},
                          {"encounter", "enc-1"},
                          {"client", client},
                          {"service", service},
                          {"hook", "order-sign"},
                          {"hook_instance", "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"},
                          {"patient_pseudonym", "40199484ea45fecc195eaa27b79e2cf0"},
                          {"card", uuid(1)},
                          {"issued", "2026-03-02T12:00:00.000000Z"},
                          {"received", "2026-03-02T12:01:00.000000Z"}};
    BOOST_TEST((records[0] == expected));
    for (const auto& [name, value] : records[0]) BOOST_TEST(expected.at(name) == value, name);
}

BOOST_AUTO_TEST_CASE(names_the_accepted_suggestions_by_their_labels) {
    issue({1});
    save({accepted(uuid(1), {uuid(2001), uuid(1001), "unknown"})});
    const auto items = exported(options.place).items;
    BOOST_TEST_REQUIRE(items.size() == 1U);
    BOOST_TEST((items[0].suggestions == std::vector<std::string>{"Remove panitumumab", "Remove cetuximab", "unknown"}));
    BOOST_TEST(from_csv(exported(options.place).csv)[0]["suggestions"] ==
               "Remove panitumumab | Remove cetuximab | unknown");
}

BOOST_AUTO_TEST_CASE(comes_back_from_json) {
    issue({1});
    save({accepted(uuid(1), {uuid(1001)}), overridden(uuid(1), "=1+1")});
    for (const ExportedFeedback& item : exported(options.place).items) {
        auto document = json::Document::parse(json_object(item));
        BOOST_TEST_REQUIRE(document.ok());
        const json::Value root = document.value().root();
        BOOST_TEST(root["action"].text() == item.action);
        BOOST_TEST(root["comment"].text() == item.reason.comment);
        BOOST_TEST(root["suggestions"].size() == item.suggestions.size());
        BOOST_TEST(root["user"].text() == "Practitioner/onc-1");
    }
}

// Late and early feedback alike (decisions.md 58).
BOOST_AUTO_TEST_CASE(joins_when_it_is_read) {
    save({overridden(uuid(1), "came before its card")});
    const auto early = from_csv(exported(options.place).csv);
    BOOST_TEST_REQUIRE(early.size() == 1U);
    BOOST_TEST(early[0].at("remark") == "unmatched");
    issue({1});
    const auto matched = from_csv(exported(options.place).csv);
    BOOST_TEST_REQUIRE(matched.size() == 1U);
    BOOST_TEST(matched[0].at("remark").empty());
    BOOST_TEST(matched[0].at("intervention") == "anti-egfr-ras-mutant");
    auto late = batch({overridden(uuid(1), "came a month later")});
    late.received += 24h * 30;
    BOOST_TEST(saved(*store, late) == Saved::ok);
    BOOST_TEST(exported(options.place).items.size() == 2U);
}

// Nothing that was acknowledged is lost, and nothing of another client's card or patient is told.
BOOST_AUTO_TEST_CASE(marks_what_is_about_unknown_other_clients_and_other_services_cards) {
    issue({1});
    auto foreign = batch({overridden(uuid(1), "foreign")}), elsewhere = batch({overridden(uuid(1), "elsewhere")});
    foreign.client = "ehr-b";
    elsewhere.service_id = "rectal-cancer-patient-view";
    BOOST_TEST(saved(*store, foreign) == Saved::ok);
    BOOST_TEST(saved(*store, elsewhere) == Saved::ok);
    save({accepted("123456", {"s-1"})});
    const Exported all = exported(options.place);
    const auto records = from_csv(all.csv);
    BOOST_TEST_REQUIRE(records.size() == 3U);
    for (const Record& record : records) {
        BOOST_TEST(record.at("remark") == "unmatched");
        for (const char* column : {"intervention", "title", "indicator", "user", "encounter", "patient_pseudonym", "hook_instance", "issued"})
            BOOST_TEST(record.at(column).empty(), column);
        BOOST_TEST(!record.at("card").empty());
        BOOST_TEST(!record.at("client").empty());
    }
    for (const ExportedFeedback& item : all.items) BOOST_TEST(json_object(item).find(R"("remark":"unmatched")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(marks_a_suggestion_that_was_not_issued_with_its_card) {
    issue({1, 2});
    save({accepted(uuid(1), {uuid(1001), uuid(1002)}), accepted(uuid(2), {uuid(1002)})});
    std::map<std::string, std::string> remarks;
    for (const Record& record : from_csv(exported(options.place).csv)) remarks[record.at("card")] = record.at("remark");
    BOOST_TEST(remarks.at(uuid(1)) == "suggestion unknown");
    BOOST_TEST(remarks.at(uuid(2)).empty());
}

// --today and --now: the clients' clocks go on, so the two say nothing of each other.
BOOST_AUTO_TEST_CASE(judges_no_time_of_a_service_whose_clock_stood_still) {
    issue({1});
    auto tested = batch({at_time(overridden(uuid(1), "test"), "2025-01-01T12:00:00Z")});
    tested.has_test_clock = true;
    BOOST_TEST(saved(*store, tested) == Saved::ok);
    save({at_time(overridden(uuid(1), "real"), "2025-01-01T12:00:00Z")});
    std::map<std::string, std::string> remarks;
    for (const Record& record : from_csv(exported(options.place).csv)) remarks[record.at("comment")] = record.at("remark");
    BOOST_TEST(remarks.at("test") == "test clock");
    BOOST_TEST(remarks.at("real") == "time implausible");
}

BOOST_AUTO_TEST_CASE(marks_a_critical_override_without_reason_and_an_implausible_time) {
    issue({1});
    save({overridden(uuid(1)), at_time(overridden(uuid(1), "early"), "2026-03-02T11:54:59Z"),
          at_time(overridden(uuid(1), "in time"), "2026-03-02T11:55:00Z"),
          at_time(overridden(uuid(1), "future"), "2026-03-02T12:06:01Z"), accepted(uuid(1), {uuid(1001)})});
    std::map<std::string, std::string> remarks;
    for (const Record& record : from_csv(exported(options.place).csv))
        remarks[record.at("action") + record.at("comment")] = record.at("remark");
    BOOST_TEST(remarks.at("overridden") == "reason missing");
    BOOST_TEST(remarks.at("overriddenearly") == "time implausible");
    BOOST_TEST(remarks.at("overriddenin time").empty());
    BOOST_TEST(remarks.at("overriddenfuture") == "time implausible");
    BOOST_TEST(remarks.at("accepted").empty());
}

BOOST_AUTO_TEST_CASE(covers_the_days_from_and_to_whole_and_keeps_the_order) {
    issue({1});
    for (const char* time : {"2026-03-03T00:00:00Z", "2026-03-01T23:59:59.999999Z", "2026-03-02T00:00:00Z",
                             "2026-03-02T23:59:59.999999Z"}) {
        save({at_time(overridden(uuid(1)), time)});
    }
    const auto day = base::parse_day("2026-03-02").value();
    const auto of_day = exported(options.place, {day, day}).items;
    BOOST_TEST_REQUIRE(of_day.size() == 2U);
    BOOST_TEST(cdshooks::iso(of_day[0].at) == "2026-03-02T00:00:00.000000Z");
    BOOST_TEST(cdshooks::iso(of_day[1].at) == "2026-03-02T23:59:59.999999Z");
    BOOST_TEST(exported(options.place, {day, {}}).items.size() == 3U);
    BOOST_TEST(exported(options.place, {{}, day}).items.size() == 3U);
    BOOST_TEST(exported(options.place).items.size() == 4U);
}

BOOST_AUTO_TEST_CASE(is_complete_beyond_one_page_of_reading) {
    issue({1});
    for (unsigned i = 0; i < 13; ++i) {
        std::vector<cdshooks::FeedbackItem> items;
        for (unsigned j = 0; j < 100; ++j)
            items.push_back(overridden(uuid(1), std::to_string(i) + "/" + std::to_string(j)));
        save(items);
    }
    std::map<std::string, int> comments;
    for (const ExportedFeedback& item : exported(options.place).items) ++comments[item.reason.comment];
    BOOST_TEST(comments.size() == 1300U);
    for (const auto& [comment, times] : comments) BOOST_TEST(times == 1, comment);
}

BOOST_AUTO_TEST_CASE(of_a_file_that_is_no_store_is_refused) {
    const auto visit = [](const ExportedFeedback&) {};
    const std::string none = (folder.path() / "none").string(), other = (folder.path() / "other").string();
    BOOST_TEST(export_feedback(none, {}, visit).error().what == "There is no store of this name.");
    BOOST_TEST(!std::filesystem::exists(none), "It was created.");
    execute(other, "CREATE TABLE x (y TEXT)");
    BOOST_TEST(export_feedback(other, {}, visit).error().what == "This is not a store of this program.");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_field_of_csv)

const char* const formulas[] = {
    "=HYPERLINK(\"http://x\")", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'quoted", "\uff1d1",
    "=cmd|' /C calc'!A0"};

BOOST_DATA_TEST_CASE(never_begins_a_formula_and_can_be_had_back, data::make(formulas)) {
    ExportedFeedback feedback;
    feedback.reason.comment = sample;
    feedback.user_id = sample;
    const std::string line = csv_line(feedback);
    BOOST_TEST(line.find("\"'" + std::string(1, sample[0])) != std::string::npos);
    BOOST_TEST(from_csv(csv_heading() + line)[0].at("comment") == sample);
    BOOST_TEST(from_csv(csv_heading() + line)[0].at("user") == sample);
}

BOOST_AUTO_TEST_CASE(is_left_alone_when_it_is_plain) {
    ExportedFeedback feedback;
    feedback.reason.comment = "2 = 1 + 1";
    BOOST_TEST(csv_line(feedback).find("\"2 = 1 + 1\"") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
