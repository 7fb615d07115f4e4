// The signature algorithms a client may use (RFC 7518 3.1; decisions.md 26): asymmetric ones, and no others.
// "none" and HS256/384/512 are no Algorithm, so no code path can come to accept them (cds-hooks.md 10.1: SHALL NOT).
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace rectal_cds::auth {

enum class Algorithm { es256, es384, es512, rs256, rs384, rs512, ps256, ps384, ps512 };

inline constexpr std::array<std::pair<std::string_view, Algorithm>, 9> algorithm_names{{
    {"ES256", Algorithm::es256},
    {"ES384", Algorithm::es384},
    {"ES512", Algorithm::es512},
    {"RS256", Algorithm::rs256},
    {"RS384", Algorithm::rs384},
    {"RS512", Algorithm::rs512},
    {"PS256", Algorithm::ps256},
    {"PS384", Algorithm::ps384},
    {"PS512", Algorithm::ps512},
}};

// Exactly as registered; empty for every other spelling.
constexpr std::optional<Algorithm> algorithm_named(std::string_view name) {
    for (const auto& [known, algorithm] : algorithm_names) {
        if (known == name) return algorithm;
    }
    return std::nullopt;
}

}  // namespace rectal_cds::auth
