// Faults in callbacks.
#include "service/guarded.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <vector>

using namespace rectal_cds;
using service::Conversation;

namespace {

std::vector<int> statuses_after(const std::function<void()>& work, Conversation& conversation) {
    std::vector<int> statuses;
    const std::shared_ptr<Conversation> shared(std::shared_ptr<void>(), &conversation);
    service::guarded(shared, [&](const auto&, const http::Response& response) { statuses.push_back(response.status); }, work);
    return statuses;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_callback)

BOOST_AUTO_TEST_CASE(that_throws_answers_500_and_says_nothing_of_the_fault) {
    Conversation conversation;
    BOOST_TEST(statuses_after([] { throw std::runtime_error("patient-1"); }, conversation) == std::vector<int>{500}, boost::test_tools::per_element());
    BOOST_TEST(conversation.answered.reason == "internal");
}

BOOST_AUTO_TEST_CASE(that_works_answers_for_itself) {
    Conversation conversation;
    BOOST_TEST(statuses_after([] {}, conversation).empty());
}

BOOST_AUTO_TEST_SUITE_END()
