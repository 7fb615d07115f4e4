// README.md taken apart: what it tells the reader to type, what it shows as the answer, and which files it names.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"

namespace rectal_cds::readme {

struct Block {
    std::string language;  // of the fence: "sh", "json", ""
    std::string text;
};

// The fenced blocks, in order.
std::vector<Block> blocks(std::string_view markdown);

// The commands of all ```sh blocks, in order; lines that end in a backslash are joined with the next.
std::vector<std::string> commands(std::string_view markdown);

// The verbs of `./dev` that the text tells the reader to use, in blocks and in prose.
std::vector<std::string> dev_verbs(std::string_view markdown);

// A row of the table of folders: what it is about, and the names of things in it.
struct FolderRow {
    std::vector<std::string> folders;
    std::vector<std::string> contents;
};
std::vector<FolderRow> folder_table(std::string_view markdown);

// Everything that looks like a path below one of the top-level folders of `root`, with `<id>` and `*` for any name.
std::vector<std::string> paths_below(std::string_view markdown, const std::filesystem::path& root);

// Whether something below `root` fits the path: `<id>` stands for one name, `*` for a part of one.
bool exists(const std::filesystem::path& root, std::string_view path);

// Places where `actual` is not what `shown` says. In what is shown, "…" in a text stands for any text, a text "…" alone
// for anything, a member "…" for further members, and an array may have further elements in any order.
std::vector<std::string> differences(json::Value shown, json::Value actual, const std::string& place = "");

}  // namespace rectal_cds::readme
