#include "store/samples.hpp"

#include <sqlite3.h>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdio>
#include <future>
#include <ostream>
#include <thread>

namespace rectal_cds::store::test {

using namespace std::chrono_literals;

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

StoreOptions in(const testing::TemporaryFolder& folder) {
    StoreOptions options;
    options.file = (folder.path() / "store.sqlite").string();
    options.busy_wait = 100ms;
    return options;
}

std::unique_ptr<Store> opened(const StoreOptions& options) {
    auto store = open_sqlite_store(options);
    BOOST_TEST_REQUIRE(store.ok(), (store ? "" : store.error().what));
    return std::move(store).value();
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

namespace {

// Opens, asks, closes. The first column of the first row, or empty.
std::string ask(const std::string& file, const std::string& query) {
    sqlite3* connection = nullptr;
    sqlite3_stmt* statement = nullptr;
    std::string answer;
    BOOST_TEST_REQUIRE(sqlite3_open(file.c_str(), &connection) == SQLITE_OK);
    sqlite3_busy_timeout(connection, 5000);
    const int prepared = sqlite3_prepare_v2(connection, query.c_str(), -1, &statement, nullptr);
    const int stepped = prepared == SQLITE_OK ? sqlite3_step(statement) : prepared;
    if (stepped == SQLITE_ROW) {
        const unsigned char* const column = sqlite3_column_text(statement, 0);
        if (column) answer = reinterpret_cast<const char*>(column);
    }
    const std::string message = sqlite3_errmsg(connection);
    sqlite3_finalize(statement);
    sqlite3_close(connection);
    BOOST_TEST_REQUIRE((stepped == SQLITE_ROW || stepped == SQLITE_DONE), query << ": " << message);
    return answer;
}

}  // namespace

long long number(const std::string& file, const std::string& query) { return std::stoll(ask(file, query)); }
std::string text(const std::string& file, const std::string& query) { return ask(file, query); }
void execute(const std::string& file, const std::string& statement) { ask(file, statement); }

std::ostream& operator<<(std::ostream& out, Saved saved) {
    return out << (saved == Saved::ok ? "ok" : saved == Saved::too_many ? "too many" : "unavailable");
}

}  // namespace rectal_cds::store::test
