// SIGHUP on the running program: damaged content is not taken over, and each answer is of one edition (reliability.md
// 2.4; T33, T34, T36). RECTAL_CDS_FAULT_RELOADS: how often the content is exchanged under load.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "blackbox/service_fixture.hpp"
#include "support/knowledge_copy.hpp"
#include "json/document.hpp"

using namespace rectal_cds;
using namespace rectal_cds::blackbox;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds patience{60};
const std::string plan = "hooks/guideline/plans/anti-egfr-ras-mutant.json";
const std::string wording = "hooks/templates/card-detail.mustache";
const std::string metric = "cds_config_last_reload_successful{what=\"knowledge\"} ";

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// The first and the second edition of texts that come from different files.
struct Mark {
    const char *first, *second;
};
constexpr Mark marks[] = {{"RAS mutation on record", "RAS mutation on file"},
                          {"**Why this card appears**", "**Why this card is shown**"},
                          {"content version 0.1.0", "content version 0.2.0"}};

HttpAnswer get(std::uint16_t port, std::string_view target) {
    return HttpConnection(port).send(request_bytes("GET", target)).receive();
}

HttpAnswer sign(HttpConnection& connection) {
    return connection
        .send(request_bytes("POST", "/cds-services/rectal-cancer-order-sign", {{"Content-Type", "application/json"}},
                            order_sign()))
        .receive();
}

struct Reloaded {
    Reloaded() : service({"--listen", "127.0.0.1:0", "--knowledge", copy.path().string(), "--today", test_day}) {}

    std::string answer() {
        HttpConnection connection(service.port());
        return without_uuids(sign(connection).body);
    }
    std::string version() { return get(service.port(), "/version").body; }
    bool counts_as_taken_over() { return says(get(service.port(), "/metrics").body, metric + "1"); }

