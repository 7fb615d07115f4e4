#include "cohort/shards.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <tuple>

namespace rectal_cds::cohort {

using base::Error;
using base::ErrorKind;
namespace fs = std::filesystem;

namespace {

constexpr const char* mark = "rectal-cds-cohort";  // a file that says whose folder it is
constexpr const char* medications = "medications";
constexpr const char* shard_prefix = "shard-";
constexpr std::size_t medication_buffer_bytes = 1u << 20;

Error faulty(const fs::path& path, std::string what) { return {ErrorKind::system, path.string(), std::move(what)}; }

bool append_to(const fs::path& file, const std::string& bytes) {
    std::ofstream stream(file, std::ios::binary | std::ios::app);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    return static_cast<bool>(stream);
}

// Whether all of it is what a run leaves behind that was killed at any moment, the first and the last included.
bool is_left_behind(const fs::path& folder) {
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const std::string name = at->path().filename().string();
        const bool is_shard = name.rfind(shard_prefix, 0) == 0 &&
                              name.find_first_not_of("0123456789", std::string_view(shard_prefix).size()) == std::string::npos;
        if (!at->is_regular_file(error) || (name != mark && name != medications && !is_shard)) return false;
    }
    return !error;
}

}  // namespace

base::Result<std::unique_ptr<Shards>> Shards::make(const fs::path& folder, std::size_t count,
                                                   std::size_t buffer_bytes) {
    std::error_code error;
    if (fs::exists(folder, error)) {
        if (!is_left_behind(folder)) {
            return faulty(folder, "A folder that does not exist yet is expected, for temporary files.");
        }
        fs::remove_all(folder, error);
    }
    if (!fs::create_directories(folder, error)) return faulty(folder, "The folder could not be made.");
    fs::permissions(folder, fs::perms::owner_all, error);
    if (error || !append_to(folder / mark, "temporary; holds patient data\n")) {
        return faulty(folder, "Nothing could be written into the folder.");
    }
    return std::unique_ptr<Shards>(new Shards(folder, count, buffer_bytes));
}

Shards::Shards(fs::path folder, std::size_t count, std::size_t buffer_bytes)
    : folder_(std::move(folder)), shards_(count), buffer_of_one_(std::max<std::size_t>(buffer_bytes / count, 4096)) {}

Shards::~Shards() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

fs::path Shards::file_of(std::size_t shard) const { return folder_ / (shard_prefix + std::to_string(shard)); }

void Shards::write_out(std::size_t shard, std::string& buffer) {
    if (!buffer.empty() && !append_to(file_of(shard), buffer)) {
        const std::lock_guard lock(mutex_);
        has_failed_ = true;
    }
    buffer.clear();
}

void Shards::add(const Piece& piece) {
    if (piece.kind == Piece::medication_kind) add_medication(piece);
    if (piece.patient.empty()) return;
    const std::size_t index = hash_of(piece.patient) % shards_.size();
    Shard& shard = shards_[index];
    const std::lock_guard lock(shard.mutex);
    encode(piece, shard.buffer);
    if (shard.buffer.size() >= buffer_of_one_) write_out(index, shard.buffer);
}

// Of several with one id the latest is kept, whatever the order they come in.
void Shards::add_medication(const Piece& piece) {
    if (piece.id.empty()) return;
    std::string bytes;
    encode(piece, bytes);
    const std::lock_guard lock(mutex_);
    const Place place{medication_bytes_, bytes.size(), piece.updated, hash_of(piece.text)};
    const auto [known, is_new] = medications_.emplace("Medication/" + std::string(piece.id), place);
    if (!is_new) {
        const Place& other = known->second;
        if (std::tie(place.updated, place.hash) <= std::tie(other.updated, other.hash)) return;
        known->second = place;
    }
    medication_bytes_ += bytes.size();
    medication_buffer_ += bytes;
    if (medication_buffer_.size() < medication_buffer_bytes) return;
    has_failed_ = !append_to(folder_ / medications, medication_buffer_) || has_failed_;
    medication_buffer_.clear();
}

std::optional<Error> Shards::finish() {
    for (std::size_t i = 0; i < shards_.size(); ++i) {
        write_out(i, shards_[i].buffer);
        std::string().swap(shards_[i].buffer);
    }
    const std::lock_guard lock(mutex_);
    if (!medication_buffer_.empty()) has_failed_ = !append_to(folder_ / medications, medication_buffer_) || has_failed_;
    medication_buffer_.clear();
    if (!has_failed_) return std::nullopt;
    return faulty(folder_,
                  "Temporary files could not be written; is the disk full? Name another folder with --temporary.");
}

base::Result<std::string> Shards::read(std::size_t shard) const {
    std::error_code ignored;
    const fs::path file = file_of(shard);
    if (!fs::exists(file, ignored)) return std::string();
    std::ifstream stream(file, std::ios::binary);
    std::string bytes(static_cast<std::size_t>(fs::file_size(file, ignored)), '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!stream) return faulty(file, "The temporary file could not be read.");
    return bytes;
}

std::optional<std::string> Shards::medication(const std::string& reference) const {
    const auto found = medications_.find(reference);
    if (found == medications_.end()) return std::nullopt;
    std::ifstream stream(folder_ / medications, std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(found->second.begin));
    std::string bytes(static_cast<std::size_t>(found->second.bytes), '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return stream ? std::optional(std::move(bytes)) : std::nullopt;
}

}  // namespace rectal_cds::cohort
