// Shards: the pieces of all patients on disk, those of one patient in one file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "cohort/piece.hpp"

namespace rectal_cds::cohort {

// May be used by many threads; pieces are added first and read afterwards. The folder holds patient data: only its user
// may open it, and it is removed with the object.
class Shards {
public:
    // Makes `folder`, which must not exist, or may be what a run that was killed has left behind. `buffer_bytes`: of
    // all shards together.
    static base::Result<std::unique_ptr<Shards>> make(const std::filesystem::path& folder, std::size_t count,
                                                      std::size_t buffer_bytes);
    ~Shards();
    Shards(const Shards&) = delete;
    Shards& operator=(const Shards&) = delete;

    std::size_t count() const { return shards_.size(); }

    void add(const Piece& piece);
    // Writes out what is buffered. An Error when anything could not be written since the beginning.
    std::optional<base::Error> finish();

    base::Result<std::string> read(std::size_t shard) const;  // pieces, one after the other (decode)

    // The Medication of that name ("Medication/m1"), encoded; empty when there is none.
    std::optional<std::string> medication(const std::string& reference) const;

private:
    struct Shard {
        std::mutex mutex;
        std::string buffer;
    };
    struct Place {
        std::uint64_t begin = 0, bytes = 0;
        std::int64_t updated = 0;
        std::uint64_t hash = 0;
    };
    Shards(std::filesystem::path folder, std::size_t count, std::size_t buffer_bytes);
    std::filesystem::path file_of(std::size_t shard) const;
    void write_out(std::size_t shard, std::string& buffer);
    void add_medication(const Piece& piece);

    std::filesystem::path folder_;
    std::vector<Shard> shards_;
    std::size_t buffer_of_one_;
    std::mutex mutex_;  // of all below
    bool has_failed_ = false;
    std::unordered_map<std::string, Place> medications_;
    std::string medication_buffer_;
    std::uint64_t medication_bytes_ = 0;  // in the file and the buffer
};

}  // namespace rectal_cds::cohort
