// What users made of the cards, and who may see it.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <future>

#include "cdshooks/instant.hpp"
#include "pages/feedback_page.hpp"
#include "pages/made_pages.hpp"
#include "store/open_store.hpp"
#include "support/child_process.hpp"

using namespace rectal_cds;
using namespace rectal_cds::pages_test;

namespace {

const char* const noon = "2026-03-02T12:00:00Z";
std::string uuid(unsigned number) { return "00000000-0000-4000-8000-0000000000" + std::to_string(number); }

// A store with 20 cards, 12 of them overridden, 3 accepted.
struct Stored {
    testing::TemporaryFolder folder;
    std::string place = (folder.path() / "store.sqlite").string();

    Stored() {
        auto opened = store::open_store({place});
        BOOST_TEST_REQUIRE(opened.ok());
        store::IssuedAnswer issued;
        issued.client = "sandbox", issued.service_id = "s", issued.hook = "order-sign",
        issued.at = *cdshooks::parse_instant(noon);
        store::FeedbackBatch batch{"sandbox", "s", issued.at, {}};
        for (unsigned i = 10; i < 30; ++i) {
            issued.cards.push_back({uuid(i),
                                    "anti-egfr-ras-mutant",
                                    "A stored title",
                                    guideline::Indicator::critical,
                                    "0.1.0",
                                    "",
                                    "",
                                    {}});
            cdshooks::FeedbackItem item;
            item.card = uuid(i), item.at = issued.at;
            item.outcome = i < 22 ? cdshooks::FeedbackOutcome::overridden : cdshooks::FeedbackOutcome::accepted;
            if (i == 10)
                item.reason.code = "OR-TRIAL", item.reason.display = "Treatment within a <trial>",
                item.reason.comment = "See <b>note</b>";
            if (i < 25) batch.items.push_back(item);
        }
        store::Store& store = *opened.value();
        store.record_issued(issued);
        std::promise<store::Saved> saved;
        store.save_feedback(batch, [&](store::Saved result) { saved.set_value(result); });
        BOOST_TEST((saved.get_future().get() == store::Saved::ok));
    }
};

struct Loopback : Stored, MadePages {
    Loopback() : MadePages(settings(), false, place) {}
    static pages::Settings settings() {
        pages::Settings made;
        made.is_sandbox = made.has_feedback = made.comments_are_open = true;
        return made;
    }
};

struct Registered : Stored, MadePages {
    Registered() : MadePages({"https://cds.example", "", "1", "", false}, true, place, true) {}
    http::Response with_token(const std::string& target) {
        return ask("GET", target, {{"Authorization", std::string("Bearer ") + token}});
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(feedback_pages)

BOOST_FIXTURE_TEST_CASE(count_what_was_issued_accepted_and_overridden_and_say_what_asks_for_review, Loopback) {
    const http::Response response = get("/feedback");
    BOOST_TEST(response.status == 200);
    BOOST_TEST(header(response, "Cache-Control") == "no-store");
    for (const char* part : {"<p class=\"big\">20</p>", "<p class=\"big\">3</p>", "<p class=\"big\">12</p>", "80 %",
                             "asks for review", "/recommendations/anti-egfr-ras-mutant", "<svg class=\"columns\"",
                             "Treatment within a &lt;trial&gt;", "See &lt;b&gt;note&lt;/b&gt;", "export.csv"})
        BOOST_TEST(contains(response.body, part), part);
    BOOST_TEST(!contains(response.body, "<b>note</b>"));
}

BOOST_FIXTURE_TEST_CASE(export_the_same_as_files, Loopback) {
    const http::Response csv = get("/feedback/export.csv?weeks=52");
    BOOST_TEST(csv.status == 200);
    BOOST_TEST(header(csv, "Content-Disposition") == "attachment; filename=\"feedback.csv\"");
    BOOST_TEST(std::count(csv.body.begin(), csv.body.end(), '\n') == 16);
    BOOST_TEST(contains(get("/feedback/export.json").body, "See <b>note</b>"));
    BOOST_TEST(get("/feedback/other").status == 404);
}

BOOST_FIXTURE_TEST_CASE(export_the_days_that_are_named_and_refuse_what_is_no_range, Loopback) {
    const auto lines = [&](const std::string& range) {
        const http::Response csv = get("/feedback/export.csv?" + range);
        BOOST_TEST(csv.status == 200, range);
        return std::count(csv.body.begin(), csv.body.end(), '\n') - 1;
    };
    BOOST_TEST(lines("from=2026-03-02&to=2026-03-02") == 15);
    BOOST_TEST(lines("from=2026-03-02") == 15);
    BOOST_TEST(lines("to=2026-03-01") == 0);
    BOOST_TEST(lines("from=2026-03-03") == 0);
    for (const char* range : {"from=soon", "to=2026-02-30", "from=2026-03-03&to=2026-03-02"})
        BOOST_TEST(get(std::string("/feedback/export.json?") + range).status == 400, range);
}

// With --today cards are judged by a day that stands still, and stored with the time that they were issued at.
BOOST_AUTO_TEST_CASE(end_with_the_later_of_a_fixed_today_and_the_wall_clock) {
    const service::Content content;
    const pages::Settings settings;
    const http::Request request;
    const auto end_of = [&](const char* today, const char* wall) {
        const pages::View view{content, settings, request, *base::parse_day(today), *base::parse_day(wall)};
        const pages::Period period = pages::period_of(view);
        BOOST_TEST((pages::last_day_of(view) - period.monday(period.weeks - 1)).count() < 7);
        return base::iso(pages::last_day_of(view));
    };
    BOOST_TEST(end_of("2026-03-02", "2026-11-23") == "2026-11-23");
    BOOST_TEST(end_of("2026-03-02", "2025-11-23") == "2026-03-02");
    BOOST_TEST(end_of("2026-03-02", "2026-03-02") == "2026-03-02");
}

// A part of the reports would be taken for the whole.
BOOST_FIXTURE_TEST_CASE(refuse_an_export_that_is_too_long_instead_of_cutting_it, Stored) {
    const auto exported = [&](std::size_t most_bytes) {
        pages::StoreReader reader(place, most_bytes);
        std::promise<pages::StoreReader::Exported> given;
        reader.export_all({}, pages::StoreReader::Format::json, [&](auto file) { given.set_value(file); });
        return given.get_future().get();
    };
    const auto whole = exported(100'000), none = exported(1'000);
    BOOST_TEST_REQUIRE((whole && none));
    BOOST_TEST(!whole->is_too_long);
    BOOST_TEST(whole->rows == 15u);
    BOOST_TEST(whole->bytes.ends_with("}\n]\n"));
    BOOST_TEST(none->is_too_long);
    BOOST_TEST(none->rows == 15u);
    BOOST_TEST(none->bytes.empty());
    BOOST_TEST(pages::long_export_page(15).status == 400);
    BOOST_TEST(contains(pages::long_export_page(15).body, "15 reports"));
}

BOOST_FIXTURE_TEST_CASE(stand_on_the_page_of_a_recommendation_too, Loopback) {
    BOOST_TEST(contains(get("/recommendations/anti-egfr-ras-mutant").body, "overridden: 80 % of the answered"));
    BOOST_TEST(contains(get("/recommendations/first-line-immunotherapy-msi-h").body, "No card of it was issued"));
}

BOOST_AUTO_TEST_CASE(show_neither_comments_nor_export_where_other_machines_can_look) {
    const Stored stored;
    pages::Settings settings = Loopback::settings();
    settings.comments_are_open = false;
    MadePages open(settings, false, stored.place);
    BOOST_TEST(contains(open.get("/feedback").body, "80 %"));
    BOOST_TEST(!contains(open.get("/feedback").body, "See &lt;b&gt;"));
    BOOST_TEST(open.get("/feedback/export.csv").status == 404);
}

BOOST_FIXTURE_TEST_CASE(need_the_token_where_clients_are_registered, Registered) {
    for (const char* target : {"/feedback", "/feedback/export.csv", "/feedback/export.json"}) {
        BOOST_TEST(get(target).status == 401, target);
        BOOST_TEST(contains(header(get(target), "WWW-Authenticate"), "Basic"));
        BOOST_TEST(!contains(get(target).body, "80 %"));
        BOOST_TEST(with_token(target).status == 200, target);
    }
    BOOST_TEST(!contains(get("/recommendations/anti-egfr-ras-mutant").body, "80 %"));
    BOOST_TEST(contains(get("/recommendations/anti-egfr-ras-mutant").body, "is shown to those who govern the content"));
    BOOST_TEST(contains(with_token("/recommendations/anti-egfr-ras-mutant").body, "80 %"));
}

BOOST_AUTO_TEST_CASE(are_not_there_where_clients_are_registered_and_no_token_is) {
    MadePages closed({"https://cds.example", "", "1", "", false}, true);
    BOOST_TEST(closed.get("/feedback").status == 404);
    BOOST_TEST(!contains(closed.get("/").body, ">Feedback<"));
}

BOOST_AUTO_TEST_CASE(say_so_when_the_store_cannot_be_read) {
    MadePages broken(Loopback::settings(), false, "/nowhere/store.sqlite");
    BOOST_TEST(broken.get("/feedback").status == 503);
    BOOST_TEST(contains(broken.get("/feedback").body, "could not be read"));
    BOOST_TEST(broken.get("/feedback/export.csv").status == 503);
    BOOST_TEST(broken.get("/recommendations/anti-egfr-ras-mutant").status == 200);
    BOOST_TEST(contains(broken.get("/recommendations/anti-egfr-ras-mutant").body, "The store could not be read"));
}

BOOST_AUTO_TEST_CASE(ask_for_review_only_when_enough_was_answered) {
    const auto use = [](std::size_t accepted, std::size_t overridden) {
        return pages::Use{"x", "X", 100, accepted, overridden, {}};
    };
    BOOST_TEST(use(5, 5).asks_for_review());
    BOOST_TEST(!use(4, 5).asks_for_review());
    BOOST_TEST(!use(6, 5).asks_for_review());
    BOOST_TEST(!use(0, 9).asks_for_review());
    BOOST_TEST(use(0, 10).asks_for_review());
}

BOOST_AUTO_TEST_SUITE_END()
