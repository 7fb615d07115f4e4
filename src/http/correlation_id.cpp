#include "http/correlation_id.hpp"

#include <cstdint>
#include <random>

namespace rectal_cds::http {

namespace {

// Asking the machine for true random bits takes up to 24 us a word (measured): once per thread is enough, for the
// identifier must be unique, not secret.
std::mt19937_64 make_generator() {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
    return std::mt19937_64(seed);
}

}  // namespace

std::string make_correlation_id() {
    constexpr const char* digits = "0123456789abcdef";
    thread_local std::mt19937_64 generator = make_generator();
    std::string id;
    id.reserve(32);
    for (int word = 0; word < 2; ++word) {
        auto bits = generator();
        for (int digit = 0; digit < 16; ++digit, bits >>= 4) id += digits[bits & 0xF];
    }
    return id;
}

}  // namespace rectal_cds::http
