#include "http/correlation_id.hpp"

#include <random>

namespace rectal_cds::http {

std::string make_correlation_id() {
    constexpr const char* digits = "0123456789abcdef";
    thread_local std::random_device random;
    std::string id;
    id.reserve(32);
    for (int word = 0; word < 4; ++word) {
        auto bits = random();
        for (int digit = 0; digit < 8; ++digit, bits >>= 4) id += digits[bits & 0xF];
    }
    return id;
}

}  // namespace rectal_cds::http
