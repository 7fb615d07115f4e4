// Pages of the running program: reloads, and the token of the feedback page.
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "blackbox/service_fixture.hpp"
#include "support/knowledge_copy.hpp"

using namespace rectal_cds;
using namespace rectal_cds::blackbox;

namespace {

HttpAnswer page(RunningService& service, const std::string& target, const HeaderLines& headers = {}) {
    HttpConnection connection(service.port());
    connection.send(request_bytes("GET", target, headers));
    return connection.receive();
}

bool shows(RunningService& service, const std::string& target, const std::string& part) {
    return page(service, target).body.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pages)

BOOST_AUTO_TEST_CASE(show_the_content_that_was_reloaded) {
    constexpr const char* plan = "hooks/guideline/plans/anti-egfr-ras-mutant.json";
    constexpr std::chrono::seconds patience{60};
    KnowledgeCopy copy;
    RunningService service({"--listen", "127.0.0.1:0", "--knowledge", copy.path().string(), "--today", test_day});
    BOOST_TEST(shows(service, "/recommendations", "EGFR antibody ordered in RAS-mutant disease"));
    for (const char* file : {plan, "hooks/guideline/codesystems/recommendation.json"})
        copy.replace(file, "EGFR antibody ordered in RAS-mutant disease", "A title that is new");
    service.signal(SIGHUP);
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!shows(service, "/recommendations", "A title that is new") && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    BOOST_TEST(shows(service, "/recommendations/anti-egfr-ras-mutant", "A title that is new"));
    BOOST_TEST(service.stop() == 0);
}

BOOST_AUTO_TEST_CASE(of_feedback_show_comments_to_the_token_where_one_is_configured) {
    TemporaryFolder folder;
    const std::string file = (folder.path() / "token").string(), token = "0123456789abcdef0123456789abcdef";
    std::ofstream(file) << token << "\n";
    RunningService service(test_flags({"--pages-token", file}));
    BOOST_TEST(page(service, "/feedback").status == 200);
    BOOST_TEST(page(service, "/feedback/export.json").status == 401);
    const HttpAnswer opened = page(service, "/feedback/export.json", {{"Authorization", "Bearer " + token}});
    BOOST_TEST(opened.status == 200);
    BOOST_TEST(opened.body == "[\n]\n");
    BOOST_TEST(service.stop() == 0);
    BOOST_TEST(service.err().find(token) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(take_no_token_that_is_short_or_missing) {
    TemporaryFolder folder;
    const std::string file = (folder.path() / "token").string();
    std::ofstream(file) << "short\n";
    BOOST_CHECK_THROW(RunningService(test_flags({"--pages-token", file})), std::runtime_error);
    BOOST_CHECK_THROW(RunningService(test_flags({"--pages-token", "/nowhere/token"})), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
