#include "fhir/knowledge_edit.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "json/writer.hpp"

namespace rectal_cds::testing {

namespace fs = std::filesystem;
using base::Error;
using fhir::KnowledgeFile;

namespace {

// What is no knowledge, and all golden cases but one: they cost time in each of thousands of readings.
bool is_left_out(const fs::path& file) {
    const std::string kind = file.extension().string();
    if (kind != ".json" && kind != ".mustache") return true;
    return file.parent_path().filename() == "golden" && file.filename() != "cetuximab-with-kras-mutation.json";
}

std::vector<KnowledgeFile> read_files() {
    const char* const checkout = std::getenv("RECTAL_CDS_SOURCE_DIR");
    if (!checkout) throw std::runtime_error("RECTAL_CDS_SOURCE_DIR must name the checkout; ctest sets it.");
    std::vector<KnowledgeFile> files;
    for (const char* folder : {"hooks", "profiles"}) {
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(checkout) / folder)) {
            if (!entry.is_regular_file() || is_left_out(entry.path())) continue;
            std::ifstream stream(entry.path(), std::ios::binary);
            std::string text{std::istreambuf_iterator<char>(stream), {}};
            files.push_back({entry.path().lexically_relative(checkout).generic_string(), std::move(text)});
        }
    }
    return files;
}

json::Document parse(std::string_view text) {
    auto parsed = json::Document::parse(std::string(text));
    if (!parsed) throw std::runtime_error("A test edits with text that is not JSON: " + parsed.error().what);
    return std::move(parsed).value();
}

// What stands at a place; missing when nothing does.
json::Value value_at(json::Value value, std::string_view place) {
    while (!place.empty() && value.exists()) {
        const std::size_t end = std::min(place.find_first_of(".[", 1), place.size());
        const std::string_view step = place.substr(0, end);
        if (step[0] == '[')
            value = value.at(std::stoul(std::string(step.substr(1))));
        else
            value = value[step[0] == '.' ? step.substr(1) : step];
        place.remove_prefix(end);
    }
    return value;
}

// Writes a tree again with another value, or none, at one place.
class Rewriting {
public:
    Rewriting(std::string place, json::Value value) : place_(std::move(place)), value_(value) {}

    std::string text_of(json::Value root) {
        copy(root, "");
        if (!reached_) throw std::runtime_error("A test edits a place that is not there: " + place_);
        return writer_.take();
    }

private:
    static std::string below(const std::string& parent, std::string_view member) {
        return parent.empty() ? std::string(member) : parent + '.' + std::string(member);
    }
    static std::string below(const std::string& parent, std::size_t index) {
        return parent + '[' + std::to_string(index) + ']';
    }

    // True when `here` is the place of the edit; its value, if any, is then written after `key`.
    bool is_edited(const std::string& here, std::string_view key = {}) {
        if (here != place_) return false;
        reached_ = true;
        if (value_.exists() && !key.empty()) writer_.key(key);
        if (value_.exists()) writer_.value(value_);
        return true;
    }

    void copy(json::Value value, const std::string& here) {
        if (value.is_object())
            copy_object(value, here);
        else if (value.is_array())
            copy_array(value, here);
        else
            writer_.value(value);
    }

    void copy_object(json::Value object, const std::string& here) {
        writer_.begin_object();
        for (const auto& [name, value] : object.members()) {
            if (is_edited(below(here, name), name)) continue;
            writer_.key(name);
            copy(value, below(here, name));
        }
        const auto last_dot = place_.rfind('.');
        const std::string parent = last_dot == std::string::npos ? "" : place_.substr(0, last_dot);
        if (!reached_ && here == parent && value_.exists()) {
            is_edited(place_, last_dot == std::string::npos ? place_ : place_.substr(last_dot + 1));
        }
        writer_.end_object();
    }

    void copy_array(json::Value array, const std::string& here) {
        writer_.begin_array();
        for (std::size_t i = 0; i < array.size(); ++i) {
            if (!is_edited(below(here, i))) copy(array.at(i), below(here, i));
        }
        if (value_.exists()) is_edited(below(here, array.size()));
        writer_.end_array();
    }

    std::string place_;
    json::Value value_;
    json::Writer writer_;
    bool reached_ = false;
};

const KnowledgeFile& real_file(std::string_view path) {
    const auto is_it = [&](const KnowledgeFile& file) { return file.path == path; };
    const auto file = std::find_if(knowledge_files().begin(), knowledge_files().end(), is_it);
    if (file == knowledge_files().end()) throw std::runtime_error("A test looks into a file that is not there.");
    return *file;
}

}  // namespace

