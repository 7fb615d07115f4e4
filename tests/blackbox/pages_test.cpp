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
    BOOST_CHECK_THROW(RunningService(test_flags({"--pages-token", file})), std::runtime_error);  // others may read it
    std::filesystem::permissions(file, std::filesystem::perms::owner_read);
    RunningService service(test_flags({"--pages-token", file}));
    BOOST_TEST(page(service, "/feedback").status == 200);
    BOOST_TEST(page(service, "/feedback/export.json").status == 401);
    const HttpAnswer opened = page(service, "/feedback/export.json", {{"Authorization", "Bearer " + token}});
    BOOST_TEST(opened.status == 200);
    BOOST_TEST(opened.body == "[\n]\n");
    BOOST_TEST(service.stop() == 0);
    BOOST_TEST(service.err().find(token) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(that_explain_a_card_have_an_address_of_this_node_where_one_is_given) {
    RunningService service(
        test_flags({"--public-url", "https://cds.example", "--why-url", "https://cds.example/node-2"}));
    HttpConnection connection(service.port());
    connection.send(request_bytes("POST", "/cds-services/rectal-cancer-order-sign",
                                  {{"Content-Type", "application/json"}}, order_sign()));
    const std::string cards = connection.receive().body, link = "https://cds.example/node-2/why/";
    const auto at = cards.find(link);
    BOOST_TEST_REQUIRE(at != std::string::npos);
    BOOST_TEST(cards.find("https://cds.example/recommendations/anti-egfr-ras-mutant") != std::string::npos);
    constexpr std::size_t uuid_length = 36;
    BOOST_TEST(page(service, "/why/" + cards.substr(at + link.size(), uuid_length)).status == 200);
}

BOOST_AUTO_TEST_CASE(take_no_address_that_is_no_base_and_no_frame_of_what_is_no_origin) {
    const std::string url = "https://cds.example";
    for (const char* wrong :
         {"http://cds.example/node-2", "https://cds.example/node-2/", "node-2", "https://cds.example?x"})
        BOOST_CHECK_THROW(RunningService(test_flags({"--public-url", url, "--why-url", wrong})), std::runtime_error);
    BOOST_CHECK_THROW(RunningService(test_flags({"--why-url", "https://cds.example/node-2"})), std::runtime_error);
    for (const char* wrong : {"*", "https://*.example", "http://ehr.example", "https://ehr.example/", "ehr.example",
                              "'self'", "https://ehr.example; script-src *"})
        BOOST_CHECK_THROW(RunningService(test_flags({"--frame-ancestors", wrong})), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(take_no_token_that_is_short_or_missing) {
    TemporaryFolder folder;
    const std::string file = (folder.path() / "token").string();
    std::ofstream(file) << "short\n";
    BOOST_CHECK_THROW(RunningService(test_flags({"--pages-token", file})), std::runtime_error);
    BOOST_CHECK_THROW(RunningService(test_flags({"--pages-token", "/nowhere/token"})), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
