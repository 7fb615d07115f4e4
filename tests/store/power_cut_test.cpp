// Power cuts: what was written and not synced is lost, in part or whole, in any order. Acknowledged feedback is never
// (T74; WAL with synchronous=FULL, reliability.md 2.4).
//
// RECTAL_CDS_POWER_CUTS: how often (40).
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <random>
#include <set>
#include <thread>

#include "store/audit_chain.hpp"
#include "store/faulty_disk.hpp"
#include "store/samples.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;
using namespace std::chrono_literals;

namespace {

unsigned cuts() {
    const char* const wish = std::getenv("RECTAL_CDS_POWER_CUTS");
    return wish ? static_cast<unsigned>(std::stoul(wish)) : 40;
}

struct Sent {
    std::string name;
    std::future<Saved> answer;
};

// Sends batches of two items while the power goes; what was acknowledged is added.
void store_until_dark(const StoreOptions& options, FaultyDisk& disk, unsigned cut, unsigned writes,
                      std::set<std::string>& acknowledged) {
    disk.cut_power_after(writes);
    const auto opening = open_store(options);  // goes dark here as well, in the midst of recovery
    if (!opening) {
        BOOST_TEST(disk.is_off(), opening.error().what);
        return;
    }
    const auto& store = opening.value();
    std::vector<Sent> sent;
    for (unsigned i = 0; !disk.is_off() && i < 1000; ++i) {
        const std::string name = std::to_string(cut) + "-" + std::to_string(i);
        store->record_issued(answer({cut}));
        sent.push_back({name, saving(*store, batch({overridden(name + "/0"), overridden(name + "/1")}))});
        if (i % 3 == 2) sent.back().answer.wait();
    }
    for (Sent& one : sent) {
        if (one.answer.get() == Saved::ok) acknowledged.insert(one.name);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(loss_of_power)

BOOST_AUTO_TEST_CASE(takes_no_acknowledged_batch_and_leaves_none_in_part) {
    FaultyDisk disk;
    testing::TemporaryFolder folder;
    StoreOptions options = in(folder);
    options.quarantine_per_client = 100'000'000;
    std::mt19937 random(20260302);
    std::set<std::string> acknowledged;
    for (unsigned cut = 0; cut < cuts(); ++cut) {
        store_until_dark(options, disk, cut, random() % 200, acknowledged);
        disk.restore_power(random());
    }
    BOOST_TEST_MESSAGE(cuts() << " cuts, " << acknowledged.size() << " batches acknowledged, " << disk.lost()
                              << " writes lost");
    BOOST_TEST(acknowledged.size() > 0U);
    BOOST_TEST(disk.lost() > 0U, "The simulation took nothing away.");
    BOOST_TEST(text(options.place, "PRAGMA integrity_check") == "ok");
    const auto chain = verify_audit(options.place);
    BOOST_TEST_REQUIRE(chain.ok());
    BOOST_TEST(!chain.value().broken_at.has_value());
    std::size_t missing = 0;
    for (const std::string& name : acknowledged) {
        missing += number(options.place,
                          "SELECT count(*) FROM feedback WHERE card IN ('" + name + "/0','" + name + "/1')") == 2
                       ? 0
                       : 1;
    }
    BOOST_TEST(missing == 0U);
    BOOST_TEST(number(options.place, "SELECT count(*) FROM (SELECT count(*) AS items FROM feedback GROUP BY"
                                     " substr(card, 1, length(card) - 2)) WHERE items <> 2") == 0);
}

BOOST_AUTO_TEST_SUITE_END()
