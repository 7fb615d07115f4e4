#include "cohort/piece.hpp"

#include <array>
#include <cstring>

#include "cdshooks/input_pages.hpp"

namespace rectal_cds::cohort {

namespace {

constexpr std::size_t head_bytes = 2 + sizeof(std::int64_t) + 5 * sizeof(std::uint32_t);

template <class Number> void append(std::string& bytes, Number number) {
    std::array<char, sizeof number> raw{};
    std::memcpy(raw.data(), &number, sizeof number);
    bytes.append(raw.data(), raw.size());
}

template <class Number> Number take(std::string_view& bytes) {
    Number number{};
    std::memcpy(&number, bytes.data(), sizeof number);
    bytes.remove_prefix(sizeof number);
    return number;
}

}  // namespace

std::optional<std::uint8_t> kind_of(std::string_view resource_type) {
    for (std::uint8_t kind = 0; kind < domain::input_count; ++kind) {
        if (cdshooks::resource_type(static_cast<domain::Input>(kind)) == resource_type) return kind;
    }
    if (resource_type == "Medication") return Piece::medication_kind;
    return std::nullopt;
}

void encode(const Piece& piece, std::string& bytes) {
    bytes += static_cast<char>(piece.kind);
    bytes += static_cast<char>(piece.is_draft ? 1 : 0);
    append(bytes, piece.updated);
    const std::array texts{piece.patient, piece.id, piece.full_url, piece.medication, piece.text};
    for (const std::string_view text : texts) append(bytes, static_cast<std::uint32_t>(text.size()));
    for (const std::string_view text : texts) bytes += text;
}

std::optional<Piece> decode(std::string_view& bytes) {
    if (bytes.size() < head_bytes) return std::nullopt;
    std::string_view rest = bytes;
    Piece piece;
    piece.kind = take<std::uint8_t>(rest);
    piece.is_draft = take<std::uint8_t>(rest) != 0;
    piece.updated = take<std::int64_t>(rest);
    std::array<std::uint32_t, 5> lengths{};
    for (std::uint32_t& length : lengths) length = take<std::uint32_t>(rest);
    const std::array texts{&piece.patient, &piece.id, &piece.full_url, &piece.medication, &piece.text};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (rest.size() < lengths[i]) return std::nullopt;
        *texts[i] = rest.substr(0, lengths[i]);
        rest.remove_prefix(lengths[i]);
    }
    if (piece.kind >= Piece::kind_count) return std::nullopt;
    bytes = rest;
    return piece;
}

std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

}  // namespace rectal_cds::cohort
