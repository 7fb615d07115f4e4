// one-change.md: what each recommendation makes of one change to a patient in whom it fires. ./dev approve rewrites the
// table; read the difference. Whatever is approved: nobody outside the scope gets a card, and what was not read leaves
// no "no" behind that stood on it.
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "cases/golden_case.hpp"
#include "cases/one_change.hpp"
#include "guideline/judge.hpp"
#include "support/hook_call.hpp"
#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

using Row =
    std::vector<std::string>;  // info, warning or critical where it fires; no; unknown; - where it is not judged

std::string cell(const std::string& request, const std::string& today, const std::string& id) {
    const auto document = json::Document::parse(request);
    BOOST_TEST_REQUIRE(document.ok());
    const CallResult result = call(document.value().root(), today, true);
    if (result.status != 200) return std::to_string(result.status);
    const auto answer = json::Document::parse(result.body);
    const auto fired = indicators(answer.value().root());
    if (const auto found = fired.find(id); found != fired.end()) return found->second;
    const std::string truth = applies(answer.value().root(), id);
    return truth.empty() ? "-" : truth == "yes" ? "yields" : truth;
}

// The first case in which it fires.
std::string firing_case(const std::string& id) {
    for (const GoldenCase& golden : golden_cases()) {
        if (golden.recommendation == id && golden.verdict() == "fires") return read_text(golden.folder / "case.json");
    }
    throw std::runtime_error("There is no case in which " + id + " fires.");
}

Row row_of(const std::string& id) {
    const auto golden = json::Document::parse(firing_case(id));
    json::Writer writer;
    const std::string request = writer.value(golden.value().root()["request"]).take(),
                      today(golden.value().root()["today"].text());
    Row row;
    for (const Change& change : one_changes()) row.push_back(cell(change.made(request, today), today, id));
    return row;
}

const std::vector<std::pair<std::string, Row>>& table() {
    static const auto rows = [] {
        std::vector<std::pair<std::string, Row>> all;
        for (const auto& recommendation : real_knowledge().recommendations)
            all.emplace_back(recommendation.id, row_of(recommendation.id));
        return all;
    }();
    return rows;
}

std::string in_markdown() {
    std::string text =
        "# One change to a patient in whom a recommendation fires\n\nPrinted by the test of the same name; `./dev "
        "approve` rewrites it. "
        "info, warning, critical: it fires. yields: it applies, and another card takes its place. -: not judged, the "
        "chart of a patient "
        "who is out of scope, or a hook that does not ask. A number: the call is refused.\n\n| recommendation |";
    std::string line = "|---|";
    for (const Change& change : one_changes()) text += ' ' + change.name + " |", line += "---|";
    text += '\n' + line + '\n';
    for (const auto& [id, row] : table()) {
        text += "| " + id + " |";
        for (const std::string& entry : row) text += ' ' + entry + " |";
        text += '\n';
    }
    return text;
}

bool fires(const std::string& entry) { return entry == "info" || entry == "warning" || entry == "critical"; }

std::size_t column(std::string_view name) {
    for (std::size_t i = 0; i < one_changes().size(); ++i) {
        if (one_changes()[i].name == name) return i;
    }
    throw std::out_of_range("There is no change " + std::string(name));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(one_change_to_each_patient)

BOOST_AUTO_TEST_CASE(the_table_is_as_approved) {
    const auto file = source_folder() / "tests" / "cases" / "one-change.md";
    const std::string found = in_markdown(), expected = std::filesystem::exists(file) ? read_text(file) : "";
    const char* const wish = std::getenv("RECTAL_CDS_APPROVE");
    if (!wish || std::string(wish) != "1") {
        BOOST_TEST((expected == found), first_difference(expected, found));
    } else if (expected != found) {
        std::ofstream(file, std::ios::binary) << found;
        std::cout << "approved: tests/cases/one-change.md\n";
    }
}

BOOST_AUTO_TEST_CASE(each_fires_as_it_is) {
    for (const auto& [id, row] : table()) BOOST_TEST(fires(row[0]), id);
}

BOOST_AUTO_TEST_CASE(nobody_out_of_scope_gets_a_card) {
    for (const char* change : {"dead", "aged 17", "no rectal cancer", "M0"}) {
        for (const auto& [id, row] : table()) {
            if (id == "data-unavailable") continue;  // the diagnoses were not read: nobody knows who is in scope
            BOOST_TEST(!fires(row[column(change)]), id << ", " << change);
        }
    }
}

BOOST_AUTO_TEST_CASE(an_open_age_or_m_category_takes_no_critical_card_away) {
    for (const auto& [id, row] : table()) {
        if (row[0] != "critical") continue;
        const bool is_for_orders = guideline::is_for(*real_knowledge().recommendation(id), domain::Hook::order_sign);
        if (!is_for_orders) continue;
        for (const char* change : {"no birth date", "M not stated"})
            BOOST_TEST(row[column(change)] == "critical", id << ", " << change);
    }
}

BOOST_AUTO_TEST_SUITE_END()
