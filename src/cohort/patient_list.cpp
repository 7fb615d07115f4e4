#include "cohort/patient_list.hpp"

#include <filesystem>

#include "json/writer.hpp"

namespace rectal_cds::cohort {

namespace fs = std::filesystem;

namespace {

// No id holds a space.
std::string end_of(std::uint64_t count) { return "end of " + std::to_string(count); }

}  // namespace

bool PatientList::is_whole() const {
    std::ifstream stream(file_, std::ios::binary);
    std::string line, last;
    std::uint64_t lines = 0;
    if (!std::getline(stream, line) || line != json::Writer().string(run_).take()) return false;
    while (std::getline(stream, line)) ++lines, last.swap(line);
    return lines > 0 && last == end_of(lines - 1);
}

bool PatientList::read(const std::function<void(const std::string& id)>& take) const {
    if (!is_whole()) return false;
    std::ifstream stream(file_, std::ios::binary);
    std::string line;
    std::getline(stream, line);
    while (std::getline(stream, line)) {
        if (line.find(' ') == std::string::npos) take(line);
    }
    return true;
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

bool PatientList::finish() {
    stream_ << end_of(count_) << '\n';
    stream_.close();
    return static_cast<bool>(stream_);
}

void PatientList::remove() const {
    std::error_code ignored;
    fs::remove(file_, ignored);
}

}  // namespace rectal_cds::cohort
