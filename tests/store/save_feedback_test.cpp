// Feedback is stored once, whole, and only then acknowledged (conformance cases B01 to B11; T76 to T78).
#include <boost/test/unit_test.hpp>

#include <future>
#include <thread>

#include "store/samples.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;

namespace {

struct StoreInFolder {
    testing::TemporaryFolder folder;
    StoreOptions options = in(folder);
    std::unique_ptr<Store> store = opened(options);

    StoreInFolder() {
        store->record_issued(answer({1, 2}));
        await_recorded(*store, 1);
    }
    long long rows(const std::string& condition = "1 = 1") const {
        return number(options.place, "SELECT count(*) FROM feedback WHERE " + condition);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(saving_feedback, StoreInFolder)

// B01
BOOST_AUTO_TEST_CASE(of_an_issued_card_links_it_to_the_call) {
    BOOST_TEST(saved(*store, batch({accepted(uuid(1), {uuid(1001)})})) == Saved::ok);
    BOOST_TEST(text(options.place, "SELECT c.hook_instance FROM feedback f JOIN issued_card c ON c.uuid = f.card") ==
               "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea");
    BOOST_TEST(rows("unmatched = 0") == 1);
}

// B03
BOOST_AUTO_TEST_CASE(keeps_the_reason_and_the_comment) {
    auto item = overridden(uuid(1), "agreed; see ü \"note\" -- '); DROP TABLE feedback;");
    item.reason.code = "OR-MDT";
    item.reason.system = "urn:x";
    BOOST_TEST(saved(*store, batch({item})) == Saved::ok);
    BOOST_TEST(text(options.place, "SELECT reason_code || '|' || reason_system FROM feedback") == "OR-MDT|urn:x");
    BOOST_TEST(text(options.place, "SELECT reason_comment FROM feedback") == item.reason.comment);
}

// B09
BOOST_AUTO_TEST_CASE(twice_counts_once) {
    BOOST_TEST(saved(*store, batch({overridden(uuid(1))})) == Saved::ok);
    BOOST_TEST(saved(*store, batch({overridden(uuid(1))})) == Saved::ok);
    BOOST_TEST(saved(*store, batch({overridden(uuid(1)), overridden(uuid(1))})) == Saved::ok);
    BOOST_TEST(rows() == 1);
    BOOST_TEST(store->health().feedback_stored == 1U);
    BOOST_TEST(store->health().feedback_repeated == 3U);
}

BOOST_AUTO_TEST_CASE(twice_with_the_suggestions_in_another_order_counts_once) {
    BOOST_TEST(saved(*store, batch({accepted(uuid(1), {uuid(1001), uuid(2001)})})) == Saved::ok);
    BOOST_TEST(saved(*store, batch({accepted(uuid(1), {uuid(2001), uuid(1001)})})) == Saved::ok);
    BOOST_TEST(rows() == 1);
}

// decisions.md 59
BOOST_AUTO_TEST_CASE(again_with_another_comment_is_a_further_item) {
    BOOST_TEST(saved(*store, batch({overridden(uuid(1), "a")})) == Saved::ok);
    BOOST_TEST(saved(*store, batch({overridden(uuid(1), "b")})) == Saved::ok);
    BOOST_TEST(rows() == 2);
}

// B10
BOOST_AUTO_TEST_CASE(overridden_and_later_accepted_keeps_both) {
    auto later = accepted(uuid(1), {uuid(1001)});
    later.at += std::chrono::minutes(5);
    BOOST_TEST(saved(*store, batch({overridden(uuid(1)), later})) == Saved::ok);
    BOOST_TEST(
        text(options.place,
             "SELECT group_concat(outcome) FROM (SELECT outcome FROM feedback ORDER BY outcome_at) AS ordered") ==
        "overridden,accepted");
}

// T77
BOOST_AUTO_TEST_CASE(ten_times_at_once_counts_once_and_each_is_acknowledged) {
    std::vector<std::thread> threads;
    std::vector<std::future<Saved>> answers(10);
    for (auto& answer : answers) {
        threads.emplace_back([&] { answer = saving(*store, batch({overridden(uuid(1), "same")})); });
    }
    for (std::thread& thread : threads) thread.join();
    for (auto& answer : answers) BOOST_TEST(answer.get() == Saved::ok);
    BOOST_TEST(rows() == 1);
}

// B11, decisions.md 57
BOOST_AUTO_TEST_CASE(about_an_unknown_card_is_taken_and_kept_apart) {
    BOOST_TEST(saved(*store, batch({overridden("123456"), overridden(uuid(1))})) == Saved::ok);
    BOOST_TEST(rows("unmatched = 1") == 1);
    BOOST_TEST(rows("unmatched = 0") == 1);
    BOOST_TEST(store->health().feedback_unmatched == 1U);
}

// T78
BOOST_AUTO_TEST_CASE(about_another_clients_card_is_kept_apart) {
    auto foreign = batch({overridden(uuid(1))});
    foreign.client = "ehr-b";
    BOOST_TEST(saved(*store, foreign) == Saved::ok);
    auto other_service = batch({overridden(uuid(1))});
    other_service.service_id = "rectal-cancer-patient-view";
    BOOST_TEST(saved(*store, other_service) == Saved::ok);
    BOOST_TEST(rows("unmatched = 1") == 2);
    BOOST_TEST(rows("unmatched = 0") == 0);
}

BOOST_AUTO_TEST_CASE(before_its_card_is_recorded_leaves_the_quarantine_with_it) {
    BOOST_TEST(saved(*store, batch({overridden(uuid(7))})) == Saved::ok);
    BOOST_TEST(rows("unmatched = 1") == 1);
    store->record_issued(answer({7}));
    await_recorded(*store, 2);
    BOOST_TEST(rows("unmatched = 1") == 0);
    BOOST_TEST(saved(*store, batch({overridden(uuid(7))})) == Saved::ok);
    BOOST_TEST(rows() == 1);
}

BOOST_AUTO_TEST_CASE(of_no_items_is_acknowledged) { BOOST_TEST(saved(*store, batch({})) == Saved::ok); }

BOOST_AUTO_TEST_CASE(survives_closing_and_opening) {
    BOOST_TEST(saved(*store, batch({overridden(uuid(1))})) == Saved::ok);
    store.reset();
    store = opened(options);
    BOOST_TEST(saved(*store, batch({overridden(uuid(1))})) == Saved::ok);
    BOOST_TEST(rows() == 1);
    BOOST_TEST(store->health().up);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_quarantine)

// T78
BOOST_AUTO_TEST_CASE(is_capped_for_each_client_and_refuses_a_batch_whole) {
    testing::TemporaryFolder folder;
    StoreOptions options = in(folder);
    options.quarantine_per_client = 3;
    const auto store = opened(options);
    store->record_issued(answer({1}));
    await_recorded(*store, 1);
    BOOST_TEST(saved(*store, batch({overridden("a"), overridden("b")})) == Saved::ok);
    BOOST_TEST(saved(*store, batch({overridden("c"), overridden("d"), overridden(uuid(1))})) == Saved::too_many);
    BOOST_TEST(number(options.place, "SELECT count(*) FROM feedback") == 2);
    BOOST_TEST(store->health().feedback_refused_quota == 1U);
    BOOST_TEST(saved(*store, batch({overridden("c"), overridden(uuid(1))})) == Saved::ok);
    BOOST_TEST(saved(*store, batch({overridden("c")})) == Saved::ok, "A repeat takes no further room.");
    BOOST_TEST(saved(*store, batch({overridden(uuid(1), "known cards need no room")})) == Saved::ok);
    auto other = batch({overridden("a")});
    other.client = "ehr-b";
    BOOST_TEST(saved(*store, other) == Saved::ok, "Another client has room of its own.");
}

BOOST_AUTO_TEST_CASE(forgets_what_never_found_its_card) {
    testing::TemporaryFolder folder;
    StoreOptions options = in(folder);
    options.quarantine_age = std::chrono::hours(24);
    const auto store = opened(options);
    BOOST_TEST(saved(*store, batch({overridden("a")})) == Saved::ok);
    auto later = batch({overridden("b")});
    later.received += std::chrono::hours(25);
    BOOST_TEST(saved(*store, later) == Saved::ok);
    later.items = {overridden("c")};
    later.received += std::chrono::hours(1);
    BOOST_TEST(saved(*store, later) == Saved::ok);
    BOOST_TEST(text(options.place,
                    "SELECT group_concat(card) FROM (SELECT card FROM feedback ORDER BY card) AS ordered") == "b,c");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(recording_answers)

BOOST_AUTO_TEST_CASE(keeps_card_suggestions_user_place_and_pseudonym) {
    testing::TemporaryFolder folder;
    const StoreOptions options = in(folder);
    const auto store = opened(options);
    store->record_issued(answer({1}));
    await_recorded(*store, 1);
    BOOST_TEST(text(options.place,
                    "SELECT user_id || ' ' || encounter || ' ' || location || ' ' || patient FROM issued_card") ==
               "Practitioner/onc-1 enc-1 Site North 40199484ea45fecc195eaa27b79e2cf0");
    BOOST_TEST(text(options.place, "SELECT suggestions FROM issued_card") ==
               uuid(1001) + " Remove cetuximab\n" + uuid(2001) + " Remove panitumumab");
}

// Evaluated and recorded, nothing shown: there is no card that feedback could be about.
BOOST_AUTO_TEST_CASE(of_a_silent_client_keeps_the_audit_record_alone) {
    testing::TemporaryFolder folder;
    const StoreOptions options = in(folder);
    const auto store = opened(options);
    IssuedAnswer silent = answer({1});
    silent.silent = true;
    store->record_issued(silent);
    await_recorded(*store, 1);
    BOOST_TEST(number(options.place, "SELECT count(*) FROM issued_card") == 0);
    BOOST_TEST(number(options.place, "SELECT count(*) FROM audit WHERE record LIKE '%\"silent\":true%'") == 1);
}

BOOST_AUTO_TEST_CASE(never_waits_and_counts_what_finds_no_room) {
    testing::TemporaryFolder folder;
    StoreOptions options = in(folder);
    options.queue_capacity = 5;
    const auto store = opened(options);
    for (unsigned i = 0; i < 2000; ++i) store->record_issued(answer({i}));
    const auto health = [&] { return store->health(); };
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (health().answers_recorded + health().answers_dropped < 2000 && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    BOOST_TEST(health().answers_recorded + health().answers_dropped == 2000U);
    BOOST_TEST(health().answers_dropped > 0U);
    BOOST_TEST(health().answers_recorded > 0U);
}

BOOST_AUTO_TEST_CASE(is_finished_before_the_store_closes) {
    testing::TemporaryFolder folder;
    const StoreOptions options = in(folder);
    {
        const auto store = opened(options);
        for (unsigned i = 0; i < 500; ++i) store->record_issued(answer({i}));
    }
    BOOST_TEST(number(options.place, "SELECT count(*) FROM issued_card") == 500);
}

BOOST_AUTO_TEST_SUITE_END()
