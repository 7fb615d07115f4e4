#include "store/copying.hpp"

#include <string>
#include <vector>

namespace rectal_cds::store {

namespace {

// Read and written as text, which both databases turn into the type of the column.
struct Table {
    const char* name;
    const char* first;                 // before the first key
    std::vector<std::string> columns;  // the key first
};

const std::vector<Table>& tables() {
    static const std::vector<Table> all{
        {"pseudonym_key", "", {"fingerprint"}},
        {"issued_card",
         "",
         {"uuid", "client", "service", "hook", "hook_instance", "user_id", "encounter", "location", "patient",
          "recommendation", "title", "indicator", "content_version", "issued_at", "evidence", "drafted_order",
          "suggestions"}},
        {"issued_suggestion", "", {"uuid", "card", "label"}},
        {"feedback",
         "",
         {"item", "client", "service", "card", "outcome", "outcome_at", "suggestions", "reason_system", "reason_code",
          "reason_display", "reason_category", "reason_title", "reason_comment", "received_at", "place", "unmatched",
          "test_clock"}},
        {"audit", "-1", {"place", "id", "at", "record", "digest", "salt", "seal"}},
    };
    return all;
}

constexpr int page_size = 1000;

std::string listed(const std::vector<std::string>& names, const std::string& before) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + before + name;
    return text;
}

using Rows = std::vector<std::vector<std::string>>;

Rows read_page(soci::session& sql, const Table& table, const std::string& after) {
    std::vector<std::string> row(table.columns.size());
    const std::string key = table.columns[0], name = table.name;
    soci::statement statement(sql);
    for (std::string& value : row) statement.exchange(soci::into(value));
    statement.exchange(soci::use(after, "after"));
    statement.alloc();
    statement.prepare("SELECT " + listed(table.columns, "") + " FROM " + name + " WHERE " + key +
                      " > :after ORDER BY " + key + " LIMIT " + std::to_string(page_size));
    statement.define_and_bind();
    statement.execute();
    Rows rows;
    while (statement.fetch()) rows.push_back(row);
    return rows;
}

void write_page(soci::session& sql, const Table& table, const Rows& rows) {
    std::vector<std::string> row(table.columns.size());
    soci::statement statement(sql);
    for (std::size_t i = 0; i < row.size(); ++i) statement.exchange(soci::use(row[i], table.columns[i]));
    statement.alloc();
    statement.prepare("INSERT INTO " + std::string(table.name) + " (" + listed(table.columns, "") + ") VALUES (" +
                      listed(table.columns, ":") + ")");
    statement.define_and_bind();
    for (const auto& values : rows) {
        row = values;
        statement.execute(true);
    }
}

}  // namespace

std::uint64_t copy_rows(soci::session& from, soci::session& to) {
    std::uint64_t count = 0;
    for (const Table& table : tables()) {
        Rows page;
        for (std::string after = table.first; !(page = read_page(from, table, after)).empty(); after = page.back()[0]) {
            write_page(to, table, page);
            count += page.size();
        }
    }
    return count;
}

bool has_rows(soci::session& sql) {
    for (const Table& table : tables()) {
        int found = 0;
        sql << "SELECT count(*) FROM (SELECT 1 FROM " << table.name << " LIMIT 1) AS any_row", soci::into(found);
        if (found > 0) return true;
    }
    return false;
}

}  // namespace rectal_cds::store
