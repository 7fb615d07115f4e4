// Looking after a store: copies, erasure, retention and another key; the audit chain holds over all of it.
#include "store/maintenance.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

#include "store/place.hpp"
#include "store/stored_patients.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

bool holds(const std::string& file, const std::string& text) {
    std::ifstream stream(file, std::ios::binary);
    const std::string all{std::istreambuf_iterator<char>(stream), {}};
    return all.find(text) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(looking_after_a_store, StoreWithPatients)

BOOST_AUTO_TEST_CASE(counts_and_verifies) {
    const auto state = check_store(options.place);
    BOOST_TEST_REQUIRE(state.ok());
    BOOST_TEST(state.value().cards == 2U);
    BOOST_TEST(state.value().feedback == 2U);
    BOOST_TEST(state.value().chain.records == 4U);
    BOOST_TEST(state.value().chain.head == text(options.place, "SELECT digest FROM audit ORDER BY place DESC LIMIT 1"));
}

BOOST_AUTO_TEST_CASE(of_a_newer_schema_or_of_none_is_refused) {
    BOOST_TEST(!check_store((folder.path() / "none").string()).ok());
    execute(options.place, "INSERT INTO schema_version (version) VALUES (99)");
    for (const auto& what : {check_store(options.place).error().what, upgrade_store(options.place).error().what,
                             backup_store(options.place, copy).error().what}) {
        BOOST_TEST(what == "This store was written by a newer version of the program.");
    }
    BOOST_TEST(!fs::exists(copy));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_copy_of_a_store, StoreWithPatients)

BOOST_AUTO_TEST_CASE(is_made_beside_a_running_service_and_is_a_store_itself) {
    const auto running = opened(options);
    const auto count = backup_store(options.place, copy);
    BOOST_TEST_REQUIRE(count.ok(), (count ? "" : count.error().what));
    BOOST_TEST(count.value() == 1U + 2U + 2U + 2U + 4U);  // key, cards, suggestions, feedback, audit
    BOOST_TEST(saved(*running, batch({overridden(uuid(1), "later")})) == Saved::ok);
    const auto state = check_store(copy);
    BOOST_TEST_REQUIRE(state.ok());
    BOOST_TEST(state.value().feedback == 2U);
    BOOST_TEST(!state.value().chain.broken_at.has_value());
    BOOST_TEST(exported(copy).at(0).reason.comment == "comment 1");
    BOOST_TEST(!fs::exists(copy + ".unfinished"));
}

BOOST_AUTO_TEST_CASE(is_restored_into_an_empty_store_of_the_same_or_the_other_kind) {
    BOOST_TEST_REQUIRE(backup_store(options.place, copy).ok());
    testing::TemporaryFolder other;
    StoreOptions same = in(other);
    for (const std::string& place : {same.place, (other.path() / "restored.sqlite").string()}) {
        if (fs::exists(place)) continue;
        BOOST_TEST_REQUIRE(restore_store(copy, place).ok());
        StoreOptions there = options;
        there.place = place;
        const auto store = opened(there);
        BOOST_TEST(saved(*store, batch({overridden(uuid(1), "comment 1")})) == Saved::ok);
        BOOST_TEST(store->health().feedback_repeated == 1U);
        BOOST_TEST(!verify_audit(place).value().broken_at.has_value());
        BOOST_TEST(exported(place).size() == 2U);
    }
}

BOOST_AUTO_TEST_CASE(overwrites_nothing) {
    BOOST_TEST_REQUIRE(backup_store(options.place, copy).ok());
    BOOST_TEST(backup_store(options.place, copy).error().what == "This file exists; a copy overwrites nothing.");
    BOOST_TEST(restore_store(copy, options.place).error().what ==
               "This store holds rows already; a copy overwrites nothing.");
    BOOST_TEST(exported(options.place).size() == 2U);
}

BOOST_AUTO_TEST_CASE(that_is_no_store_restores_nothing) {
    std::ofstream(copy) << std::string(5000, 'x');
    testing::TemporaryFolder other;
    const std::string place = (other.path() / "restored.sqlite").string();
    BOOST_TEST(!restore_store(copy, place).ok());
    BOOST_TEST(!fs::exists(place));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(erasing_a_patient, StoreWithPatients)

BOOST_AUTO_TEST_CASE(takes_cards_feedback_and_audit_records_and_leaves_the_others) {
    const auto running = opened(options);
    const auto erased = erase_patients(options.place, {first}, now);
    BOOST_TEST_REQUIRE(erased.ok(), (erased ? "" : erased.error().what));
    BOOST_TEST(erased.value().cards == 1U);
    BOOST_TEST(erased.value().feedback == 1U);
    BOOST_TEST(erased.value().records == 1U);
    for (const char* condition : {"issued_card", "feedback", "issued_suggestion WHERE uuid NOT LIKE '%2'"})
        BOOST_TEST(rows(condition) == (std::string(condition).size() > 20 ? 0 : 1), condition);
    BOOST_TEST(rows("audit WHERE record LIKE '%" + first + "%' OR record LIKE '%encounter-1%'") == 0);
    BOOST_TEST(rows("audit WHERE record LIKE '%" + second + "%'") == 1);
    BOOST_TEST(exported(options.place).at(0).reason.comment == "comment 2");
    BOOST_TEST(saved(*running, batch({overridden(uuid(2), "goes on")})) == Saved::ok);
}

BOOST_AUTO_TEST_CASE(leaves_a_chain_that_verifies_and_says_what_was_erased) {
    BOOST_TEST_REQUIRE(erase_patients(options.place, {first}, now).ok());
    BOOST_TEST(chain().records == 5U);
    BOOST_TEST(chain().erased == 1U);
    BOOST_TEST(text(options.place, "SELECT record FROM audit WHERE place = 5") ==
               R"({"event":"erasure","cards":1,"feedback":1,"places":[1]})");
    execute(options.place, "UPDATE audit SET record = '', salt = '' WHERE place = 2");
    BOOST_TEST(verify_audit(options.place).value().broken_at.value_or(0) == 2U, "Nobody said that it was erased.");
}

BOOST_AUTO_TEST_CASE(leaves_nothing_of_it_in_the_file) {
    if (is_postgresql(options.place)) return;
    BOOST_TEST(holds(options.place, "comment 2"));
    BOOST_TEST_REQUIRE(erase_patients(options.place, {first}, now).ok());
    for (const char* part : {"", "-wal"}) {
        for (const std::string& gone : {std::string("comment 1"), first, std::string("encounter-1")})
            BOOST_TEST(!holds(options.place + part, gone), gone << " in " << part);
    }
    BOOST_TEST(holds(options.place, "comment 2"));
}

BOOST_AUTO_TEST_CASE(who_is_not_known_changes_nothing_and_what_is_no_pseudonym_is_refused) {
    const auto none = erase_patients(options.place, {std::string(32, '0')}, now);
    BOOST_TEST_REQUIRE(none.ok());
    BOOST_TEST(none.value().cards == 0U);
    BOOST_TEST(chain().records == 4U);
    for (const std::string& wrong : {std::string("%"), std::string(), first + "0", std::string(32, 'A')})
        BOOST_TEST(!erase_patients(options.place, {wrong}, now).ok(), wrong);
    BOOST_TEST(chain().records == 4U);
}

// With another key nobody is found, and "nothing to erase" would be believed.
BOOST_AUTO_TEST_CASE(with_a_pseudonym_of_another_key_is_refused_and_counts_whom_it_found) {
    const std::string right = pseudonyms_in(key).fingerprint();
    const auto other = pseudonyms_in((folder.path() / "other-key").string());
    const auto refused = erase_patients(options.place, {other.of(client, "1")}, now, other.fingerprint());
    BOOST_TEST_REQUIRE(!refused.ok());
    BOOST_TEST(refused.error().what.find("another key") != std::string::npos, refused.error().what);
    BOOST_TEST(erase_patients(options.place, {first, std::string(32, '0')}, now, right).value().patients == 1U);
}

BOOST_AUTO_TEST_CASE(changes_nothing_over_a_broken_chain) {
    execute(options.place, "UPDATE audit SET at = at + 1 WHERE place = 2");
    const std::string expected = "The audit chain is broken at record 2; nothing was changed.";
    BOOST_TEST(erase_patients(options.place, {first}, now).error().what == expected);
    BOOST_TEST(erase_older(options.place, now, now).error().what == expected);
    BOOST_TEST(rotate_key(options.place, key, now).error().what == expected);
    BOOST_TEST(rows("issued_card") == 2);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(erasing_what_is_old, StoreWithPatients)

BOOST_AUTO_TEST_CASE(keeps_what_is_young_and_a_chain_that_verifies) {
    {
        const auto store = opened(options);
        IssuedAnswer later = about(second, 3);
        later.at += 24h * 60;
        store->record_issued(later);
        await_recorded(*store, 1);
        auto feedback = batch({overridden(uuid(2), "late")});
        feedback.received += 24h * 60;
        BOOST_TEST(saved(*store, feedback) == Saved::ok);
    }
    const auto erased = erase_older(options.place, at("2026-04-01T00:00:00Z"), now);
    BOOST_TEST_REQUIRE(erased.ok(), (erased ? "" : erased.error().what));
    BOOST_TEST(erased.value().feedback == 2U);
    BOOST_TEST(erased.value().cards == 1U, "Card 2 stays, since somebody reported on it later.");
    BOOST_TEST(erased.value().records == 4U);
    BOOST_TEST(rows("issued_suggestion WHERE card = '" + uuid(1) + "'") == 0);
    BOOST_TEST(chain().records == 3U);
    BOOST_TEST(number(options.place, "SELECT min(place) FROM audit") == 5);
    BOOST_TEST_REQUIRE(erase_older(options.place, at("2026-05-20T00:00:00Z"), now + 1h).ok());
    BOOST_TEST_REQUIRE(erase_older(options.place, now + 30min, now + 2h).ok());
    BOOST_TEST(chain().records == 2U);
    opened(options)->record_issued(about(first, 4));
    BOOST_TEST(chain().records == 3U);
    execute(options.place, "DELETE FROM audit WHERE place = (SELECT min(place) FROM audit)");
    BOOST_TEST(verify_audit(options.place).value().broken_at.has_value());
}

// A clock years ahead is more likely than a store that nobody wrote to for years.
BOOST_AUTO_TEST_CASE(that_would_erase_everything_is_refused_unless_meant) {
    const auto far = now + std::chrono::hours(24 * 365 * 6);
    const auto refused = erase_older(options.place, far - 24h, far);
    BOOST_TEST_REQUIRE(!refused.ok());
    BOOST_TEST(refused.error().what.find("Nothing was erased") != std::string::npos);
    BOOST_TEST(rows("issued_card") == 2);
    BOOST_TEST(erase_older(options.place, far - 24h, far, true).value().cards == 2U);
    BOOST_TEST(rows("issued_card") == 0);
}

BOOST_AUTO_TEST_CASE(of_nothing_old_changes_nothing) {
    const auto erased = erase_older(options.place, at("2026-01-01T00:00:00Z"), now);
    BOOST_TEST_REQUIRE(erased.ok());
    BOOST_TEST(erased.value().records == 0U);
    BOOST_TEST(chain().records == 4U);
}

BOOST_AUTO_TEST_SUITE_END()
