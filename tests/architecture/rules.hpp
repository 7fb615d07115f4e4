// The rules every file of src/ and tests/ keeps, as functions of file texts: who may include whom, who may name which
// third-party library, how long a file may be, and that every room of src/ says what lives in it.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace rectal_cds::architecture {

struct SourceFile {
    std::string path;  // from the top of the checkout: "src/json/value.cpp"
    std::string text;
};

struct Breach {
    std::string path;
    std::size_t line;  // counted from 1; 0 when the breach has no line
    std::string what;  // a sentence

    bool operator==(const Breach&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Breach& breach);  // "src/json/value.cpp:12: ..."

// The room a file belongs to: "json" for src/json/value.cpp, "main" for src/main.cpp and everything else directly in
// src/, empty for files outside src/.
std::string_view room(std::string_view path);

// Includes against the order of `layers` (lowest first; "main" stands above them all), third-party headers outside the
// room that owns them, and headers that the table of third parties does not know. Only files of src/ are judged.
std::vector<Breach> include_breaches(const SourceFile& file, const std::vector<std::string>& layers);

// A header of more than 120 lines or a source of more than 300, in src/ and tests/.
std::vector<Breach> length_breaches(const SourceFile& file);

// Rooms of src/ among `paths` that hold no README.md.
std::vector<Breach> rooms_without_readme(const std::vector<std::string>& paths);

}  // namespace rectal_cds::architecture
