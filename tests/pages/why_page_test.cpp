// The page that explains a card.
#include <boost/test/unit_test.hpp>

#include "domain/vocabulary.hpp"
#include "pages/made_pages.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::pages_test;

namespace {

struct Registered : MadePages {
    Registered() : MadePages({"https://cds.example", "", "1", "", false}, true) {}

    std::string signed_address(const std::string& uuid, std::chrono::seconds after_now) const {
        const std::string path = "/why/" + uuid;
        const auto signature = signer().sign(path, std::chrono::floor<std::chrono::seconds>(now()) + after_now);
        return path + "?e=" + signature.ends + "&s=" + signature.code;
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(why_pages)

BOOST_FIXTURE_TEST_CASE(tell_every_condition_with_value_source_and_date, MadePages) {
    const auto uuids = issue("cetuximab-with-kras-mutation");
    const http::Response response = get("/why/" + uuids.front());
    BOOST_TEST(response.status == 200);
    BOOST_TEST(header(response, "Cache-Control") == "no-store");
    for (const auto fact : testing::real_knowledge().recommendation("anti-egfr-ras-mutant")->conditions)
        BOOST_TEST(contains(response.body, std::string(domain::vocabulary()[fact].name)));
    for (const char* part :
         {"<code>Observation/", "KRAS", "<time>2026-", "class=\"tag yes\"", "/recommendations/anti-egfr-ras-mutant",
          "What would change the answer", "/simulator?sample="})
        BOOST_TEST(contains(response.body, part), part);
}

BOOST_FIXTURE_TEST_CASE(tell_what_was_missing_and_what_stays_open, MadePages) {
    const std::string page = get("/why/" + issue("observations-unreadable-while-cetuximab-is-signed").front()).body;
    for (const char* part :
         {"Observations: could not be read; what is not read, also against this card, was not considered",
          "Left open for this patient"})
        BOOST_TEST(contains(page, part), part);
    BOOST_TEST(!contains(page, "Nothing: every part"));
    const std::string whole = get("/why/" + issue("cetuximab-with-kras-mutation").front()).body;
    BOOST_TEST(contains(whole, "Nothing: every part of the record that was asked for was read whole"));
}

BOOST_FIXTURE_TEST_CASE(exist_for_every_card_of_every_golden_case, MadePages) {
    for (const auto& golden : testing::real_knowledge().governance.golden_cases) {
        if (golden.expected.empty()) continue;
        const std::string name =
            golden.path.substr(golden.path.rfind('/') + 1, golden.path.size() - golden.path.rfind('/') - 6);
        for (const std::string& uuid : issue(name)) {
            const http::Response response = get("/why/" + uuid);
            BOOST_TEST(response.status == 200, name);
            BOOST_TEST(!contains(response.body, "{{"), name);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(of_a_card_that_was_never_issued_are_404, MadePages) {
    issue("cetuximab-with-kras-mutation");
    for (const char* target : {"/why/00000000-0000-4000-8000-000000000000", "/why/", "/why", "/why/x/y"})
        BOOST_TEST(get(target).status == 404, target);
    const std::string page = get("/why/00000000-0000-4000-8000-000000000000").body;
    for (const char* part : {"another one issued the card", "What to do", "--why-url"})
        BOOST_TEST(contains(page, part), part);
}

BOOST_FIXTURE_TEST_CASE(need_a_signed_link_that_has_not_ended_where_clients_are_registered, Registered) {
    const std::string uuid = issue("cetuximab-with-kras-mutation").front();
    const std::string good = signed_address(uuid, std::chrono::hours(1));
    BOOST_TEST(get(good).status == 200);
    BOOST_TEST(get(good + "&iss=https%3A%2F%2Fehr.example&launch=abc").status == 200);
    BOOST_TEST(get(signed_address(uuid, std::chrono::seconds(0))).status == 410);
    BOOST_TEST(get("/why/" + uuid).status == 404);
    std::string changed = good;
    changed.back() = changed.back() == '0' ? '1' : '0';
    BOOST_TEST(get(changed).status == 404);
    BOOST_TEST(!contains(get(changed).body, "KRAS"));
    const std::string other = issue("cetuximab-without-ras-result").front();
    BOOST_TEST(get("/why/" + other + good.substr(good.find('?'))).status == 404);
}

BOOST_FIXTURE_TEST_CASE(leave_no_card_in_the_log, MadePages) {
    get("/why/" + issue("cetuximab-with-kras-mutation").front() + "?s=secret");
    BOOST_TEST(log().back().route == "/why/{}");
}

BOOST_AUTO_TEST_CASE(are_forgotten_after_a_day_and_when_there_is_no_room) {
    const auto reasons = [](const std::string& uuid) {
        cdshooks::Reasons made;
        made.cards.push_back({uuid, std::string(1000, 's'), {}, {}});
        return std::make_shared<const cdshooks::Reasons>(made);
    };
    const auto start = pages::ReasonMemory::Clock::now();
    pages::ReasonMemory memory(5000);
    memory.keep(reasons("first"), start);
    BOOST_TEST(memory.find("first", start + std::chrono::hours(23)).has_value());
    BOOST_TEST(!memory.find("first", start + std::chrono::hours(24)).has_value());
    for (const char* uuid : {"second", "third", "fourth", "fifth"}) memory.keep(reasons(uuid), start);
    BOOST_TEST(!memory.find("first", start).has_value());
    BOOST_TEST(memory.find("fifth", start).has_value());
    BOOST_TEST(memory.bytes() <= 5000u);
    memory.keep(reasons("sixth"), start + std::chrono::hours(25));
    BOOST_TEST(!memory.find("fifth", start).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
