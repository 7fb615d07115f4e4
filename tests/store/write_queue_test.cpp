// Which of what waits is written together.
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <memory>

#include "store/samples.hpp"
#include "store/write_queue.hpp"

using namespace rectal_cds::store;
using namespace rectal_cds::store::test;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(what_waits_for_the_writer)

BOOST_AUTO_TEST_CASE(answers_that_come_together_are_taken_together) {
    WriteQueue queue(10, 10);
    const auto begin = std::chrono::steady_clock::now();
    for (unsigned i = 1; i <= 3; ++i) BOOST_TEST(queue.push(PendingAnswer(answer({i}))));
    const Work work = queue.take();
    BOOST_TEST((std::chrono::steady_clock::now() - begin >= 10ms));
    BOOST_TEST(work.answers.size() == 3U);
    BOOST_TEST(work.feedback.empty());
}

// Somebody waits for feedback, and it may be about one of the answers.
BOOST_AUTO_TEST_CASE(feedback_takes_the_answers_before_it_along) {
    WriteQueue queue(10, 10);
    BOOST_TEST(queue.push(PendingAnswer(answer({1}))));
    BOOST_TEST(queue.push(std::make_shared<PendingFeedback>(
        batch({overridden(uuid(1))}), [](Saved) {}, Deadline{})));
    const Work work = queue.take();
    BOOST_TEST(work.answers.size() == 1U);
    BOOST_TEST(work.feedback.size() == 1U);
}

BOOST_AUTO_TEST_CASE(answers_that_failed_rest_and_come_first_then) {
    WriteQueue queue(10, 10);
    BOOST_TEST(queue.push(PendingAnswer(answer({1}))));
    Work work = queue.take();
    BOOST_TEST(queue.push(PendingAnswer(answer({2}))));
    const auto begin = std::chrono::steady_clock::now();
    BOOST_TEST(queue.give_back(std::move(work.answers), 50ms) == 0U);
    BOOST_TEST(queue.push(std::make_shared<PendingFeedback>(
        batch({overridden(uuid(1))}), [](Saved) {}, Deadline{})));
    work = queue.take();
    BOOST_TEST(work.feedback.size() == 1U);
    BOOST_TEST((work.answers.empty() || std::chrono::steady_clock::now() - begin >= 50ms));
    if (work.answers.empty()) work = queue.take();
    BOOST_TEST((std::chrono::steady_clock::now() - begin >= 50ms));
    BOOST_TEST_REQUIRE(work.answers.size() == 2U);
    BOOST_TEST(work.answers[0].answer.cards[0].uuid == uuid(1));
}

BOOST_AUTO_TEST_CASE(at_the_end_nothing_waits) {
    WriteQueue queue(10, 10);
    BOOST_TEST(queue.push(PendingAnswer(answer({1}))));
    queue.stop();
    BOOST_TEST(!queue.push(PendingAnswer(answer({2}))));
    const Work work = queue.take();
    BOOST_TEST(work.stopping);
    BOOST_TEST(work.answers.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
