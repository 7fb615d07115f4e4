// Links that open one page for a while.
#include "auth/link_signature.hpp"

#include <boost/test/unit_test.hpp>

using namespace rectal_cds;
using auth::LinkSigner;
using Verdict = LinkSigner::Verdict;

namespace {

LinkSigner signer(char letter = 'k') { return LinkSigner(auth::Secret(std::string(LinkSigner::key_bytes, letter))); }
const LinkSigner::Time noon{std::chrono::seconds(1'772'000'000)};

bool is(Verdict verdict, const std::string& path, const LinkSigner::Signature& given, LinkSigner::Time now = noon) {
    return signer().check(path, given, now) == verdict;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_signed_link)

BOOST_AUTO_TEST_CASE(is_valid_for_its_path_until_its_end) {
    const auto given = signer().sign("/why/a", noon + std::chrono::seconds(60));
    BOOST_TEST(is(Verdict::valid, "/why/a", given));
    BOOST_TEST(is(Verdict::valid, "/why/a", given, noon + std::chrono::seconds(59)));
    BOOST_TEST(is(Verdict::expired, "/why/a", given, noon + std::chrono::seconds(60)));
    BOOST_TEST(is(Verdict::wrong, "/why/b", given));
}

BOOST_AUTO_TEST_CASE(cannot_be_prolonged_shortened_or_made_with_another_key) {
    const auto given = signer().sign("/why/a", noon + std::chrono::seconds(60));
    BOOST_TEST(is(Verdict::wrong, "/why/a",
                  {std::to_string((noon + std::chrono::hours(1)).time_since_epoch().count()), given.code}));
    BOOST_TEST(is(Verdict::wrong, "/why/a", {"0" + given.ends, given.code}));
    BOOST_TEST(is(Verdict::wrong, "/why/a", signer('x').sign("/why/a", noon + std::chrono::seconds(60))));
    for (const char* ends : {"", "-1", "1e9", "99999999999999999999", " 1772000060"})
        BOOST_TEST(is(Verdict::wrong, "/why/a", {ends, given.code}), ends);
    BOOST_TEST(is(Verdict::wrong, "/why/a", {given.ends, given.code.substr(0, 32)}));
    BOOST_TEST(is(Verdict::wrong, "/why/a", {given.ends, ""}));
}

BOOST_AUTO_TEST_CASE(takes_a_key_of_its_full_length) {
    BOOST_CHECK_THROW(LinkSigner(auth::Secret(std::string(31, 'k'))), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()
