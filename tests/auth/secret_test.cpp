// A bearer token reaches its destination and nothing else (reliability.md HZ15, test T59).
#include "auth/secret.hpp"

#include <boost/test/unit_test.hpp>

#include <concepts>
#include <sstream>
#include <type_traits>

using rectal_cds::auth::Secret;

namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
    out << value;
};
template <class T>
concept Comparable = requires(const T& a, const T& b) {
    a == b;
};

static_assert(Printable<std::string> && !Printable<Secret>);
static_assert(Comparable<std::string> && !Comparable<Secret>);
static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string> && !std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string, Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret> && std::is_nothrow_move_assignable_v<Secret>);

}  // namespace

BOOST_AUTO_TEST_SUITE(a_secret)

BOOST_AUTO_TEST_CASE(wipes_the_text_it_is_made_of) {
    std::string source = "canary";  // short enough to lie inside the string itself
    const char* const place = source.data();
    const Secret secret(std::move(source));
    BOOST_TEST(secret.reveal() == "canary");
    BOOST_TEST(source.empty());
    BOOST_TEST(std::string(place, 6) == std::string(6, '\0'));
}

BOOST_AUTO_TEST_CASE(leaves_nothing_where_it_was_moved_from) {
    Secret first = Secret::copy_of("canary");
    const char* const place = first.reveal().data();
    Secret second = std::move(first);
    BOOST_TEST(first.empty());
    BOOST_TEST(first.reveal().empty());
    BOOST_TEST(second.reveal() == "canary");
    BOOST_TEST(static_cast<const void*>(second.reveal().data()) == static_cast<const void*>(place));
    first = Secret::copy_of("other");
    first = std::move(second);
    BOOST_TEST(first.reveal() == "canary");
    BOOST_TEST(second.empty());
}

BOOST_AUTO_TEST_CASE(knows_whether_it_can_stand_in_a_header_line) {
    for (const char* text : {"abc", "a.b-c_d~e+f/g==", "A1", "x="}) {
        BOOST_TEST(Secret::copy_of(text).is_bearer_token(), text);
    }
    for (const char* text : {"", "=", "a b", "a\r\nHost: x", "a=b", "\xc3\xa4", "a,b", "a\t", "\"a\""}) {
        BOOST_TEST(!Secret::copy_of(text).is_bearer_token(), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