    // SIGHUP, and the log from then on to the end of the line that tells what came of it.
    std::string reload() {
        const std::size_t before = service.err().size();
        service.signal(SIGHUP);
        for (const auto end = Clock::now() + patience; Clock::now() < end;) {
            const std::string log = service.err().substr(before);
            for (const char* event : {"\"event\":\"reloaded\"", "\"event\":\"reload_refused\""}) {
                const auto at = log.find(event);
                if (at != std::string::npos && log.find('\n', at) != std::string::npos) return log.substr(at);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        BOOST_FAIL("nothing came of the reload: " << service.err());
        return {};
    }

    // The content of the given edition on disk; it takes effect with the next reload.
    void write_edition(int number) {
        const auto exchanged = [&](const std::string& file, const char* first, const char* second) {
            copy.replace(file, number == 1 ? second : first, number == 1 ? first : second);
        };
        exchanged(plan, marks[0].first, marks[0].second);
        exchanged(wording, marks[1].first, marks[1].second);
        for (const auto& item : fs::recursive_directory_iterator(copy.path() / "hooks")) {
            const std::string file = item.path().lexically_relative(copy.path()).generic_string();
            if (!item.is_regular_file() || !says(copy.read(file), "\"version\": \"0.")) continue;
            exchanged(file, "\"version\": \"0.1.0\"", "\"version\": \"0.2.0\"");
        }
    }

    KnowledgeCopy copy;
    RunningService service;
};

// 1 or 2; 0 when the text is of neither or of both.
int edition_of(const std::string& body) {
    const auto all = [&](auto member) {
        return std::all_of(std::begin(marks), std::end(marks),
                           [&](const Mark& mark) { return says(body, mark.*member); });
    };
    const auto none = [&](auto member) {
        return std::none_of(std::begin(marks), std::end(marks),
                            [&](const Mark& mark) { return says(body, mark.*member); });
    };
    if (all(&Mark::first) && none(&Mark::second)) return 1;
    return all(&Mark::second) && none(&Mark::first) ? 2 : 0;
}

// Calls until it is told to end.
class Caller {
public:
    explicit Caller(std::uint16_t port) : thread_([this, port] { run(port); }) {}
    void end() {
        is_over_ = true;
        thread_.join();
    }
    std::map<int, std::size_t> editions;  // answers of each
    std::string fault;

private:
    void run(std::uint16_t port) {
        try {
            HttpConnection connection(port);
            while (!is_over_) {
                const HttpAnswer answer = sign(connection);
                const int edition = edition_of(answer.body);
                if (answer.status != 200 || edition == 0) fault = answer.body;
                ++editions[edition];
            }
        } catch (const std::exception& failure) {
            fault = failure.what();
        }
    }
    std::atomic<bool> is_over_{false};
    std::thread thread_;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_reload, Reloaded)

BOOST_AUTO_TEST_CASE(T33_of_damaged_content_leaves_the_old_one_in_use_and_says_so) {
    const std::string before = answer(), version_before = version();
    BOOST_TEST_REQUIRE(edition_of(before) == 1);
    const std::string sound = copy.read(plan);
    const auto replaced = [&](std::string_view from, std::string_view to) {
        std::string text = sound;
        const auto at = text.find(from);
        BOOST_TEST_REQUIRE(at != std::string::npos, from);
        return text.replace(at, from.size(), to);
    };
    const std::pair<const char*, std::string> damages[] = {
        {"truncated", sound.substr(0, sound.size() / 2)},
        {"empty", ""},
        {"no JSON", sound + "}"},
        {"a fact that is none", replaced("\"RAS mutant\"", "\"RAS mutand\"")},
        {"a hook lost", replaced(R"(, {"type": "named-event", "name": "order-sign"})", "")},
        {"another condition", replaced("\"RAS mutant\"", "\"RAS wild-type\"")},
        {"another severity", replaced("\"priority\": \"stat\"", "\"priority\": \"urgent\"")},
    };
    for (const auto& [what, text] : damages) {
        copy.write(plan, text);
        const std::string said = reload();
        BOOST_TEST(says(said, "\"event\":\"reload_refused\",\"what\":\"knowledge\",\"faults\":[\""),
                   what << ": " << said);
        BOOST_TEST(answer() == before, what);
        BOOST_TEST(version() == version_before, what);
        BOOST_TEST(!counts_as_taken_over(), what);
        BOOST_TEST(get(service.port(), "/readyz").status == 200, what);
    }
    fs::remove(copy.path() / plan);
    BOOST_TEST(says(reload(), "reload_refused"));
    copy.write("profiles/valuesets/kras-invented.json", "{}");
    BOOST_TEST(says(reload(), "reload_refused"));
    fs::remove(copy.path() / "profiles/valuesets/kras-invented.json");
    copy.write(plan, sound);
    BOOST_TEST(says(reload(), "\"event\":\"reloaded\""));
    BOOST_TEST(counts_as_taken_over());
    BOOST_TEST(version() == version_before);
    BOOST_TEST(answer() == before);
}

BOOST_AUTO_TEST_CASE(T34_under_load_loses_no_call_and_each_answer_is_of_one_edition) {
    const char* const wanted = std::getenv("RECTAL_CDS_FAULT_RELOADS");
    const int reloads = wanted ? std::atoi(wanted) : 20;
    std::vector<std::unique_ptr<Caller>> callers;
    for (int i = 0; i < 4; ++i) callers.push_back(std::make_unique<Caller>(service.port()));
    for (int i = 0; i < reloads; ++i) {
        write_edition(i % 2 == 0 ? 2 : 1);
        BOOST_TEST(says(reload(), "\"event\":\"reloaded\""));
        BOOST_TEST(edition_of(answer()) == (i % 2 == 0 ? 2 : 1));
    }
    std::map<int, std::size_t> editions;
    for (const auto& caller : callers) {
        caller->end();
        BOOST_TEST(caller->fault.empty(), caller->fault);
        for (const auto& [edition, answers] : caller->editions) editions[edition] += answers;
    }
    BOOST_TEST_MESSAGE(editions[1] << " answers of the first, " << editions[2] << " of the second edition");
    BOOST_TEST(editions[0] == 0U);
    BOOST_TEST(editions[1] > 0U);
    BOOST_TEST(editions[2] > 0U);
    BOOST_TEST(service.stop() == 0);
}

// While one file is being written all the time, reading it twice finds it changed, cut off or, now and then, at rest.
BOOST_AUTO_TEST_CASE(T36_of_files_that_change_meanwhile_is_refused_or_of_one_edition_whose_digest_is_told) {
    const std::string first = copy.read(plan);
    std::string second = first;
    second.replace(second.find(marks[0].first), std::string_view(marks[0].first).size(), marks[0].second);
    const std::string version_of_first = version();
    copy.write(plan, second);
    BOOST_TEST(says(reload(), "\"event\":\"reloaded\""));
    const std::string version_of_second = version();
    BOOST_TEST(version_of_first != version_of_second);

    std::atomic<bool> is_over{false};
    std::thread writer([&] {
        for (int i = 0; !is_over; ++i) copy.write(plan, i % 2 == 0 ? first : second);
    });
    int refused = 0, changed = 0;
    for (const auto end = Clock::now() + patience; (refused < 20 || changed == 0) && Clock::now() < end;) {
        const std::string said = reload();
        refused += says(said, "reload_refused") ? 1 : 0;
        changed += says(said, "they changed while they were read") ? 1 : 0;
        const std::string body = answer();
        BOOST_TEST(version() == (says(body, marks[0].first) ? version_of_first : version_of_second), body);
    }
    is_over = true;
    writer.join();
    BOOST_TEST(changed > 0);
    copy.write(plan, first);
    BOOST_TEST(says(reload(), "\"event\":\"reloaded\""));
    BOOST_TEST(version() == version_of_first);
    BOOST_TEST(says(answer(), marks[0].first));
}

BOOST_AUTO_TEST_SUITE_END()
