// One function for each thing that is fed with anything. Under libFuzzer each is a program of its own; in every other
// build all of them stand in the program fuzz_replay, which runs them over tests/fuzz/corpus.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace rectal_cds::fuzz {

using Target = void (*)(std::string_view input);

// Makes the target known to fuzz_replay; answers true.
bool add_target(const char* name, Target target);

// A promise that was broken: a crash, for libFuzzer and for the replay alike.
inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

}  // namespace rectal_cds::fuzz

#ifdef RECTAL_CDS_LIBFUZZER
#define RECTAL_CDS_FUZZ_TARGET(name)                                                                                   \
    static void name(std::string_view input);                                                                          \
    extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);                                 \
    extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {                                \
        name({reinterpret_cast<const char*>(data), size});                                                             \
        return 0;                                                                                                      \
    }                                                                                                                  \
    static void name(std::string_view input)
#else
#define RECTAL_CDS_FUZZ_TARGET(name)                                                                                   \
    static void name(std::string_view input);                                                                          \
    [[maybe_unused]] static const bool name##_is_known = rectal_cds::fuzz::add_target(#name, name);                    \
    static void name(std::string_view input)
#endif
