#include "conformance/corpus.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

#include "conformance/answers.hpp"
#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::conformance {

namespace fs = std::filesystem;
using json::Document;
using json::Value;

namespace {

constexpr std::size_t fewest_scenarios = 238;

std::set<fs::path> scenario_files() {
    std::set<fs::path> files;
    for (const auto& entry : fs::directory_iterator(testing::source_folder() / "tests" / "scenarios" / "files"))
        files.insert(entry.path());
    BOOST_TEST_REQUIRE(files.size() >= fewest_scenarios);
    return files;
}

}  // namespace

std::vector<Asked> ask_all(Service& service, std::string_view hook) {
    std::vector<Asked> all;
    for (const fs::path& file : scenario_files()) {
        const auto scenario = Document::parse(testing::read_text(file));
        BOOST_TEST_REQUIRE(scenario.ok(), file);
        const Value root = scenario.value().root(), request = root["request"];
        BOOST_TEST_REQUIRE(root["today"].text() == example_day);
        const std::string of(request["hook"].text());
        if (!hook.empty() && hook != of) continue;
        json::Writer writer;
        const std::string body = writer.value(request).take();
        HttpAnswer answer = service.call(of, body);
        BOOST_TEST_REQUIRE(answer.status == 200, file << ' ' << answer.body.substr(0, 300));
        Document cards = parsed(answer);
        all.push_back(
            {file.stem().string(), of, body, Document::parse(body).value(), std::move(answer), std::move(cards)});
    }
    return all;
}

const std::vector<Asked>& corpus() {
    static const std::vector<Asked> asked = ask_all(sandbox());
    return asked;
}

std::size_t each_card(const std::vector<Asked>& asked, const std::function<void(const Asked&, Value)>& judge) {
    std::size_t count = 0;
    for (const Asked& one : asked) {
        for (const Value card : one.cards.root()["cards"].elements()) {
            BOOST_TEST_CONTEXT(one.name << ' ' << card["source"]["topic"]["code"].text()) { judge(one, card); }
            ++count;
        }
    }
    return count;
}

std::size_t each_suggestion(const std::vector<Asked>& asked,
                            const std::function<void(const Asked&, Value, Value)>& judge) {
    std::size_t count = 0;
    each_card(asked, [&](const Asked& one, Value card) {
        for (const Value suggestion : card["suggestions"].elements()) judge(one, card, suggestion), ++count;
    });
    return count;
}

std::size_t each_action(const std::vector<Asked>& asked, const std::function<void(const Asked&, Value)>& judge) {
    std::size_t count = 0;
    each_suggestion(asked, [&](const Asked& one, Value, Value suggestion) {
        for (const Value action : suggestion["actions"].elements()) judge(one, action), ++count;
    });
    return count;
}

}  // namespace rectal_cds::conformance
