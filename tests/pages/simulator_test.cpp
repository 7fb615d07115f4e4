// The simulator's calls: what the service would answer, and more.
#include <boost/test/unit_test.hpp>

#include <set>

#include "cdshooks/discovery.hpp"
#include "cdshooks/respond.hpp"
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

// Byte for byte what the service answers, with the same seed, where no client is registered.
BOOST_AUTO_TEST_CASE(gives_the_cards_of_the_service_itself_with_every_member) {
    pages::Settings settings = open_settings();
    settings.why_url = settings.calls.public_url = "https://cds.example", settings.calls.shows_links = true;
    settings.calls.audience.nurse_wording = true;
    settings.calls.sandbox_wire.own_links = cdshooks::LinkType::smart;
    MadePages nurses(settings);
    const auto& knowledge = testing::real_knowledge();
    for (const auto& golden : knowledge.governance.golden_cases) {
        json::Writer request, body;
        request.value(golden.request);
        body.begin_object().member("today", base::iso(golden.today)).member("request", golden.request).end_object();
        cdshooks::Call call;
        call.body = request.take(), call.today = golden.today, call.seed = {1, 2};
        call.service = cdshooks::service_for(knowledge, golden.request["hook"].text(), false);
        call.audience = settings.calls.audience, call.wire.client = settings.calls.sandbox_wire;
        call.public_url = "https://cds.example";
        call.why_url = [](const std::string& uuid) { return "https://cds.example/why/" + uuid; };
        const json::Document expected = parsed(cdshooks::respond(knowledge, std::move(call)).body);
        const json::Document simulated =
            parsed(nurses.ask("POST", "/api/simulate", {{"Content-Type", "application/json"}}, body.take()).body);
        json::Writer one, other;
        BOOST_TEST(one.value(expected.root()["cards"]).take() ==
                       other.value(simulated.root()["response"]["cards"]).take(),
                   golden.path);
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

BOOST_AUTO_TEST_CASE(displaces_no_explanation_of_an_issued_card) {
    const std::string issued = issue("cetuximab-with-kras-mutation").front();
    const std::size_t before = reasons().bytes();
    const json::Document answer = parsed(simulate(body_of("kras-mutant-mss")).body);
    BOOST_TEST(reasons().bytes() == before);
    BOOST_TEST(get("/why/" + issued).status == 200);
    BOOST_TEST(get(std::string(answer.root()["why"].at(0).text())).status == 200);
}

BOOST_AUTO_TEST_CASE(draws_the_intervals_between_bevacizumab_and_surgery) {
    const json::Document answer = parsed(simulate(body_of("bevacizumab-surgery-under-28d")).body);
    for (const char* part : {"under 28 days after bevacizumab", "28 to 41 days (under 6 weeks) after bevacizumab"})
        BOOST_TEST(contains(std::string(answer.root()["timeline"]["picture"].text()), part), part);
}

BOOST_AUTO_TEST_CASE(numbers_the_cycles_as_the_rules_count_them) {
    const json::Document answer = parsed(simulate(body_of("surgery-window-after-scrt")).body);
    const std::string picture(answer.root()["timeline"]["picture"].text()),
        rows(answer.root()["timeline"]["rows"].text());
    for (const char* part : {"class=\"cycle-number\"", ">4</text>"}) BOOST_TEST(contains(picture, part), part);
    BOOST_TEST(contains(rows, "Day 1 of cycle 4, as this service counts"));
    BOOST_TEST(!contains(rows, "cycle 5"));
    const json::Document without = parsed(simulate(body_of("cetuximab-with-kras-mutation")).body);
    BOOST_TEST(!contains(std::string(without.root()["timeline"]["picture"].text()), "cycle-number"));
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
