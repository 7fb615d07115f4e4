#include "cdshooks/uuid.hpp"

#include <cstdio>

namespace rectal_cds::cdshooks {

namespace {

// The finaliser of SplitMix64: every bit of the input changes about half of the bits of the output.
std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

}  // namespace

Seed seed_of(std::string_view uuid) {
    Seed seed;
    int digits = 0;
    for (const char c : uuid) {
        if (c == '-') continue;
        const int value = c >= 'a' ? c - 'a' + 10 : c >= 'A' ? c - 'A' + 10 : c - '0';
        std::uint64_t& half = digits++ < 16 ? seed.high : seed.low;
        half = (half << 4) | static_cast<std::uint64_t>(value & 0xf);
    }
    return seed;
}

std::string UuidSource::next() {
    ++count_;
    const std::uint64_t step = count_ * 0x9e3779b97f4a7c15ULL;
    const std::uint64_t high = (mixed(seed_.high + step) & ~0xf000ULL) | 0x4000ULL;
    const std::uint64_t low = (mixed(mixed(seed_.low + step) ^ seed_.high) & ~(3ULL << 62)) | (2ULL << 62);
    char text[37];
    std::snprintf(text, sizeof text, "%08x-%04x-%04x-%04x-%012llx", static_cast<unsigned>(high >> 32), static_cast<unsigned>(high >> 16) & 0xffffU,
                  static_cast<unsigned>(high) & 0xffffU, static_cast<unsigned>(low >> 48), static_cast<unsigned long long>(low & 0xffffffffffffULL));
    return text;
}

}  // namespace rectal_cds::cdshooks
