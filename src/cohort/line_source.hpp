// LineSource: files and standard input as blocks of whole lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace rectal_cds::cohort {

// What a file name says of its content: *.json holds one resource over any number of lines, everything else one a line.
struct InputFile {
    std::string path;  // "-": standard input
    bool is_whole = false;
    std::uint64_t bytes = 0;  // 0 of standard input
    std::int64_t changed = 0;
};

struct InputFiles {
    std::vector<InputFile> files;      // sorted by path within a folder
    std::vector<std::string> ignored;  // in a folder, neither *.ndjson nor *.json
};

// A folder stands for the *.ndjson and *.json files in it, at any depth. An Error when one of the paths cannot be read,
// or a compressed file is named.
base::Result<InputFiles> find_input(const std::vector<std::string>& paths);

struct Block {
    std::size_t file = 0;  // index into the files
    std::uint64_t first_line = 1;
    std::string text;  // whole lines; a whole file where the file is_whole
};

class LineSource {
public:
    // A line longer than `max_line_bytes` is given out cut short, so that it cannot be read.
    LineSource(const std::vector<InputFile>& files, std::size_t block_bytes, std::size_t max_line_bytes)
        : files_(files), block_bytes_(block_bytes), max_line_bytes_(max_line_bytes) {}

    // The next block; empty at the end of the input. An Error when a file cannot be read, or not to its end.
    base::Result<std::optional<Block>> next();

    std::uint64_t bytes_read() const { return bytes_read_; }

private:
    std::istream* open();
    void read_into(std::istream& in, std::string& text);

    const std::vector<InputFile>& files_;
    std::size_t block_bytes_, max_line_bytes_;
    std::size_t file_ = 0;
    std::ifstream stream_;
    bool is_open_ = false;
    std::uint64_t line_ = 1;
    std::string rest_;  // the beginning of a line that the last block did not hold whole
    std::uint64_t bytes_read_ = 0;
};

}  // namespace rectal_cds::cohort
