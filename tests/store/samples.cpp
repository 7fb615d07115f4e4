#include "store/samples.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <ostream>
#include <thread>

#include "store/database.hpp"

namespace rectal_cds::store::test {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

Instant at(const std::string& rfc3339) { return cdshooks::parse_instant(rfc3339).value(); }

std::string uuid(unsigned number) {
    char text[37];
    std::snprintf(text, sizeof text, "00000000-0000-4000-8000-%012u", number);
    return text;
}

cdshooks::WrittenCard card(unsigned number) {
    cdshooks::WrittenCard card;
    card.uuid = uuid(number);
    card.recommendation_id = "anti-egfr-ras-mutant";
    card.title = "Anti-EGFR antibody with a RAS mutation";
    card.indicator = guideline::Indicator::critical;
    card.content_version = "0.1.0";
    card.evidence = "0123456789abcdef0123456789abcdef";
    card.order = "MedicationRequest/d1 aa";
    card.suggestions = {{uuid(1000 + number), "Remove cetuximab"}, {uuid(2000 + number), "Remove panitumumab"}};
    return card;
}

IssuedAnswer answer(std::vector<unsigned> cards) {
    IssuedAnswer answer;
    answer.client = client;
    answer.service_id = service;
    answer.hook = "order-sign";
    answer.hook_instance = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea";
    answer.user_id = "Practitioner/onc-1";
    answer.encounter_id = "enc-1";
    answer.location = "Site North";
    answer.patient = "40199484ea45fecc195eaa27b79e2cf0";
    answer.content_version = "0.1.0";
    answer.at = at(noon);
    for (const unsigned number : cards) answer.cards.push_back(card(number));
    return answer;
}

cdshooks::FeedbackItem overridden(const std::string& card, const std::string& comment) {
    cdshooks::FeedbackItem item;
    item.card = card;
    item.outcome = cdshooks::FeedbackOutcome::overridden;
    item.reason.comment = comment;
    item.at = at("2026-03-02T12:00:30Z");
    return item;
}

cdshooks::FeedbackItem accepted(const std::string& card, std::vector<std::string> suggestions) {
    cdshooks::FeedbackItem item = overridden(card);
    item.outcome = cdshooks::FeedbackOutcome::accepted;
    item.suggestions = std::move(suggestions);
    return item;
}

FeedbackBatch batch(std::vector<cdshooks::FeedbackItem> items) {
    return {client, service, at("2026-03-02T12:01:00Z"), std::move(items)};
}

std::string place_in(const testing::TemporaryFolder& folder) {
    const char* const server = std::getenv("RECTAL_CDS_TEST_STORE");
    if (!server) return (folder.path() / "store.sqlite").string();
    const std::string schema = "s" + std::to_string(std::hash<std::string>{}(folder.path().string()));
    const fs::path file = folder.path() / "address";
    if (!fs::exists(file)) {
        execute("@" + std::string(server), "CREATE SCHEMA " + schema);
        std::string address;
        std::getline(std::ifstream(server) >> std::ws, address);
        std::ofstream(file) << address << "?options=-csearch_path%3D" << schema << "%2Cpublic\n";
        fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    }
    return "@" + file.string();
}

StoreOptions in(const testing::TemporaryFolder& folder) {
    StoreOptions options;
    options.place = place_in(folder);
    options.busy_wait = 100ms;
    return options;
}

std::unique_ptr<Store> opened(const StoreOptions& options) {
    auto store = open_store(options);
    BOOST_TEST_REQUIRE(store.ok(), (store ? "" : store.error().what));
    return std::move(store).value();
}

std::string StorePlace::refused() const {
    const auto store = open_store(options);
    BOOST_TEST_REQUIRE(!store.ok(), "The store was opened.");
    BOOST_TEST(store.error().where == options.place);
    return store.error().what;
}

std::future<Saved> saving(Store& store, FeedbackBatch batch) {
    const auto promise = std::make_shared<std::promise<Saved>>();
    store.save_feedback(std::move(batch), [promise](Saved saved) { promise->set_value(saved); });
    return promise->get_future();
}

Saved saved(Store& store, FeedbackBatch batch) {
    auto answer = saving(store, std::move(batch));
    BOOST_TEST_REQUIRE((answer.wait_for(10s) == std::future_status::ready), "save_feedback did not answer.");
    return answer.get();
}

void await_recorded(const Store& store, std::uint64_t count) {
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (store.health().answers_recorded < count && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(2ms);
    }
    BOOST_TEST_REQUIRE(store.health().answers_recorded == count);
}

// Opens, asks, closes. The first column of the first row, or empty.
std::string text(const std::string& place, const std::string& query) {
    soci::session sql;
    open_database(sql, place, 5000ms, Durability::normal);
    std::string answer;
    soci::indicator indicator = soci::i_ok;
    try {
        if (query.starts_with("SELECT") || query.starts_with("PRAGMA"))
            sql << query, soci::into(answer, indicator);
        else
            sql << query;
    } catch (const std::exception& error) {
        BOOST_FAIL(query << ": " << error.what());
    }
    return indicator == soci::i_ok ? answer : std::string();
}

long long number(const std::string& place, const std::string& query) { return std::stoll(text(place, query)); }
void execute(const std::string& place, const std::string& statement) { text(place, statement); }

std::ostream& operator<<(std::ostream& out, Saved saved) {
    return out << (saved == Saved::ok ? "ok" : saved == Saved::too_many ? "too many" : "unavailable");
}

}  // namespace rectal_cds::store::test
