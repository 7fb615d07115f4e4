#include "cohort/patient_list.hpp"

#include <filesystem>

#include "json/document.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cohort {

namespace fs = std::filesystem;

namespace {

// No id holds a space. Behind it stand the faults as one JSON object.
std::string end_of(std::uint64_t count) { return "end of " + std::to_string(count) + ' '; }

std::optional<PatientList::Faults> faults_in(const std::string& text) {
    const auto document = json::Document::parse(text);
    if (!document || !document.value().root().is_object()) return std::nullopt;
    PatientList::Faults faults;
    for (const auto [what, count] : document.value().root().members())
        faults[std::string(what)] = static_cast<std::uint64_t>(count.integer().value_or(0));
    return faults;
}

}  // namespace

std::optional<PatientList::Faults> PatientList::faults_of_whole() const {
    std::ifstream stream(file_, std::ios::binary);
    std::string line, last;
    std::uint64_t lines = 0;
    if (!std::getline(stream, line) || line != json::Writer().string(run_).take()) return std::nullopt;
    while (std::getline(stream, line)) ++lines, last.swap(line);
    const std::string end = lines > 0 ? end_of(lines - 1) : "";
    if (lines == 0 || !last.starts_with(end)) return std::nullopt;
    return faults_in(last.substr(end.size()));
}

std::optional<PatientList::Faults> PatientList::read(const std::function<void(const std::string& id)>& take) const {
    auto faults = faults_of_whole();
    if (!faults) return std::nullopt;
    std::ifstream stream(file_, std::ios::binary);
    std::string line;
    std::getline(stream, line);
    while (std::getline(stream, line)) {
        if (line.find(' ') == std::string::npos) take(line);
    }
    return faults;
}

bool PatientList::begin() {
    count_ = 0;
    stream_.open(file_, std::ios::binary | std::ios::trunc);
    std::error_code error;
    fs::permissions(file_, fs::perms::owner_read | fs::perms::owner_write, error);
    stream_ << json::Writer().string(run_).take() << '\n';
    return stream_ && !error;
}

void PatientList::add(const std::string& id) {
    ++count_;
    stream_ << id << '\n';
}

bool PatientList::finish(const Faults& faults) {
    json::Writer told;
    told.begin_object();
    for (const auto& [what, count] : faults) told.member(what, count);
    stream_ << end_of(count_) << told.end_object().take() << '\n';
    stream_.close();
    return static_cast<bool>(stream_);
}

void PatientList::remove() const {
    std::error_code ignored;
    fs::remove(file_, ignored);
}

}  // namespace rectal_cds::cohort
