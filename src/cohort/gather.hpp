// The first pass: every line of the input taken apart into pieces on disk.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cohort/attribution.hpp"
#include "cohort/line_source.hpp"
#include "cohort/shards.hpp"

namespace rectal_cds::cohort {

struct GatherOptions {
    AttributionRules rules;
    unsigned threads = 1;
    std::size_t block_bytes = 1u << 20;
    std::size_t max_line_bytes = 64u * 1024 * 1024;
    // Called from one thread at a time. `fault`: where is "file:line"; `what` holds no patient data.
    std::function<void(const base::Error& fault)> on_fault;
    std::function<void(std::uint64_t bytes_read)> on_progress;
};

struct Gathered {
    Census census;
    std::uint64_t lines = 0;  // that were not blank
    std::uint64_t bytes = 0;
    std::map<std::string, std::uint64_t> faults;  // by what was wrong
    std::uint64_t fault_count() const;
};

// An Error when the input or the disk fails. Ends early once `stop` is set.
base::Result<Gathered> gather(const std::vector<InputFile>& files, Shards& shards, const GatherOptions& options,
                              const std::atomic<bool>& stop);

}  // namespace rectal_cds::cohort
