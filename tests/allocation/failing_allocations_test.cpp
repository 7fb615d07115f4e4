// Memory that is refused (T88): at every allocation of a call in turn, and from every one on. What may come of it is
// the whole answer, an answer that names what was not judged, or a failure; never a card less without a word.
// RECTAL_CDS_ALLOCATION_STEP: every n-th allocation only (1).
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <optional>
#include <set>
#include <string>

#include "cdshooks/respond.hpp"
#include "support/example_requests.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using cdshooks::Answer;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define RECTAL_CDS_OWN_ALLOCATOR 0
#elif defined(__has_feature)
#define RECTAL_CDS_OWN_ALLOCATOR (!__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer))
#else
#define RECTAL_CDS_OWN_ALLOCATOR 1
#endif

namespace {

// Of this thread: how many more allocations succeed, and whether one fails or all that follow. Off outside a call.
thread_local bool is_counting = false;
thread_local std::size_t left_over = 0, asked_for = 0;
thread_local bool all_following_fail = false;

[[maybe_unused]] bool is_refused() {
    if (!is_counting) return false;
    ++asked_for;
    if (left_over > 0) return --left_over, false;
    if (!all_following_fail) left_over = static_cast<std::size_t>(-1);
    return true;
}

}  // namespace

#if RECTAL_CDS_OWN_ALLOCATOR
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);

void* malloc(std::size_t size) { return is_refused() ? nullptr : __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) { return is_refused() ? nullptr : __libc_calloc(count, size); }
void* realloc(void* old, std::size_t size) { return is_refused() ? nullptr : __libc_realloc(old, size); }
}
#endif

namespace {

cdshooks::Call call_of(const std::string& body, const char* hook) {
    cdshooks::Call call;
    call.body = body;
    call.service = real_knowledge().service(std::string("rectal-cancer-") + hook);
    call.today = base::parse_day("2026-03-02").value();
    call.seed_from_hook_instance = true;
    return call;
}

// The answer when only the first `succeed` allocations of the call succeed; none when the call threw std::bad_alloc,
// which the service answers with 500 (service/guarded.hpp).
std::optional<Answer> answer_with(const std::string& body, const char* hook, std::size_t succeed, bool all_following) {
    cdshooks::Call call = call_of(body, hook);
    std::optional<Answer> answer;
    left_over = succeed, asked_for = 0, all_following_fail = all_following;
    try {
        is_counting = true;
        Answer made = cdshooks::respond(real_knowledge(), std::move(call));
        is_counting = false;
        answer = std::move(made);
    } catch (const std::bad_alloc&) {
        is_counting = false;
    }
    return answer;
}

constexpr std::size_t never = static_cast<std::size_t>(-1);

std::set<std::string> ids_of(const Answer& answer) {
    std::set<std::string> ids;
    for (const auto* list : {&answer.shown, &answer.folded}) {
        for (const auto& recommended : *list) ids.insert(recommended.id);
    }
    return ids;
}

// What is wrong with an answer that was given while memory was refused; "" when nothing is.
std::string fault_of(const Answer& answer, const Answer& whole) {
    if (answer.status == 500 || answer.status == 503)
        return answer.body.find("\"cards\"") == std::string::npos ? "" : "cards with a failure";
    if (answer.status != 200) return "status " + std::to_string(answer.status);
    if (answer.body == whole.body) return "";
    const auto given = ids_of(answer);
    for (const std::string& id : ids_of(whole)) {
        if (given.contains(id)) continue;
        const bool is_named = std::find(answer.failed.begin(), answer.failed.end(), id) != answer.failed.end() &&
                              answer.body.find("\"notAssessed\"") != std::string::npos;
        if (!is_named) return id + " is missing without a word";
    }
    for (const char* word :
         {"\"notAssessed\"", "a fault of this service", "withheld, because signing it would raise"}) {
        if (answer.body.find(word) != std::string::npos && whole.body.find(word) == std::string::npos) return "";
    }
    const auto differ = std::mismatch(answer.body.begin(), answer.body.end(), whole.body.begin(), whole.body.end());
    const auto at = static_cast<std::size_t>(differ.first - answer.body.begin());
    return "another text without a word: " + answer.body.substr(at - std::min<std::size_t>(at, 80), 400);
}

struct Tally {
    std::size_t whole = 0, named = 0, failed = 0, thrown = 0;
};

Tally refuse_at_every_allocation(const std::string& body, const char* hook, bool all_following) {
    const Answer whole = *answer_with(body, hook, never, false);
    const std::size_t allocations = asked_for;
    BOOST_TEST_REQUIRE(whole.status == 200);
    BOOST_TEST(allocations > 100U);
    const char* const wanted = std::getenv("RECTAL_CDS_ALLOCATION_STEP");
    const std::size_t step = wanted ? std::strtoull(wanted, nullptr, 10) : 1;
    Tally tally;
    for (std::size_t n = 0; n < allocations; n += step) {
        const auto answer = answer_with(body, hook, n, all_following);
        if (!answer) {
            ++tally.thrown;
            continue;
        }
        const std::string fault = fault_of(*answer, whole);
        BOOST_TEST(fault.empty(), hook << ", allocation " << n << " of " << allocations << ": " << fault);
        ++(answer->status != 200 ? tally.failed : answer->body == whole.body ? tally.whole : tally.named);
    }
    BOOST_TEST(answer_with(body, hook, never, false)->body == whole.body);
    BOOST_TEST_MESSAGE(hook << (all_following ? ", all following" : ", one") << ": " << allocations
                            << " allocations; whole " << tally.whole << ", named " << tally.named << ", failed "
                            << tally.failed << ", thrown " << tally.thrown);
    return tally;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(refused_memory)

BOOST_AUTO_TEST_CASE(T88_at_any_one_allocation_loses_no_card_without_a_word) {
    if (!RECTAL_CDS_OWN_ALLOCATOR) return;
    for (const auto& [body, hook] : {std::pair{order_sign(), "order-sign"}, std::pair{patient_view(), "patient-view"}})
        BOOST_TEST(refuse_at_every_allocation(body, hook, false).failed > 0U);
}

BOOST_AUTO_TEST_CASE(T88_from_any_allocation_on_loses_no_card_without_a_word) {
    if (!RECTAL_CDS_OWN_ALLOCATOR) return;
    for (const auto& [body, hook] :
         {std::pair{order_sign(), "order-sign"}, std::pair{patient_view(), "patient-view"}}) {
        const Tally tally = refuse_at_every_allocation(body, hook, true);
        BOOST_TEST(tally.thrown + tally.failed > 0U);
    }
}

BOOST_AUTO_TEST_SUITE_END()
