#include "pages/made_pages.hpp"

#include <boost/test/unit_test.hpp>

#include "support/real_knowledge.hpp"

namespace rectal_cds::pages_test {

namespace {

// Knowledge looks into its documents, which copies share.
std::shared_ptr<const service::Content> content_of(fhir::Knowledge knowledge) {
    auto content = std::make_shared<service::Content>();
    content->knowledge = std::move(knowledge);
    return content;
}

}  // namespace

MadePages::MadePages(pages::Settings settings)
    : content_(content_of(testing::real_knowledge())),
      pages_({content_, metrics_, [] { return *base::parse_day(test_day); },
              [this](const service::Answered& answered) { log_.push_back(answered); }},
             std::move(settings)) {}

http::Response MadePages::ask(const std::string& method, const std::string& target, const http::Headers& headers,
                              const std::string& body) {
    http::Request request;
    request.method = method, request.target = target, request.headers = headers, request.body = body;
    request.path = target.substr(0, target.find('?'));
    request.query = target.size() > request.path.size() ? target.substr(request.path.size() + 1) : "";
    BOOST_TEST_REQUIRE(pages_.is_page(request.path), target);
    http::Response given;
    int answers = 0;
    pages_.answer(std::move(request), [&](http::Response response) { given = std::move(response), ++answers; });
    BOOST_TEST(answers == 1);
    return given;
}

void MadePages::load(fhir::Knowledge knowledge) { content_.replace(content_of(std::move(knowledge))); }

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string header(const http::Response& response, const char* name) {
    return std::string(response.header(name).value_or(""));
}

}  // namespace rectal_cds::pages_test
