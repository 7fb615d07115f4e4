// Checkpoint: how far a file of results is true, so that a run that was stopped goes on where it was.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace rectal_cds::cohort {

struct Progressed {
    std::size_t shards = 0;   // judged, from the first one on
    std::uint64_t bytes = 0;  // of the results, which hold exactly these shards
};

class Checkpoint {
public:
    // Beside the results. `run`: a text that names everything the results depend on; a checkpoint of another run is not
    // gone on with.
    Checkpoint(const std::string& results, std::string run) : file_(results + ".checkpoint"), run_(std::move(run)) {}

    // What is there; nothing done when there is no checkpoint. An Error when it is of another run, or holds more than
    // the results do.
    base::Result<Progressed> read(std::uint64_t result_bytes) const;
    bool begin() const;                        // forgets what was there
    bool write(const Progressed& done) const;  // false when it could not be written
    void remove() const;

private:
    std::string file_, run_;
};

}  // namespace rectal_cds::cohort
