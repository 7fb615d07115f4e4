#include "configuration.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace rectal_cds {

namespace {

constexpr std::string_view prefix = "RECTAL_CDS_";

std::string variable_of(const std::string& name) {
    std::string variable(prefix);
    for (const char c : name)
        variable += c == '-' ? '_' : (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
    return variable;
}

std::string variable(const std::string& name) {
    const char* value = std::getenv(variable_of(name).c_str());
    return value ? value : "";
}

bool is_key(const CLI::Option& option) { return option.get_configurable() && !option.get_lnames().empty(); }
std::string key_of(const CLI::Option& option) { return option.get_lnames().front(); }

// Without a comment: what begins with # at the beginning or behind a space, outside quotation marks.
std::string without_comment(const std::string& line) {
    char quote = '\0';
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t'))
            return line.substr(0, i);
    }
    return line;
}

// The line on which the file says this key, from 1; 0: none.
int line_of(const std::string& file, const std::string& key, int after = 0) {
    std::ifstream stream(file);
    int number = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        const auto begin = line.find_first_not_of(" \t[\"'");
        if (begin == std::string::npos || number <= after || line.compare(begin, key.size(), key) != 0) continue;
        const auto next = begin + key.size();
        if (next >= line.size() || std::string_view(" \t=]\"'\r.").find(line[next]) != std::string_view::npos)
            return number;
    }
    return 0;
}

std::string place_in(const std::string& file, const std::string& key, int after = 0) {
    const int line = line_of(file, key, after);
    return line == 0 ? file : file + ", line " + std::to_string(line);
}

// The library's reader of files, with the faults that it would pass over.
class File : public CLI::ConfigTOML {
public:
    File(const CLI::App& app, std::string name) : app_(app), name_(std::move(name)) { comment('\0'); }

    std::vector<CLI::ConfigItem> from_config(std::istream& input) const override {
        std::vector<CLI::ConfigItem> read;
        std::stringstream uncommented;
        for (std::string line; std::getline(input, line);) uncommented << without_comment(line) << '\n';
        for (CLI::ConfigItem& item : CLI::ConfigTOML::from_config(uncommented)) {
            if (!item.parents.empty()) refuse(item.parents.front(), "sections are not known here");
            const CLI::Option* option = app_.get_option_no_throw("--" + item.name);
            if (!option || !is_key(*option)) refuse(item.name, "no such key; `rectal-cds serve --help` lists them");
            const std::string key = key_of(*option);
            const int first = line_of(name_, item.name);
            if (lines_.count(key) > 0 || line_of(name_, item.name, first) != 0)
                refuse(item.name, "this key stands here twice", first);
            const bool is_empty =
                std::any_of(item.inputs.begin(), item.inputs.end(), [](const auto& s) { return s.empty(); });
            if (option->get_expected_min() > 0 && (is_empty || !says_value(first)))
                refuse(item.name, "a value is expected");
            lines_[key] = first;
            if (variable(key).empty()) read.push_back(std::move(item));  // the environment comes before the file
        }
        return read;
    }

    // Of a key that the file sets; "" otherwise.
    std::string place_of(const std::string& key) const {
        return lines_.count(key) == 0 ? "" : name_ + ", line " + std::to_string(lines_.at(key));
    }
    const std::string& name() const { return name_; }

private:
    bool says_value(int line) const {
        std::ifstream stream(name_);
        std::string text;
        while (line-- > 0) std::getline(stream, text);
        return without_comment(text).find('=') != std::string::npos;
    }

    [[noreturn]] void refuse(const std::string& key, const std::string& what, int after = 0) const {
        throw CLI::ConfigError(place_in(name_, key, after) + ": \"" + key + "\": " + what + ".",
                               CLI::ExitCodes::ConfigError);
    }

    const CLI::App& app_;
    const std::string name_;
    mutable std::map<std::string, int> lines_;  // of keys
};

enum class Source : unsigned char { command_line, environment, file, unset };

struct Configuration {
    CLI::App& app;
    std::vector<std::string> arguments;
    std::shared_ptr<File> file;  // null: none is named

    Source source_of(const CLI::Option& option) const {
        const auto names = option.get_lnames();
        const bool is_typed = std::any_of(arguments.begin(), arguments.end(), [&](const std::string& argument) {
            return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
                return argument == "--" + name || argument.starts_with("--" + name + "=");
            });
        });
        if (is_typed) return Source::command_line;
        if (!variable(key_of(option)).empty()) return Source::environment;
        return file && !file->place_of(key_of(option)).empty() ? Source::file : Source::unset;
    }
};

// Of --config or RECTAL_CDS_CONFIG, before anything is parsed.
std::string file_name(const std::vector<std::string>& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i].starts_with("--config=")) return arguments[i].substr(9);
        if (arguments[i] == "--config" && i + 1 < arguments.size()) return arguments[i + 1];
    }
    return variable("config");
}

// Not for serve: what Kubernetes sets for every service named rectal-cds…, ctest for the tests, and the token of
// cohort.
bool is_foreign(const std::string& name) {
    static const std::regex foreign(
        R"(RECTAL_CDS_(.+_)?(SERVICE_(HOST|PORT)(_.*)?|PORT(_\d+_(TCP|UDP|SCTP)(_.*)?)?)|RECTAL_CDS_(SOURCE_DIR|BINARY|APPROVE|FHIR_TOKEN|FAULT_\w+))");
    return std::regex_match(name, foreign);
}

