// Requests of about a given size, made of the example patients.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace rectal_cds::bench {

// Compact JSON. Above the size of the example itself the chart is filled with further laboratory results, notes and
// medication orders, as a long history has them; below it, only what an early chart holds is left.
std::string patient_view_of(std::size_t bytes);
std::string order_sign_of(std::size_t bytes);

// Calls of 25 KB as a hospital makes them, the most frequent first.
struct TypicalCall {
    const char* name;
    const char* path;
    std::string body;
};
std::vector<TypicalCall> typical_calls();

}  // namespace rectal_cds::bench
