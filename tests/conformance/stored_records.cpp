#include "conformance/stored_records.hpp"

#include <boost/test/unit_test.hpp>
#include <soci/soci.h>

#include <chrono>
#include <thread>

#include "conformance/answers.hpp"
#include "store/reading.hpp"

namespace rectal_cds::conformance {

namespace {

constexpr auto patience = std::chrono::seconds(20);

std::vector<std::string> column(soci::session& sql, const std::string& query) {
    std::vector<std::string> texts;
    const soci::rowset<std::string> rows = (sql.prepare << query);
    for (const std::string& text : rows) texts.push_back(text);
    return texts;
}

}  // namespace

std::vector<std::string> audit_records(Service& service, std::string_view holding, std::size_t at_least) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (true) {  // written a moment after the answer
        soci::session sql;
        store::open_for_reading(sql, service.process().store().string());
        std::vector<std::string> found;
        for (std::string& record : column(sql, "SELECT record FROM audit ORDER BY place")) {
            if (contains(record, holding)) found.push_back(std::move(record));
        }
        if (found.size() >= at_least) return found;
        BOOST_TEST_REQUIRE((std::chrono::steady_clock::now() < end),
                           "the audit has " << found.size() << " records of " << at_least);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

std::vector<StoredText> stored_texts(const std::filesystem::path& file) {
    soci::session sql;
    store::open_for_reading(sql, file.string());
    std::vector<StoredText> texts;
    for (const std::string& table : column(sql, "SELECT name FROM sqlite_master WHERE type = 'table'")) {
        for (const std::string& name : column(sql, "SELECT name FROM pragma_table_info('" + table + "')")) {
            for (std::string& text :
                 column(sql, "SELECT CAST(coalesce(\"" + name + "\", '') AS TEXT) FROM \"" + table + '"'))
                texts.push_back({table, name, std::move(text)});
        }
    }
    return texts;
}

}  // namespace rectal_cds::conformance
