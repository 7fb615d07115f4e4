#include "pages/made_pages.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <future>

#include "cdshooks/respond.hpp"
#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::pages_test {

namespace {

// Knowledge looks into its documents, which copies share.
std::shared_ptr<const service::Content> content_of(fhir::Knowledge knowledge) {
    auto content = std::make_shared<service::Content>();
    content->knowledge = std::move(knowledge);
    return content;
}

}  // namespace

pages::Settings open_settings() {
    pages::Settings settings;
    settings.is_sandbox = settings.has_simulator = true;
    return settings;
}

MadePages::MadePages(pages::Settings settings, bool signs, const std::string& store, bool has_token)
    : content_(content_of(testing::real_knowledge())),
      reader_(store.empty() ? nullptr : std::make_unique<pages::StoreReader>(store)),
      pages_({content_,
              metrics_,
              reasons_,
              reader_.get(),
              signs ? &signer_ : nullptr,
              has_token ? &token_ : nullptr,
              {[] { return *base::parse_day(test_day); },
               [] { return std::chrono::floor<std::chrono::milliseconds>(now()); },
               [] {
                   return cdshooks::Seed{1, 2};
               }},
              [this](const service::Answered& answered) { log_.push_back(answered); }},
             std::move(settings)) {}

std::chrono::system_clock::time_point MadePages::now() { return *base::parse_day(test_day); }

std::vector<std::string> MadePages::issue(const std::string& golden) {
    const auto& cases = testing::real_knowledge().governance.golden_cases;
    const auto found = std::find_if(cases.begin(), cases.end(),
                                    [&](const auto& each) { return contains(each.path, "/" + golden + ".json"); });
    BOOST_TEST_REQUIRE((found != cases.end()), golden);
    json::Writer writer;
    cdshooks::Call call;
    call.body = writer.value(found->request).take();
    call.today = found->today;
    call.seed_from_hook_instance = true;
    call.keep_reasons = true;
    const auto answer = cdshooks::respond(testing::real_knowledge(), std::move(call));
    BOOST_TEST_REQUIRE((answer.reasons != nullptr));
    reasons_.keep(answer.reasons, pages::ReasonMemory::Clock::now());
    std::vector<std::string> uuids;
    for (const auto& card : answer.cards) uuids.push_back(card.uuid);
    return uuids;
}

http::Response MadePages::ask(const std::string& method, const std::string& target, const http::Headers& headers,
                              const std::string& body) {
    http::Request request;
    request.method = method, request.target = target, request.headers = headers, request.body = body;
    request.path = target.substr(0, target.find('?'));
    request.query = target.size() > request.path.size() ? target.substr(request.path.size() + 1) : "";
    BOOST_TEST_REQUIRE(pages_.is_page(request.path), target);
    const auto given = std::make_shared<std::promise<http::Response>>();
    pages_.answer(std::move(request), [given](http::Response response) { given->set_value(std::move(response)); });
    auto future = given->get_future();
    BOOST_TEST_REQUIRE((future.wait_for(std::chrono::seconds(60)) == std::future_status::ready));
    return future.get();
}

void MadePages::load(fhir::Knowledge knowledge) { content_.replace(content_of(std::move(knowledge))); }

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string header(const http::Response& response, const char* name) {
    return std::string(response.header(name).value_or(""));
}

}  // namespace rectal_cds::pages_test