void refuse_unknown_variables(const CLI::App& app) {
    std::vector<std::string> known{"RECTAL_CDS_CONFIG"};
    for (const CLI::Option* option : app.get_options()) {
        if (is_key(*option)) known.push_back(variable_of(key_of(*option)));
    }
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view text(*entry);
        const std::string name(text.substr(0, text.find('=')));
        if (!name.starts_with(prefix) || is_foreign(name)) continue;
        if (std::find(known.begin(), known.end(), name) != known.end()) {
            if (text.size() > name.size() + 1) continue;
            throw CLI::ConfigError("The environment's " + name + " is empty; a value is expected, or no such variable.",
                                   CLI::ExitCodes::ConfigError);
        }
        throw CLI::ConfigError("The environment's " + name +
                                   " names no flag; `rectal-cds serve --help` lists the variables.",
                               CLI::ExitCodes::ConfigError);
    }
}

// An empty --clients would be no registry at all: what was meant to be given is not taken for left out.
void refuse_empty_values(const CLI::App& app) {
    for (const CLI::Option* option : app.get_options()) {
        const auto& values = option->results();
        if (std::any_of(values.begin(), values.end(), [](const std::string& value) { return value.empty(); }))
            throw CLI::ValidationError(option->get_name(), "a value is expected, and it is empty");
    }
}

// Passwords have files of their own; one that stands in an address all the same is not shown.
std::string without_secrets(const std::string& value) {
    static const std::regex in_authority(R"((://[^:@/\s]*:)\S*@)"),
        named(R"(((?:ssl)?password\s*=\s*)('[^']*'|[^&\s']*))", std::regex::icase);
    return std::regex_replace(std::regex_replace(value, in_authority, "$1***@"), named, "$1***");
}

std::string in_quotes(const std::string& value) {
    const char quote = value.find('"') == std::string::npos ? '"' : '\'';
    return quote + without_secrets(value) + quote;
}

// As the file would have it; "" when there is no value.
std::string value_of(const CLI::Option& option) {
    if (option.get_expected_min() == 0) return option.count() > 0 && option.as<bool>() ? "true" : "false";
    std::vector<std::string> values = option.results();
    if (values.empty() && !option.get_default_str().empty()) values = {option.get_default_str()};
    if (values.empty()) return "";
    if (option.get_expected_max() == 1) {
        const bool is_number = option.get_type_name().find("INT") != std::string::npos;
        return is_number ? values.back() : in_quotes(values.back());
    }
    std::string list;
    for (const std::string& value : values) list += (list.empty() ? "[" : ", ") + in_quotes(value);
    return list + "]";
}

void print(const Configuration& configuration) {
    std::map<Source, std::string> sections;
    std::string unset;
    for (const CLI::Option* option : configuration.app.get_options()) {
        if (!is_key(*option)) continue;
        const std::string value = value_of(*option);
        if (value.empty())
            unset += (unset.empty() ? "" : ", ") + key_of(*option);
        else
            sections[configuration.source_of(*option)] += key_of(*option) + " = " + value + '\n';
    }
    const std::map<Source, std::string> titles{
        {Source::command_line, "# From the command line"},
        {Source::environment, "# From the environment"},
        {Source::file, "# From " + (configuration.file ? configuration.file->name() : "")},
        {Source::unset, "# Defaults"}};
    std::printf("# The configuration of `rectal-cds serve`; passwords in addresses are shown as ***.\n");
    for (const auto& [source, lines] : sections) std::printf("\n%s\n%s", titles.at(source).c_str(), lines.c_str());
    if (!unset.empty()) std::printf("\n# Not set: %s\n", unset.c_str());
}

// "--threads: …" of a value that stands in the file says so.
std::string told(const Configuration& configuration, const CLI::Error& error) {
    static const std::regex flag("--[a-z][a-z-]*");
    const std::string text = error.what();
    std::smatch found;
    const CLI::Option* option =
        std::regex_search(text, found, flag) ? configuration.app.get_option_no_throw(found.str()) : nullptr;
    if (!option || !is_key(*option)) return text;
    switch (configuration.source_of(*option)) {
    case Source::environment: return "The environment's " + variable_of(key_of(*option)) + ": " + text;
    case Source::file: return configuration.file->place_of(key_of(*option)) + ": " + text;
    case Source::command_line:
    case Source::unset: break;
    }
    return text;
}

}  // namespace

std::optional<int> configure(CLI::App& app, int argc, char** argv) {
    Configuration configuration{app, {argv + 1, argv + argc}, nullptr};
    for (CLI::Option* option : app.get_options()) {
        if (is_key(*option)) option->envname(variable_of(key_of(*option)));
    }
    const std::string file = file_name(configuration.arguments);
    app.set_config("--config", file,
                   "File with flags as lines `key = value` (TOML without sections), e.g. threads = 2; or "
                   "RECTAL_CDS_CONFIG.\nFlags come before the environment, the environment before the file",
                   !file.empty());
    bool prints = false;
    app.add_flag("--print-config", prints,
                 "Print the configuration in effect and where it is from, without secrets, and end")
        ->configurable(false);
    if (!file.empty()) app.config_formatter(configuration.file = std::make_shared<File>(app, file));
    app.failure_message([&configuration](const CLI::App*, const CLI::Error& error) {
        return told(configuration, error) + "\nRun with --help for more information.\n";
    });
    try {
        app.parse(argc, argv);
        refuse_unknown_variables(app);
        refuse_empty_values(app);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;  // 0 after --help
    }
    if (!prints) return std::nullopt;
    print(configuration);
    return 0;
}

}  // namespace rectal_cds
