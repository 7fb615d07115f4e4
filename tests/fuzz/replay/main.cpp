// fuzz_replay FOLDER: runs each target over the files of FOLDER/<target>, over the empty input, and over each file cut
// in half and with each of its bytes changed (of the first 400). A target without files is a fault. Crashes are the
// verdict, so there is nothing to compare.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <vector>

#include "fuzz/target.hpp"

namespace rectal_cds::fuzz {

namespace {

std::map<std::string, Target>& targets() {
    static std::map<std::string, Target> all;
    return all;
}

std::size_t replay(Target target, const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    target(text);
    target(std::string_view(text).substr(0, text.size() / 2));
    constexpr std::size_t most_changes = 400;
    const std::size_t step = std::max<std::size_t>(1, text.size() / most_changes);
    std::size_t runs = 2;
    for (std::size_t at = 0; at < text.size(); at += step, ++runs) {
        std::string changed = text;
        changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ (1u << (at % 8)));
        target(changed);
    }
    return runs;
}

}  // namespace

bool add_target(const char* name, Target target) { return targets().emplace(name, target).second; }

}  // namespace rectal_cds::fuzz

int main(int count, char** words) {
    if (count < 2) return std::fprintf(stderr, "usage: fuzz_replay FOLDER [TARGET]\n"), 2;
    int without_files = 0;
    for (const auto& [name, target] : rectal_cds::fuzz::targets()) {
        if (count > 2 && name != words[2]) continue;
        target("");
        std::size_t files = 0, runs = 0;
        std::vector<std::filesystem::path> paths;
        const std::filesystem::path folder = std::filesystem::path(words[1]) / name;
        if (std::filesystem::is_directory(folder))
            for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.push_back(entry.path());
        std::sort(paths.begin(), paths.end());
        for (const auto& path : paths) {
            std::printf("%s: %s\n", name.c_str(), path.filename().c_str());
            std::fflush(stdout);  // which file it was, when one ends the program
            runs += rectal_cds::fuzz::replay(target, path);
            ++files;
        }
        std::printf("%s: %zu files, %zu runs\n", name.c_str(), files, runs);
        without_files += files == 0;
    }
    return without_files == 0 ? 0 : 1;
}
