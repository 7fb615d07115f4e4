// Home, catalogue, recommendations, about: what is loaded is what is shown.
#include <boost/test/unit_test.hpp>

#include "cdshooks/governance.hpp"
#include "domain/vocabulary.hpp"
#include "pages/made_pages.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::pages_test;

namespace {

std::string in_html(std::string text) {
    std::string result;
    for (const char c : text)
        result += c == '&'    ? "&amp;"
                  : c == '"'  ? "&quot;"
                  : c == '\'' ? "&apos;"
                  : c == '<'  ? "&lt;"
                  : c == '>'  ? "&gt;"
                              : std::string{c};
    return result;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t number = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++number;
    return number;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(content_pages, MadePages)

BOOST_AUTO_TEST_CASE(every_recommendation_has_a_page_with_all_that_is_asked_of_it) {
    for (const auto& r : testing::real_knowledge().recommendations) {
        const http::Response response = get("/recommendations/" + r.id);
        BOOST_TEST(response.status == 200, r.id);
        const std::string& page = response.body;
        for (const std::string& part :
             {r.title, r.purpose, r.summary, r.version, base::iso(r.review_by), cdshooks::review_status(r)})
            BOOST_TEST(contains(page, in_html(part)), r.id + ": " + part);
        for (const auto fact : r.conditions)
            BOOST_TEST(contains(page, in_html(std::string(domain::vocabulary()[fact].meaning))), r.id);
        for (const auto& work : r.citations) BOOST_TEST(contains(page, in_html(work.full)), r.id + ": " + work.key);
        for (const auto& attribute : r.source_attributes)
            BOOST_TEST(contains(page, in_html(attribute.text)), r.id + ": " + attribute.name);
        for (const auto& suggestion : r.suggestions) BOOST_TEST(contains(page, in_html(suggestion.label)), r.id);
        BOOST_TEST(contains(page, "/simulator?sample="), r.id);
        BOOST_TEST(!contains(page, "{{"), r.id);
    }
}

BOOST_AUTO_TEST_CASE(an_unknown_recommendation_is_404_and_shows_nothing_that_was_asked_for) {
    const http::Response response = get("/recommendations/<script>alert(1)</script>");
    BOOST_TEST(response.status == 404);
    BOOST_TEST(!contains(response.body, "alert(1)"));
}

BOOST_AUTO_TEST_CASE(the_catalogue_lists_every_recommendation_once) {
    const std::string page = get("/recommendations").body;
    for (const auto& r : testing::real_knowledge().recommendations)
        BOOST_TEST(count(page, "href=\"/recommendations/" + r.id + "\"") == 1u, r.id);
}

BOOST_AUTO_TEST_CASE(each_filter_leaves_what_fits_and_nothing_else) {
    const auto shows = [&](const std::string& query, const std::string& id) {
        return contains(get("/recommendations?" + query).body, "href=\"/recommendations/" + id + "\"");
    };
    for (const std::string query : {"hook=order-sign", "group=F", "drug=cetuximab", "grade=A", "severity=critical",
                                    "review=draft", "q=RAS+egfr", "q=r%61s&drug=panitumumab"}) {
        BOOST_TEST(shows(query, "anti-egfr-ras-mutant"), query);
    }
    for (const std::string query : {"hook=patient-view", "group=A", "drug=irinotecan", "grade=C", "severity=info",
                                    "review=approved", "q=wombat", "drug=nonsense"}) {
        BOOST_TEST(!shows(query, "anti-egfr-ras-mutant"), query);
    }
}

BOOST_AUTO_TEST_CASE(what_was_searched_for_is_shown_without_becoming_html) {
    const std::string page = get("/recommendations?q=%22%3E%3Cimg%20src=x%3E").body;
    BOOST_TEST(!contains(page, "<img src=x"));
    BOOST_TEST(contains(page, "&lt;img src=x&gt;"));
}

BOOST_AUTO_TEST_CASE(home_gives_the_addresses_to_paste) {
    MadePages with_url({"https://cds.example/cds", "/cds", "1.2.3", "", true});
    const std::string page = with_url.get("/cds/").body;
    BOOST_TEST(contains(page, "https://cds.example/cds/cds-services/rectal-cancer-order-sign"));
    BOOST_TEST(contains(page, "href=\"/cds/recommendations\""));
    BOOST_TEST(contains(page, "70 draft, 0 in review, 0 approved"));
    BOOST_TEST(contains(page, "not a medical device"));
}

BOOST_AUTO_TEST_CASE(a_shared_id_stands_in_the_addresses) {
    MadePages shared({"https://cds.example", "", "1.2.3", "rectal", true});
    BOOST_TEST(contains(shared.get("/").body, "https://cds.example/cds-services/rectal<"));
}

BOOST_AUTO_TEST_CASE(about_says_what_is_not_read_and_claims_no_review) {
    const std::string page = get("/about").body;
    for (const std::string& line : testing::real_knowledge().governance.not_read)
        BOOST_TEST(contains(page, in_html(line)));
    BOOST_TEST(contains(page, "draft: not reviewed by a clinician"));
    BOOST_TEST(contains(page, "Funding: none declared"));
}

BOOST_AUTO_TEST_CASE(what_was_reloaded_is_seen) {
    fhir::Knowledge changed = testing::real_knowledge();
    changed.recommendations.front().title = "A title that was changed";
    load(std::move(changed));
    BOOST_TEST(contains(get("/recommendations").body, "A title that was changed"));
}

BOOST_AUTO_TEST_CASE(what_is_set_aside_for_want_of_approval_says_so) {
    fhir::Knowledge approved_only = testing::real_knowledge();
    fhir::keep_approved(approved_only);
    load(std::move(approved_only));
    BOOST_TEST(contains(get("/recommendations/anti-egfr-ras-mutant").body, "Not judged here."));
    BOOST_TEST(contains(get("/").body, "not ready"));
}

BOOST_AUTO_TEST_SUITE_END()
