// The simulator's calls: what the service would answer, and more.
#include <boost/test/unit_test.hpp>

#include <set>

#include "pages/assets.hpp"
#include "pages/made_pages.hpp"
#include "support/real_knowledge.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

using namespace rectal_cds;
using namespace rectal_cds::pages_test;

namespace {

struct Simulator : MadePages {
    http::Response simulate(const std::string& body) {
        return ask("POST", "/api/simulate", {{"Content-Type", "application/json"}}, body);
    }
    std::string body_of(const std::string& sample) {
        const auto document = json::Document::parse(get("/api/samples/" + sample).body);
        json::Writer writer;
        writer.begin_object()
            .member("today", document.value().root()["today"])
            .member("request", document.value().root()["request"])
            .end_object();
        return writer.take();
    }
};

json::Document parsed(const std::string& text) {
    auto document = json::Document::parse(text);
    BOOST_TEST_REQUIRE(document.ok());
    return std::move(document).value();
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_simulator, Simulator)

BOOST_AUTO_TEST_CASE(gives_the_cards_that_each_sample_expects) {
    for (const auto& golden : testing::real_knowledge().governance.golden_cases) {
        const std::string name =
            golden.path.substr(golden.path.rfind('/') + 1, golden.path.size() - golden.path.rfind('/') - 6);
        const json::Document answer = parsed(simulate(body_of(name)).body);
        const json::Value cards = answer.root()["response"]["cards"];
        BOOST_TEST(cards.size() == golden.expected.size(), name);
        BOOST_TEST(answer.root()["details"].size() == cards.size(), name);
        for (const json::Value detail : answer.root()["details"].elements())
            BOOST_TEST(detail.text().find("<script") == std::string_view::npos);
    }
}

BOOST_AUTO_TEST_CASE(tells_facts_trace_and_course_and_leads_to_the_explanation) {
    const json::Document answer = parsed(simulate(body_of("surgery-window-after-scrt")).body);
    const json::Value root = answer.root();
    BOOST_TEST(root["response"]["extension"]["org.rectal-cds.explanation"]["facts"].size() > 50u);
    const std::string picture(root["timeline"]["picture"].text()), rows(root["timeline"]["rows"].text());
    for (const char* part : {"<svg", "5 to 6 months after 5 x 5 Gy", "Oxaliplatin", "CEA", "today"})
        BOOST_TEST(contains(picture, part), part);
    BOOST_TEST(contains(rows, "<th scope=\"row\">2025-"));
    BOOST_TEST(get(std::string(root["why"].at(0).text())).status == 200);
}

BOOST_AUTO_TEST_CASE(draws_the_intervals_between_bevacizumab_and_surgery) {
    const json::Document answer = parsed(simulate(body_of("bevacizumab-surgery-under-28d")).body);
    for (const char* part : {"under 28 days after bevacizumab", "28 to 41 days after bevacizumab"})
        BOOST_TEST(contains(std::string(answer.root()["timeline"]["picture"].text()), part), part);
}

BOOST_AUTO_TEST_CASE(tells_what_the_service_would_refuse_as_it_would) {
    const json::Document answer = parsed(simulate(R"({"request":{"hook":"patient-view"}})").body);
    BOOST_TEST(answer.root()["status"].integer().value_or(0) == 400);
    BOOST_TEST(answer.root()["response"]["resourceType"].text() == "OperationOutcome");
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_simulation) {
    for (const char* body : {"", "{", "[]", "{}", R"({"request":[]})", R"({"request":{},"today":"soon"})"})
        BOOST_TEST(simulate(body).status == 400, body);
    BOOST_TEST(ask("POST", "/api/simulate", {{"Content-Type", "text/plain"}}, "{}").status == 415);
    BOOST_TEST(get("/api/simulate").status == 405);
    BOOST_TEST(get("/api/samples/none").status == 404);
}

BOOST_AUTO_TEST_CASE(is_not_there_where_it_is_switched_off) {
    MadePages off(pages::Settings{});
    for (const char* target : {"/simulator", "/api/samples", "/api/samples/msi-high"})
        BOOST_TEST(off.get(target).status == 404, target);
    BOOST_TEST(off.ask("POST", "/api/simulate", {{"Content-Type", "application/json"}}, "{}").status == 405);
    BOOST_TEST(!contains(off.get("/").body, ">Simulator<"));
}

// Codes of the form are those that the knowledge knows: in a value set, or in a golden case.
BOOST_AUTO_TEST_CASE(offers_no_code_that_the_knowledge_does_not_hold) {
    std::string known;
    for (const auto& file : testing::knowledge_files(testing::source_folder())) known += file.text;
    const json::Document form = parsed(std::string(pages::find_asset("simulator_form.json")->bytes));
    std::set<std::string> codes;
    const std::function<void(json::Value)> collect = [&](json::Value value) {
        if (value["system"].exists() && value["code"].exists()) codes.emplace(value["code"].text());
        for (const json::Value each : value.elements()) collect(each);
        for (const json::Member member : value.members()) collect(member.value);
    };
    collect(form.root());
    BOOST_TEST(codes.size() > 40u);
    for (const std::string& code : codes) BOOST_TEST(contains(known, '"' + code + '"'), code);
}

BOOST_AUTO_TEST_SUITE_END()