const std::vector<KnowledgeFile>& knowledge_files() {
    static const std::vector<KnowledgeFile> files = read_files();
    return files;
}

KnowledgeFile& EditedKnowledge::file(std::string_view path) {
    const auto found = std::find_if(files_.begin(), files_.end(), [&](const auto& f) { return f.path == path; });
    if (found == files_.end()) throw std::runtime_error("A test edits a file that is not there: " + std::string(path));
    return *found;
}

EditedKnowledge& EditedKnowledge::set(std::string_view path, std::string_view place, std::string_view json) {
    const json::Document value = parse(json), old = parse(file(path).text);
    file(path).text = Rewriting(std::string(place), value.root()).text_of(old.root());
    return *this;
}

EditedKnowledge& EditedKnowledge::remove(std::string_view path, std::string_view place) {
    const json::Document old = parse(file(path).text);
    file(path).text = Rewriting(std::string(place), {}).text_of(old.root());
    return *this;
}

EditedKnowledge& EditedKnowledge::misspell(std::string_view path, std::string_view place) {
    const json::Document old = parse(file(path).text);
    const json::Value value = value_at(old.root(), place);
    if (!value.is_string()) return *this;
    json::Writer writer;
    const std::string text(value.text());
    return set(path, place, writer.string(text.substr(0, text.size() - 1) + 'q' + text.back()).take());
}

EditedKnowledge& EditedKnowledge::write(std::string path, std::string text) {
    drop(path);
    files_.push_back({std::move(path), std::move(text)});
    return *this;
}

EditedKnowledge& EditedKnowledge::replace(std::string_view path, std::string_view old_text, std::string_view new_text) {
    std::string& text = file(path).text;
    const auto at = text.find(old_text);
    if (at == std::string::npos)
        throw std::runtime_error("A test edits a text that is not there: " + std::string(old_text));
    text.replace(at, old_text.size(), new_text);
    return *this;
}

EditedKnowledge& EditedKnowledge::drop(std::string_view path) {
    files_.erase(std::remove_if(files_.begin(), files_.end(), [&](const auto& f) { return f.path == path; }),
                 files_.end());
    return *this;
}

std::vector<Error> EditedKnowledge::errors() const {
    std::vector<Error> errors;
    fhir::read_knowledge(files_, errors);
    return errors;
}

fhir::Knowledge EditedKnowledge::read() const {
    std::vector<Error> errors;
    return fhir::read_knowledge(files_, errors);
}

std::string plan_path(std::string_view id) { return "hooks/guideline/plans/" + std::string(id) + ".json"; }
std::string regimen_path(std::string_view id) { return "hooks/guideline/regimens/" + std::string(id) + ".json"; }
std::string order_path(std::string_view id) { return "hooks/guideline/orders/" + std::string(id) + ".json"; }
std::string service_path(std::string_view hook) {
    return "hooks/services/rectal-cancer-" + std::string(hook) + ".json";
}

void check_one_error(const EditedKnowledge& knowledge, const std::string& path, const std::string& place,
                     std::string_view words) {
    const std::vector<Error> errors = knowledge.errors();
    std::string all;
    for (const Error& error : errors) all += "\n  " + error.where + " -- " + error.what;
    BOOST_TEST(errors.size() == 1U, "One error is expected, not these:" << all);
    if (errors.size() != 1) return;
    BOOST_TEST(errors[0].where == (place.empty() ? path : path + ": " + place));
    BOOST_TEST(errors[0].what.find(words) != std::string::npos, "'" << errors[0].what << "' does not say: " << words);
}

std::size_t size_of(const std::string& path, std::string_view array) {
    return parse(real_file(path).text).root()[array].size();
}

std::string card_of(const std::string& path) {
    const json::Document document = parse(real_file(path).text);
    json::Writer writer;
    return writer.value(document.root()["action"].at(0)).take();
}

std::string extension_at(const std::string& path, std::string_view place, std::string_view name) {
    const json::Document document = parse(real_file(path).text);
    const json::Value list = (place.empty() ? document.root() : document.root()["action"].at(0))["extension"];
    const std::string ending = '/' + std::string(name);
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string url(list.at(i)["url"].text());
        if (url.size() < ending.size() || url.compare(url.size() - ending.size(), ending.size(), ending) != 0) continue;
        return (place.empty() ? "" : std::string(place) + '.') + "extension[" + std::to_string(i) + ']';
    }
    throw std::runtime_error("A test looks for an extension that is not there: " + std::string(name));
}

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

}  // namespace rectal_cds::testing
