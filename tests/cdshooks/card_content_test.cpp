// What cards say and where they lead (conformance-cases.md K02-K04, K08, K10, K11; decisions.md 45).
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <regex>
#include <set>

#include "cdshooks/html.hpp"
#include "cdshooks/reasons.hpp"
#include "cdshooks/wording_calls.hpp"
#include "support/real_knowledge.hpp"
#include "support/wire_form.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

const char* const cetuximab = "named/cetuximab-drafted-with-kras-g12d";
const std::string shown_text =
    "Secondary malignant neoplasm of liver and intrahepatic bile duct";  // a display of its record, on its cards

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

cdshooks::Answer with_public_url(const HookCall& call, const std::string& url,
                                 cdshooks::LinkType type = cdshooks::LinkType::absolute) {
    cdshooks::Call made = made_call(call);
    made.public_url = url;
    made.wire.client.own_links = type;
    return answer_to(std::move(made));
}

// Every URL of every card: source.url and links.
std::vector<std::string> urls(const json::Document& answer) {
    std::vector<std::string> found;
    for (const json::Value card : answer.root()["cards"].elements()) {
        if (card["source"]["url"].exists()) found.emplace_back(card["source"]["url"].text());
        for (const json::Value link : card["links"].elements()) found.emplace_back(link["url"].text());
    }
    return found;
}

