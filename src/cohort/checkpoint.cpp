#include "cohort/checkpoint.hpp"

#include <filesystem>
#include <fstream>

#include "json/document.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cohort {

using base::Error;
using base::ErrorKind;

base::Result<Progressed> Checkpoint::read(std::uint64_t result_bytes) const {
    std::ifstream stream(file_, std::ios::binary);
    if (!stream) return Progressed{};
    Progressed done;
    std::string line;
    if (!std::getline(stream, line) || line != json::Writer().string(run_).take()) {
        return Error{
            ErrorKind::invalid, file_,
            "It belongs to another run (other input, knowledge, day or options); begin again without --resume."};
    }
    while (std::getline(stream, line) && !stream.eof()) {  // a last line without its end was cut off
        const auto document = json::Document::parse(line);
        if (!document) break;
        const json::Value root = document.value().root();
        done.shards = static_cast<std::size_t>(root["shards"].integer().value_or(0));
        done.bytes = static_cast<std::uint64_t>(root["bytes"].integer().value_or(0));
    }
    if (done.bytes <= result_bytes) return done;
    return Error{ErrorKind::invalid, file_, "The results are shorter than it says; begin again without --resume."};
}

bool Checkpoint::begin() const {
    std::ofstream stream(file_, std::ios::binary | std::ios::trunc);
    stream << json::Writer().string(run_).take() << '\n';
    stream.close();
    return static_cast<bool>(stream);
}

bool Checkpoint::write(const Progressed& done) const {
    json::Writer writer;
    writer.begin_object().member("shards", done.shards).member("bytes", done.bytes).end_object();
    std::ofstream stream(file_, std::ios::binary | std::ios::app);
    stream << writer.take() << '\n';
    stream.close();
    return static_cast<bool>(stream);
}

void Checkpoint::remove() const {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
}

}  // namespace rectal_cds::cohort
