// The main() of every test program.
#define BOOST_TEST_MODULE rectal_cds
#include <boost/test/unit_test.hpp>
