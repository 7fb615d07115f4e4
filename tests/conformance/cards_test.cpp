// Rows K00 to K11: what every card looks like (cds-hooks.md 8; decisions.md 40 to 48). All scenarios are asked once.
#include <boost/test/unit_test.hpp>

#include <regex>
#include <set>

#include "conformance/answers.hpp"
#include "conformance/corpus.hpp"
#include "conformance/markdown_tree.hpp"

using namespace rectal_cds;
using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;
using json::Value;

namespace {

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// Rules that fire without a drug that is named by text alone, and one that names it.
std::string with_drug_text(const std::string& json_text) {
    const std::string draft = "/context/draftOrders/entry/0/resource/medicationCodeableConcept";
    return with(order_sign(), draft, R"({"text": )" + json_text + "}");
}

// The displays and texts of a chart that cards quote as evidence, all replaced by one text of the patient's record.
std::string with_chart_text(const std::string& json_text) {
    std::string request = order_sign();
    for (const char* pointer : {"/prefetch/conditions/entry/0/resource/code/text",
                                "/prefetch/conditions/entry/0/resource/code/coding/0/display",
                                "/prefetch/conditions/entry/1/resource/code/text",
                                "/prefetch/conditions/entry/1/resource/code/coding/0/display",
                                "/context/draftOrders/entry/0/resource/medicationCodeableConcept/text",
                                "/context/draftOrders/entry/0/resource/medicationCodeableConcept/coding/0/display"})
        request = with(request, pointer, json_text);
    for (int i = 0; i < 15; ++i) {
        const std::string at = "/prefetch/observations/entry/" + std::to_string(i) + "/resource/code/";
        request = with(with(request, at + "text", json_text), at + "coding/0/display", json_text);
    }
    return request;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cards, *boost::unit_test::fixture<StopsServices>())

// The oracle stands in Service::judged_cards, behind every 200 of the whole suite; here it is shown the broadest input.
BOOST_AUTO_TEST_CASE(K00_every_answer_passes_the_schema_and_the_invariants) {
    const std::size_t judged_before = judged_bodies().answers;
    std::size_t cards = each_card(corpus(), [](const Asked&, Value) {});
    BOOST_TEST(corpus().size() >= 238U);
    BOOST_TEST(judged_bodies().answers >= judged_before);
    BOOST_TEST(judged_bodies().answers >= corpus().size());
    BOOST_TEST(cards > 250U);
}

BOOST_AUTO_TEST_CASE(K01_without_guidance_the_answer_is_exactly_an_empty_list) {
    const HttpAnswer silent = sandbox().sign(without(order_sign(), "/context/draftOrders/entry/0"));
    BOOST_TEST(silent.body == R"({"cards":[]})");
    std::size_t empty = 0;
    for (const Asked& asked : corpus()) {
        if (asked.cards.root()["cards"].size() > 0) continue;
        BOOST_TEST(asked.answer.body == R"({"cards":[]})", asked.name);
        ++empty;
    }
    BOOST_TEST(empty > 10U);
}

BOOST_AUTO_TEST_CASE(K02_summary_indicator_and_source_are_there_and_within_their_bounds) {
    each_card(corpus(), [](const Asked&, Value card) {
        const std::string_view summary = card["summary"].text(), indicator = card["indicator"].text();
        BOOST_TEST((code_points(summary) >= 1 && code_points(summary) <= 139), summary);
        BOOST_TEST(summary.find_first_of("\r\n") == std::string_view::npos);
        BOOST_TEST((indicator == "info" || indicator == "warning" || indicator == "critical"));
        BOOST_TEST(card["source"]["label"].text().find_first_not_of(' ') != std::string_view::npos);
    });
}

BOOST_AUTO_TEST_CASE(K03_long_texts_of_the_record_are_cut_and_keep_their_beginning) {
    std::string name = "Cetuximab ";
    for (int i = 0; i < 2000; ++i) name += "\xc3\xa4\xf0\x9f\x98\x80";
    const HttpAnswer answer = sandbox().sign(with_drug_text('"' + name + '"'));
    BOOST_TEST((topics(answer) == std::vector<std::string>{"notAssessed"}));
    const std::string detail = detail_of(answer, "notAssessed");  // valid UTF-8, or the answer would not be JSON
    BOOST_TEST(contains(detail, "Cetuximab \xc3\xa4"), detail.substr(0, 300));
    BOOST_TEST(detail.size() < 4000U);
    const HttpAnswer quoted = sandbox().sign(with_chart_text('"' + name + '"'));
    BOOST_TEST(has_topic(quoted, "antiEgfrRasMutant"));
    BOOST_TEST(detail_of(quoted, "antiEgfrRasMutant").size() < 20'000U);
}

BOOST_AUTO_TEST_CASE(K04_uuids_are_lower_case_and_occur_once_in_all_answers) {
    std::set<std::string, std::less<>> uuids;
    const std::size_t cards = each_card(corpus(), [&](const Asked&, Value card) {
        BOOST_TEST(is_lower_case_uuid(card["uuid"].text()));
        BOOST_TEST(uuids.emplace(card["uuid"].text()).second);
    });
    each_suggestion(corpus(), [&](const Asked&, Value, Value suggestion) {
        BOOST_TEST(uuids.emplace(suggestion["uuid"].text()).second);
    });
    BOOST_TEST(cards > 0U);
    const std::string again = corpus().front().body;
    for (int i = 0; i < 3; ++i) {
        const json::Document answer = parsed(sandbox().call(corpus().front().hook, again));
        for (const Value card : answer.root()["cards"].elements())
            BOOST_TEST(uuids.emplace(card["uuid"].text()).second);
    }
}

BOOST_AUTO_TEST_CASE(K05_selection_behavior_stands_where_suggestions_do) {
    std::set<std::string, std::less<>> behaviors;
    each_card(corpus(), [&](const Asked&, Value card) {
        BOOST_TEST(card["suggestions"].exists() == card["selectionBehavior"].exists());
        if (card["selectionBehavior"].exists()) behaviors.emplace(card["selectionBehavior"].text());
    });
    BOOST_TEST((behaviors == std::set<std::string, std::less<>>{"any", "at-most-one"}));
}

BOOST_AUTO_TEST_CASE(K06_at_most_one_suggestion_of_an_at_most_one_card_is_recommended) {
    std::size_t recommending = 0;
    each_card(corpus(), [&](const Asked&, Value card) {
        int recommended = 0;
        for (const Value suggestion : card["suggestions"].elements())
            recommended += suggestion["isRecommended"].boolean().value_or(false);
        if (card["selectionBehavior"].text() == "at-most-one") BOOST_TEST(recommended <= 1);
        recommending += recommended > 0 ? 1 : 0;
    });
    BOOST_TEST(recommending > 0U);
}

BOOST_AUTO_TEST_CASE(K07_override_reasons_have_code_system_and_display) {
    std::size_t reasons = 0;
    each_card(corpus(), [&](const Asked&, Value card) {
        for (const Value reason : card["overrideReasons"].elements()) {
            for (const char* member : {"code", "system", "display"}) BOOST_TEST(!reason[member].text().empty(), member);
            ++reasons;
        }
    });
    BOOST_TEST(reasons > 100U);
}

BOOST_AUTO_TEST_CASE(K08_links_are_labelled_https_and_hold_nothing_of_the_patient) {
    std::size_t links = 0;
    each_card(corpus(), [&](const Asked& asked, Value card) {
        const std::string_view patient = asked.request.root()["context"]["patientId"].text();
        for (const Value link : card["links"].elements()) {
            BOOST_TEST(!link["label"].text().empty());
            BOOST_TEST(link["url"].text().starts_with("https://"), link["url"].text());
            BOOST_TEST(link["type"].text() == "absolute");
            BOOST_TEST(!link["appContext"].exists());
            BOOST_TEST(!contains(link["url"].text(), patient));
            for (const std::string& secret : secrets()) BOOST_TEST(!contains(link["url"].text(), secret));
            ++links;
        }
    });
    BOOST_TEST(links > 100U);
}

BOOST_AUTO_TEST_CASE(K09_topics_are_alphanumeric_and_stay_the_same) {
    static const std::regex code("[A-Za-z0-9]{1,100}");
    each_card(corpus(), [](const Asked&, Value card) {
        const Value topic = card["source"]["topic"];
        BOOST_TEST(std::regex_match(std::string(topic["code"].text()), code), topic["code"].text());
        BOOST_TEST(topic["system"].text() == "https://rectal-cds.example/fhir/CodeSystem/recommendation");
    });
    BOOST_TEST((topics(sandbox().view(patient_view())) == topics(sandbox().view(patient_view()))));
}

BOOST_AUTO_TEST_CASE(K10_details_are_markdown_without_html_and_show_the_record_as_plain_text) {
    each_card(corpus(), [](const Asked&, Value card) {
        const MarkdownTree tree = parse_markdown(card["detail"].text());
        BOOST_TEST(tree.raw_html == 0U);
        BOOST_TEST(tree.images == 0U);
        for (const std::string& link : tree.links) BOOST_TEST(link.starts_with("https://"), link);
    });
    const std::size_t usual_links =
        parse_markdown(detail_of(sandbox().sign(order_sign()), "antiEgfrRasMutant")).links.size();
    for (const char* text :
         {"<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "](javascript:alert(1))",
          "[x](javascript:alert(1))", "![x](https://evil.example/?p=1)", "a | b | c", "<!-- x -->",
          "https://evil.example/x", "www.evil.example", "`code`", "**not bold**", "# not a heading", "&lt;b&gt;"}) {
        BOOST_TEST_CONTEXT(text) {
            const HttpAnswer answer = sandbox().sign(with_chart_text('"' + std::string(text) + '"'));
            const MarkdownTree tree = parse_markdown(detail_of(answer, "antiEgfrRasMutant"));
            BOOST_TEST(tree.raw_html == 0U);
            BOOST_TEST(tree.images == 0U);
            BOOST_TEST(tree.tables == 0U);
            BOOST_TEST(tree.links.size() == usual_links);
            BOOST_TEST(contains(tree.text, text), tree.text);
            const HttpAnswer named = sandbox().sign(with_drug_text("\"cetuximab " + std::string(text) + '"'));
            const MarkdownTree listed = parse_markdown(detail_of(named, "notAssessed"));
            BOOST_TEST((listed.raw_html == 0U && listed.images == 0U && listed.links.empty()));
            BOOST_TEST(contains(listed.text, text), listed.text);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
