// At least 400 forged and odd tokens: every one is refused, none spends a jti, and no key is asked for on behalf of a
// caller who has not got so far (reliability.md 1.3; conformance-cases.md J02 to J12, J18, J20).
#include <boost/test/unit_test.hpp>

#include <set>

#include "auth/callers.hpp"
#include "support/odd_tokens.hpp"

using namespace rectal_cds::auth;
using namespace rectal_cds::auth::testing;

namespace {

constexpr std::size_t fewest_tokens = 400;

OddTokens all_odd_tokens() {
    OddTokens tokens;
    add_odd_authorizations(tokens);
    add_odd_forms(tokens);
    add_odd_headers(tokens);
    add_odd_algorithms(tokens);
    add_odd_signatures(tokens);
    add_odd_claims(tokens);
    add_odd_audiences(tokens);
    add_odd_times(tokens);
    return tokens;
}

// Those of a registered client that fail only at the key or the signature.
bool may_ask_for_keys(Refusal reason) { return reason >= Refusal::key_unknown; }

}  // namespace

BOOST_AUTO_TEST_SUITE(forged_and_odd_tokens)

BOOST_AUTO_TEST_CASE(are_refused_without_exception_and_without_a_trace) {
    Callers callers;
    std::set<std::vector<std::string>> distinct;
    std::size_t refused = 0;
    const OddTokens tokens = all_odd_tokens();
    for (const OddToken& odd : tokens.all()) {
        const int asked_before = callers.keys.times_asked();
        const Verdict verdict = callers.verify_values(odd.authorization);
        BOOST_TEST(verdict.reason == odd.expected,
                   odd.what << ": " << name(verdict.reason) << ", not " << name(odd.expected));
        BOOST_TEST(!verdict.client, odd.what);
        const bool asked = callers.keys.times_asked() != asked_before;
        BOOST_TEST((!asked || may_ask_for_keys(verdict.reason)), odd.what);
        refused += verdict.outcome == Verdict::Outcome::refused ? 1 : 0;
        distinct.insert(odd.authorization);
    }
    BOOST_TEST(refused == tokens.all().size());
    BOOST_TEST(distinct.size() >= fewest_tokens);
    BOOST_TEST(callers.replays.times_asked() == 0);
    BOOST_TEST_MESSAGE(distinct.size() << " distinct forged or odd tokens refused");
    BOOST_TEST((callers.verify(good_token()).outcome == Verdict::Outcome::accepted));
}

// Any single byte of header, payload and signature changed to any of several others.
BOOST_AUTO_TEST_CASE(are_refused_when_any_byte_of_a_good_one_was_changed) {
    Callers callers;
    const std::string good = good_token();
    std::size_t accepted = 0;
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const char other : {'A', 'z', '.', '=', '\0'}) {
            if (good[at] == other) continue;
            std::string changed = good;
            changed[at] = other;
            accepted += callers.verify(changed).outcome == Verdict::Outcome::accepted ? 1 : 0;
        }
    }
    BOOST_TEST(accepted == 0);
    BOOST_TEST(callers.replays.times_asked() == 0);
}

BOOST_AUTO_TEST_CASE(are_refused_when_cut_off_anywhere) {
    Callers callers;
    const std::string good = good_token();
    std::size_t accepted = 0;
    for (std::size_t size = 0; size < good.size(); ++size) {
        accepted += callers.verify(good.substr(0, size)).outcome == Verdict::Outcome::accepted ? 1 : 0;
    }
    BOOST_TEST(accepted == 0);
}

BOOST_AUTO_TEST_SUITE_END()
