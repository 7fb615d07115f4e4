// The token that opens pages.
#include "auth/page_token.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace rectal_cds;

namespace {

const std::string right = "0123456789abcdef0123456789abcdef";
bool opens(std::string_view header) { return auth::presents(header, auth::Secret(std::string(right))); }

}  // namespace

BOOST_AUTO_TEST_SUITE(a_page_token)

BOOST_AUTO_TEST_CASE(opens_as_bearer_and_as_the_password_of_any_user) {
    for (const char* header : {"Bearer 0123456789abcdef0123456789abcdef", "bearer   0123456789abcdef0123456789abcdef",
                               "Basic YWRtaW46MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
                               "basic OjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVm"})
        BOOST_TEST(opens(header), header);
}

BOOST_AUTO_TEST_CASE(does_not_open_when_it_is_another_or_something_else) {
    for (const char* header :
         {"", "Bearer", "Bearer ", "Bearer 0123456789abcdef0123456789abcdeg", "Bearer 0123456789abcdef0123456789abcde",
          "Basic", "Basic ====", "Basic !!!!", "Basic YWRtaW4=", "Digest 0123456789abcdef0123456789abcdef",
          "0123456789abcdef0123456789abcdef", "Basic MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY6"})
        BOOST_TEST(!opens(header), header);
    BOOST_TEST(!opens("Bearer " + std::string(100'000, 'a')));
    BOOST_TEST(!auth::presents("Bearer ", auth::Secret()));
    BOOST_TEST(!auth::presents("Basic Og==", auth::Secret()));
}

BOOST_AUTO_TEST_SUITE_END()
