// Cards, answers and feedback to store, and a store in a folder of its own.
#pragma once

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "store/open_store.hpp"
#include "support/child_process.hpp"

namespace rectal_cds::store::test {

inline const std::string client = "ehr-a";
inline const std::string service = "rectal-cancer-order-sign";
inline const std::string noon = "2026-03-02T12:00:00Z";

Instant at(const std::string& rfc3339);  // precondition: it is one

// A UUID that tells samples apart: uuid(7) is "00000000-0000-4000-8000-000000000007".
std::string uuid(unsigned number);

cdshooks::WrittenCard card(unsigned number);  // with the two suggestions uuid(1000 + number) and uuid(2000 + number)
IssuedAnswer answer(std::vector<unsigned> cards);  // issued at noon by `client` and `service`
cdshooks::FeedbackItem overridden(const std::string& card, const std::string& comment = "");
cdshooks::FeedbackItem accepted(const std::string& card, std::vector<std::string> suggestions);
FeedbackBatch batch(std::vector<cdshooks::FeedbackItem> items);  // received a minute after noon

// Opens a store in this folder; the test ends when it cannot be opened.
std::unique_ptr<Store> opened(const StoreOptions& options);
// A store of the folder: a file in it, or in the tests of PostgreSQL a schema of that name, so that each test has one.
std::string place_in(const testing::TemporaryFolder& folder);
StoreOptions in(const testing::TemporaryFolder& folder);  // without patience for locks, so that tests are quick

// The fixture of a test: a place for one store.
struct StorePlace {
    testing::TemporaryFolder folder;
    StoreOptions options = in(folder);

    std::string refused() const;  // why it is not opened; the test ends when it is
};

std::future<Saved> saving(Store& store, FeedbackBatch batch);

// Waits for the answer; the test ends when none comes within ten seconds.
Saved saved(Store& store, FeedbackBatch batch);

// Waits until so many answers are recorded.
void await_recorded(const Store& store, std::uint64_t count);

// The single number that a query answers, read through a connection of its own.
long long number(const std::string& place, const std::string& query);
std::string text(const std::string& place, const std::string& query);
void execute(const std::string& place, const std::string& statement);

std::ostream& operator<<(std::ostream& out, Saved saved);

}  // namespace rectal_cds::store::test

namespace rectal_cds::store {
using test::operator<<;  // for Boost.Test, which looks it up beside Saved
}
