#include "cohort/line_source.hpp"

#include <algorithm>
#include <iostream>

namespace rectal_cds::cohort {

using base::Error;
using base::ErrorKind;
namespace fs = std::filesystem;

namespace {

Error unreadable(const std::string& path) { return {ErrorKind::system, path, "The file could not be read."}; }

InputFile described(const fs::path& path) {
    std::error_code ignored;
    const auto changed = fs::last_write_time(path, ignored).time_since_epoch().count();
    const auto bytes = fs::file_size(path, ignored);
    return {path.string(), path.extension() == ".json", ignored ? 0 : bytes, static_cast<std::int64_t>(changed)};
}

bool is_compressed(const fs::path& path) {
    const std::string kind = path.extension().string();
    return kind == ".gz" || kind == ".zip" || kind == ".zst" || kind == ".bz2" || kind == ".xz";
}

std::optional<Error> add_folder(const fs::path& folder, InputFiles& into) {
    std::error_code error, ignored;
    std::vector<fs::path> found;
    for (fs::recursive_directory_iterator item(folder, error), end; !error && item != end; item.increment(error)) {
        if (!item->is_regular_file(ignored)) continue;
        const fs::path& path = item->path();
        const bool is_read = path.extension() == ".ndjson" || path.extension() == ".json";
        if (is_read) found.push_back(path);
        if (!is_read) into.ignored.push_back(path.string());
    }
    if (error) return Error{ErrorKind::system, folder.string(), "The folder could not be read."};
    std::sort(found.begin(), found.end());
    for (const fs::path& path : found) into.files.push_back(described(path));
    return std::nullopt;
}

}  // namespace

base::Result<InputFiles> find_input(const std::vector<std::string>& paths) {
    InputFiles input;
    for (const std::string& path : paths) {
        std::error_code ignored;
        if (path == "-") {
            input.files.push_back({path, false, 0, 0});
        } else if (fs::is_directory(path, ignored)) {
            if (auto error = add_folder(path, input)) return *error;
        } else if (is_compressed(path)) {
            return Error{ErrorKind::invalid, path, "Text is expected; unpack the file, or pipe it to standard input."};
        } else if (!std::ifstream(path, std::ios::binary)) {
            return unreadable(path);
        } else {
            input.files.push_back(described(path));
        }
    }
    if (input.files.empty()) {
        return Error{ErrorKind::not_found, paths.empty() ? "" : paths.front(),
                     "Files *.ndjson or *.json are expected."};
    }
    return input;
}

std::istream* LineSource::open() {
    const std::string& path = files_[file_].path;
    if (path == "-") return &std::cin;
    if (!is_open_) stream_ = std::ifstream(path, std::ios::binary);
    is_open_ = true;
    return &stream_;
}

// Appends what is left of a block to `text`.
void LineSource::read_into(std::istream& in, std::string& text) {
    const std::size_t before = text.size();
    text.resize(before + block_bytes_);
    in.read(text.data() + before, static_cast<std::streamsize>(block_bytes_));
    text.resize(before + static_cast<std::size_t>(in.gcount()));
    bytes_read_ += static_cast<std::uint64_t>(in.gcount());
}

base::Result<std::optional<Block>> LineSource::next() {
    while (file_ < files_.size()) {
        std::istream& in = *open();
        Block block{file_, line_, std::move(rest_)};
        rest_.clear();
        const bool is_whole = files_[file_].is_whole;
        while (in && (is_whole || block.text.find('\n') == std::string::npos)) {
            read_into(in, block.text);
            if (block.text.size() <= max_line_bytes_) continue;
            // Too long for a line: only its end is still looked for.
            if (is_whole || block.text.find('\n') == std::string::npos) block.text.resize(max_line_bytes_ + 1);
        }
        if (in.bad() || (!in && !in.eof())) return unreadable(files_[file_].path);
        if (!in) {
            ++file_, line_ = 1, is_open_ = false;
        } else if (const auto end = block.text.rfind('\n'); end != std::string::npos) {
            rest_ = block.text.substr(end + 1);
            block.text.resize(end + 1);
            line_ += static_cast<std::uint64_t>(std::count(block.text.begin(), block.text.end(), '\n'));
        }
        if (!block.text.empty()) return std::optional(std::move(block));
    }
    return std::optional<Block>();
}

}  // namespace rectal_cds::cohort
