// `feedback export` on the command line.
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <set>
#include <string>

#include "cdshooks/instant.hpp"
#include "json/document.hpp"
#include "store/open_store.hpp"
#include "support/child_process.hpp"
#include "support/real_knowledge.hpp"
#include "support/running_service.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

struct StoreFile {
    TemporaryFolder folder;
    std::string file = (folder.path() / "store.sqlite").string();

    StoreFile() {
        store::StoreOptions options;
        options.place = file;
        auto store = store::open_store(options);
        BOOST_TEST_REQUIRE(store.ok());
        store::IssuedAnswer answer;
        answer.client = "ehr-a", answer.service_id = "s", answer.user_id = "Practitioner/1", answer.location = "North";
        answer.at = cdshooks::parse_instant("2026-03-02T12:00:00Z").value();
        answer.cards.push_back({"card-1", "mdt-discussion", "Discuss", {}, "0.1.0", "", "", {}});
        store.value()->record_issued(answer);
        cdshooks::FeedbackItem item;
        item.card = "card-1", item.outcome = cdshooks::FeedbackOutcome::overridden, item.at = answer.at;
        item.reason.comment = "=later, \"perhaps\"";
        store.value()->save_feedback({"ehr-a", "s", answer.at, {item}}, [](store::Saved) {});
    }

    Finished exported(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {program().string(), "feedback", "export", "--store", file});
        return run(arguments);
    }
};

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(feedback_export, StoreFile)

BOOST_AUTO_TEST_CASE(prints_csv_with_a_heading) {
    const Finished finished = exported({});
    BOOST_TEST(finished.exit_code == 0);
    BOOST_TEST(says(finished.out, "\"intervention\",\"title\","));
    BOOST_TEST(says(finished.out, "\"mdt-discussion\""));
    BOOST_TEST(says(finished.out, "\"'=later, \"\"perhaps\"\"\""));
    BOOST_TEST(finished.err == "1 exported.\n");
}

BOOST_AUTO_TEST_CASE(prints_json) {
    const Finished finished = exported({"--format", "json", "--from", "2026-03-02", "--to", "2026-03-02"});
    BOOST_TEST(finished.exit_code == 0);
    auto document = json::Document::parse(finished.out);
    BOOST_TEST_REQUIRE(document.ok());
    BOOST_TEST(document.value().root().at(0)["comment"].text() == "=later, \"perhaps\"");
    BOOST_TEST(document.value().root().at(0)["location"].text() == "North");
}

BOOST_AUTO_TEST_CASE(prints_a_heading_or_an_empty_array_where_there_is_nothing) {
    BOOST_TEST(exported({"--from", "2026-03-03"}).out.find('\n') == exported({"--from", "2026-03-03"}).out.size() - 1);
    BOOST_TEST(exported({"--from", "2026-03-03", "--format", "json"}).out == "[\n]\n");
}

BOOST_AUTO_TEST_CASE(refuses_what_it_cannot_do) {
    BOOST_TEST(exported({"--from", "yesterday"}).exit_code == 2);
    BOOST_TEST(exported({"--format", "xml"}).exit_code == 2);
    BOOST_TEST(says(exported({"--from", "2026-03-02", "--to", "2026-03-01"}).err, "--to"));
    const Finished none = run({program().string(), "feedback", "export", "--store", file + "-none"});
    BOOST_TEST(none.exit_code == 2);
    BOOST_TEST(none.out.empty());
    BOOST_TEST(says(none.err, "-none: There is no store of this name."));
    BOOST_TEST(!std::filesystem::exists(file + "-none"));
}

// A client may send back the code of a reason that we offered, and nothing else of it.
BOOST_AUTO_TEST_CASE(gives_our_own_override_reasons_their_words) {
    const auto report = [&](const char* system, const char* display) {
        cdshooks::FeedbackItem item;
        item.card = "card-1", item.outcome = cdshooks::FeedbackOutcome::overridden;
        item.at = cdshooks::parse_instant("2026-03-02T12:00:00Z").value();
        item.reason.code = "OR-TRIAL", item.reason.system = system, item.reason.display = display;
        store::StoreOptions options;
        options.place = file;
        auto store = store::open_store(options);
        BOOST_TEST_REQUIRE(store.ok());
        store.value()->save_feedback({"ehr-a", "s", item.at, {item}}, [](store::Saved) {});
    };
    report("https://rectal-cds.example/fhir/CodeSystem/override-reason", "");
    report("https://rectal-cds.example/fhir/CodeSystem/override-reason", "In the client's words");
    report("urn:elsewhere", "");
    const Finished finished = exported({"--format", "json", "--knowledge", source_folder().string()});
    auto document = json::Document::parse(finished.out);
    BOOST_TEST_REQUIRE(document.ok());
    std::multiset<std::string> reasons;
    for (const json::Value item : document.value().root().elements()) {
        if (item["reason_code"].text() == "OR-TRIAL") reasons.emplace(item["reason"].text());
    }
    BOOST_TEST_REQUIRE(reasons.size() == 3U);
    BOOST_TEST(reasons.count("") == 1U);  // of another system
    BOOST_TEST(reasons.count("In the client's words") == 1U);
    const std::string table = exported({"--knowledge", "/nonexistent"}).err;
    BOOST_TEST(says(table, "stay without words"));  // and the export goes on
    BOOST_TEST(says(table, "4 exported."));
}

BOOST_AUTO_TEST_CASE(explains_itself) {
    const Finished help = run({program().string(), "feedback", "export", "--help"});
    BOOST_TEST(help.exit_code == 0);
    for (const char* part : {"--store", "--format", "--from", "--to", "location", "patient data"})
        BOOST_TEST(says(help.out, part), part);
}

BOOST_AUTO_TEST_SUITE_END()
