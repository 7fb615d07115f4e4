// RFC 3339 timestamps of feedback, as UTC.
#include "cdshooks/instant.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>

using namespace rectal_cds::cdshooks;
namespace data = boost::unit_test::data;

namespace {

struct Sample {
    const char* text;
    const char* utc;
};

std::ostream& operator<<(std::ostream& out, const Sample& sample) { return out << sample.text; }

const Sample samples[] = {
    {"2026-03-02T08:11:12Z", "2026-03-02T08:11:12.000000Z"},
    {"2026-03-02T08:11:12.52Z", "2026-03-02T08:11:12.520000Z"},
    {"2026-03-02T08:11:12.123456789Z", "2026-03-02T08:11:12.123456Z"},
    {"2026-03-02T08:11:12+02:00", "2026-03-02T06:11:12.000000Z"},
    {"2026-03-02T23:30:00.5-05:00", "2026-03-03T04:30:00.500000Z"},
    {"2024-02-29t00:00:00z", "2024-02-29T00:00:00.000000Z"},
    {"2026-01-01T00:30:00+14:00", "2025-12-31T10:30:00.000000Z"},
    {"2026-03-02T08:11:12-00:00", "2026-03-02T08:11:12.000000Z"},
    {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z"},
    {"2016-12-31T23:59:60.9Z", "2017-01-01T00:00:00.000000Z"},
};

const char* const refused[] = {
    "",
    "2026-03-02",
    "2026-03-02T08:11:12",
    "2026-03-02T08:11Z",
    "2026-03-02 08:11:12Z",
    "2026-02-29T08:11:12Z",
    "2026-13-02T08:11:12Z",
    "2026-03-02T24:00:00Z",
    "2026-03-02T08:60:12Z",
    "2026-03-02T08:11:61Z",
    "2026-03-02T08:11:12.Z",
    "2026-03-02T08:11:12Z ",
    " 2026-03-02T08:11:12Z",
    "2026-03-02T08:11:12+2:00",
    "2026-03-02T08:11:12+0200",
    "2026-03-02T08:11:12+24:00",
    "2026-03-02T08:11:12+02:60",
    "2026-03-02T08:11:12Zulu",
    "0000-03-02T08:11:12Z",
    "20260302T081112Z",
    "1772439072",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_timestamp)

BOOST_DATA_TEST_CASE(is_normalised_to_utc, data::make(samples)) {
    const auto instant = parse_instant(sample.text);
    BOOST_TEST_REQUIRE(instant.has_value());
    BOOST_TEST(iso(*instant) == sample.utc);
}

BOOST_DATA_TEST_CASE(is_refused_unless_it_is_rfc_3339_with_an_offset, data::make(refused)) {
    BOOST_TEST(!parse_instant(sample).has_value());
}

BOOST_AUTO_TEST_CASE(reads_back_from_its_own_form) {
    const auto instant = parse_instant("2026-03-02T08:11:12.000007Z");
    BOOST_TEST_REQUIRE(instant.has_value());
    BOOST_TEST((parse_instant(iso(*instant)) == instant));
}

BOOST_AUTO_TEST_SUITE_END()