std::vector<std::string> orders_of(json::Value card) {
    std::vector<std::string> found;
    for (const json::Value order : card["extension"]["davinci-crd.associated-resource"].elements())
        found.emplace_back(order["reference"].text());
    return found;
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(links)

BOOST_AUTO_TEST_CASE(of_every_card_lead_to_its_own_explanation_where_there_is_one) {
    cdshooks::Call call = made_call(case_call(cetuximab));
    call.why_url = [](const std::string& uuid) { return "https://cds.example/why/" + uuid; };
    call.wire.client.own_links = cdshooks::LinkType::smart;
    call.keep_reasons = true;
    const cdshooks::Answer answer = answer_to(std::move(call));
    const json::Document document = parsed(answer.body);
    BOOST_TEST(document.root()["cards"].size() > 0u);
    for (const json::Value card : document.root()["cards"].elements()) {
        const json::Value link = card["links"].at(0);
        BOOST_TEST(link["url"].text() == "https://cds.example/why/" + std::string(card["uuid"].text()));
        BOOST_TEST(link["type"].text() == "smart");
    }
    BOOST_TEST_REQUIRE((answer.reasons != nullptr));
    BOOST_TEST(answer.reasons->cards.size() == document.root()["cards"].size());
    BOOST_TEST(answer.reasons->cards.front().about.front().conditions.size() > 3u);
}

BOOST_AUTO_TEST_CASE(keep_no_reasons_and_lead_to_no_explanation_unless_asked) {
    BOOST_TEST((answer_to(made_call(case_call(cetuximab))).reasons == nullptr));
    cdshooks::Call call = made_call(case_call(cetuximab));
    BOOST_TEST(parsed(answer_to(std::move(call)).body).root()["cards"].at(0)["links"].at(0)["url"].text().find("/why/") == std::string_view::npos);
}

BOOST_AUTO_TEST_CASE(K08_lead_to_the_page_of_the_recommendation_where_a_public_address_is_configured) {
    const json::Document document = parsed(with_public_url(case_call(cetuximab), "https://cds.example/base").body);
    for (const json::Value card : document.root()["cards"].elements()) {
        BOOST_TEST(card["source"]["url"].text() == "https://cds.example/base/recommendations");
        const json::Value page = card["links"].at(0);
        const std::string id =
            std::string(page["url"].text()).substr(std::string("https://cds.example/base/recommendations/").size());
        BOOST_TEST(real_knowledge().recommendation(id) != nullptr, page["url"].text());
        BOOST_TEST(page["type"].text() == "absolute");
        BOOST_TEST(!page["label"].text().empty());
    }
    BOOST_TEST(wire_breaches(document.root(), {}).empty());
}

BOOST_AUTO_TEST_CASE(K08_lead_to_cited_works_only_without_a_public_address) {
    for (const HookCall& call : golden_calls()) {
        const json::Document document = parsed(answer(call).body);
        for (const std::string& url : urls(document))
            BOOST_TEST((url.substr(0, 8) == "https://" && !contains(url, "/recommendations")), url);
    }
}

BOOST_AUTO_TEST_CASE(K08_are_smart_links_only_to_our_own_pages_and_only_where_a_client_asks_for_it) {
    const json::Document document =
        parsed(with_public_url(case_call(cetuximab), "https://cds.example", cdshooks::LinkType::smart).body);
    for (const json::Value card : document.root()["cards"].elements()) {
        for (std::size_t i = 0; i < card["links"].size(); ++i) {
            BOOST_TEST(card["links"].at(i)["type"].text() == (i == 0 ? "smart" : "absolute"));
            BOOST_TEST(!card["links"].at(i)["appContext"].exists());
        }
    }
}

BOOST_AUTO_TEST_CASE(K08_hold_nothing_of_the_patient_the_user_or_the_call) {
    for (const HookCall& call : golden_calls()) {
        const json::Document request = parsed(call.body),
                             document = parsed(with_public_url(call, "https://cds.example").body);
        const json::Value context = request.root()["context"];
        for (const std::string& url : urls(document)) {
            for (const json::Value secret :
                 {context["patientId"], context["userId"], context["encounterId"], request.root()["hookInstance"]})
                BOOST_TEST((secret.text().empty() || !contains(url, secret.text())), url);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(summaries)

// They are written whole and never cut, so no drug name or negation can be lost (K03).
BOOST_AUTO_TEST_CASE(K02_K03_are_those_of_the_knowledge_word_for_word_and_fit) {
    std::set<std::string> known;
    for (const auto& r : real_knowledge().recommendations) {
        for (const std::string* summary : {&r.summary, &r.for_nurses.summary, &r.for_patients.summary}) {
            BOOST_TEST(code_points(*summary) < 140U, r.id);
            BOOST_TEST(summary->find_first_of("\r\n") == std::string::npos, r.id);
        }
        known.insert(r.summary);
    }
    for (const HookCall& call : golden_calls()) {
        const json::Document document = parsed(answer(call).body);
        for (const json::Value card : document.root()["cards"].elements()) {
            const std::string_view topic = card["source"]["topic"]["code"].text();
            if (topic != "moreRecommendations" && topic != "notAssessed")
                BOOST_TEST(known.count(std::string(card["summary"].text())) == 1U, call.name);
        }
    }
}

BOOST_AUTO_TEST_CASE(K03_are_the_same_whatever_texts_the_record_holds) {
    HookCall call = case_call(cetuximab);
    const json::Document usual = parsed(answer(call).body);
    std::string endless;
    for (int i = 0; i < 400; ++i) endless += "not cetuximab \xE2\x9C\x93 ";
    call.body.replace(call.body.find(shown_text), shown_text.size(), endless);
    const json::Document found = parsed(answer(call).body);
    BOOST_TEST_REQUIRE(found.root()["cards"].size() == usual.root()["cards"].size());
    for (std::size_t i = 0; i < usual.root()["cards"].size(); ++i)
        BOOST_TEST(found.root()["cards"].at(i)["summary"].text() == usual.root()["cards"].at(i)["summary"].text());
    BOOST_TEST(wire_breaches(found.root(), {}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(identifiers)

BOOST_AUTO_TEST_CASE(K04_of_cards_and_suggestions_differ_within_and_across_answers) {
    std::set<std::string> seen;
    std::size_t all = 0;
    for (const HookCall& call : golden_calls()) {
        cdshooks::Call made = made_call(call);
        made.seed_from_hook_instance = false;
        made.seed = {0x1234, ++all};
        const json::Document document = parsed(answer_to(std::move(made)).body);
        for (const json::Value card : document.root()["cards"].elements()) {
            BOOST_TEST(seen.emplace(card["uuid"].text()).second);
            for (const json::Value suggestion : card["suggestions"].elements())
                BOOST_TEST(seen.emplace(suggestion["uuid"].text()).second);
        }
    }
    BOOST_TEST(seen.size() > 300U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(drafted_orders_of_a_card)

BOOST_AUTO_TEST_CASE(are_those_that_its_conditions_rest_on) {
    const json::Document document = parsed(answer(case_call(cetuximab)).body);
    for (const json::Value card : document.root()["cards"].elements()) {
        if (card["source"]["topic"]["code"].text() != "antiEgfrRasMutant") continue;
        BOOST_TEST((orders_of(card) == std::vector<std::string>{"MedicationRequest/draft-1"}));
    }
    const json::Document overlap =
        parsed(answer(case_call("concurrent-fluoropyrimidine-rt/fires-capecitabine-with-5x5-gy")).body);
    for (const json::Value card : overlap.root()["cards"].elements()) {
        if (card["source"]["topic"]["code"].text() != "concurrentFluoropyrimidineRt") continue;
        BOOST_TEST(
            (orders_of(card) == std::vector<std::string>{"ServiceRequest/draft-1", "MedicationRequest/draft-2"}));
    }
}

BOOST_AUTO_TEST_CASE(are_named_on_no_card_when_a_chart_is_opened) {
    for (const HookCall& call : golden_calls()) {
        const json::Document document = parsed(answer(call).body);
        if (call.hook != "patient-view") continue;
        for (const json::Value card : document.root()["cards"].elements())
            BOOST_TEST(!card["extension"].exists(), call.name);
    }
}

BOOST_AUTO_TEST_CASE(are_named_on_every_card_whose_suggestion_deletes_one) {
    for (const HookCall& call : golden_calls()) {
        const json::Document document = parsed(answer(call).body);
        for (const json::Value card : document.root()["cards"].elements()) {
            const std::vector<std::string> named = orders_of(card);
            for (const json::Value suggestion : card["suggestions"].elements()) {
                for (const json::Value action : suggestion["actions"].elements()) {
                    const std::string deleted(action["resourceId"].text());
                    const bool told = deleted.empty() || std::find(named.begin(), named.end(), deleted) != named.end();
                    BOOST_TEST(told,
                               call.name << ": " << card["source"]["topic"]["code"].text() << " deletes " << deleted);
                }
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(details)

// libcmark's safe mode puts a comment in the place of raw HTML and empties links of a dangerous scheme.
BOOST_AUTO_TEST_CASE(K10_are_markdown_without_raw_html_and_with_https_links_only) {
    static const std::regex address("href=\"([^\"]*)\"");
    std::size_t links = 0;
    for (const HookCall& call : golden_calls()) {
        const json::Document document = parsed(answer(call).body);
        for (const json::Value card : document.root()["cards"].elements()) {
            const std::string html = cdshooks::html_of(std::string(card["detail"].text()));
            BOOST_TEST(!contains(html, "raw HTML omitted"), call.name);
            for (std::sregex_iterator match(html.begin(), html.end(), address), end; match != end; ++match) {
                BOOST_TEST((*match)[1].str().substr(0, 8) == "https://", call.name);
                ++links;
            }
        }
    }
    BOOST_TEST(links > 100U);
}

BOOST_AUTO_TEST_CASE(K10_escape_what_the_record_says) {
    HookCall call = case_call(cetuximab);
    const std::string attack = R"(<img src=x onerror=alert(1)> [a](javascript:alert(1)) | `x` **b** https://evil.test)";
    call.body.replace(call.body.find(shown_text), shown_text.size(), attack);
    const json::Document document = parsed(answer(call).body);
    bool told = false;
    for (const json::Value card : document.root()["cards"].elements()) {
        const std::string html = cdshooks::html_of(std::string(card["detail"].text()));
        BOOST_TEST(!contains(html, "<img"));
        BOOST_TEST(!contains(html, "raw HTML omitted"));
        BOOST_TEST(!contains(html, "href=\"javascript:"));
        BOOST_TEST(!contains(html, "href=\"\""));
        told = told || contains(html, "&lt;img src=x");
    }
    BOOST_TEST(told);
}

BOOST_AUTO_TEST_CASE(K11_are_html_for_epic_where_configured_and_say_so) {
    const cdshooks::WireProfile html{cdshooks::WireVersion::v2_0, cdshooks::Dialect::epic,
                                     cdshooks::OrderIntent::proposal, cdshooks::LinkType::absolute, true};
    const json::Document document = parsed(answer(case_call(cetuximab), {}, html).body),
                         usual = parsed(answer(case_call(cetuximab), {}, cdshooks::epic_profile).body);
    for (std::size_t i = 0; i < document.root()["cards"].size(); ++i) {
        const json::Value card = document.root()["cards"].at(i), plain = usual.root()["cards"].at(i);
        BOOST_TEST(card["extension"]["com.epic.cdshooks.card.detail.content-type"].text() == "text/html");
        BOOST_TEST(!plain["extension"]["com.epic.cdshooks.card.detail.content-type"].exists());
        BOOST_TEST(card["detail"].text() == cdshooks::html_of(std::string(plain["detail"].text())));
        BOOST_TEST(contains(card["detail"].text(), "<strong>Why this card appears</strong>"));
        BOOST_TEST(!contains(card["detail"].text(), "<script"));
    }
}

BOOST_AUTO_TEST_CASE(K11_markdown_with_html_and_dangerous_links_loses_them) {
    const std::string html =
        cdshooks::html_of("a <script>x</script> [b](javascript:alert) [c](data:text/html,x) [d](https://example.org)");
    BOOST_TEST(!contains(html, "<script"));
    BOOST_TEST(!contains(html, "javascript:"));
    BOOST_TEST(!contains(html, "data:"));
    BOOST_TEST(contains(html, "<a href=\"https://example.org\">d</a>"));
}

BOOST_AUTO_TEST_SUITE_END()
