// Piece: one resource of one patient, as it is kept between the two passes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/source.hpp"

namespace rectal_cds::cohort {

struct Piece {
    // The values of domain::Input, and then these.
    static constexpr std::uint8_t medication_kind = domain::input_count;
    static constexpr std::uint8_t loss_kind =
        medication_kind + 1;  // no resource: something of this patient was not in the input
    static constexpr std::uint8_t kind_count = loss_kind + 1;

    std::uint8_t kind = loss_kind;
    bool is_draft = false;        // an order that nobody has signed
    std::int64_t updated = 0;     // meta.lastUpdated in ms since 1970; the lowest number when there is none
    std::string_view patient;     // logical id; empty: a Medication of nobody
    std::string_view id;          // of the resource; may be empty
    std::string_view full_url;    // of its Bundle entry; may be empty
    std::string_view medication;  // the Medication it refers to, "Medication/m1"; or empty
    std::string_view text;        // compact JSON
};

// The kind of a resource type that the service reads.
std::optional<std::uint8_t> kind_of(std::string_view resource_type);

// Appends it to `bytes`. Precondition: no member is longer than 4 GiB.
void encode(const Piece& piece, std::string& bytes);

// Takes the first piece off `bytes`, which it looks into; empty when they do not hold a whole one.
std::optional<Piece> decode(std::string_view& bytes);

// The same on every machine and in every run (FNV-1a).
std::uint64_t hash_of(std::string_view text);

}  // namespace rectal_cds::cohort
