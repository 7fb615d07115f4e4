// UUIDs of cards and suggestions, derived from a 128-bit seed so that an answer is a pure function (decisions.md 43).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rectal_cds::cdshooks {

struct Seed {
    std::uint64_t high = 0, low = 0;
};

// The 128 bits of a UUID; precondition: is_uuid(text).
Seed seed_of(std::string_view uuid);

// Version 4 form, lower case. The same seed gives the same sequence.
class UuidSource {
public:
    explicit UuidSource(Seed seed) : seed_(seed) {}
    std::string next();

private:
    Seed seed_;
    std::uint64_t count_ = 0;
};

}  // namespace rectal_cds::cdshooks
