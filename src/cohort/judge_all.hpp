// The second pass: every patient of every shard judged, and the results in the order of the shards.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cohort/judge_patient.hpp"
#include "cohort/shards.hpp"

namespace rectal_cds::cohort {

// The results of one shard, one a line; patients in the order of their ids.
struct ShardResults {
    std::size_t shard = 0;
    std::vector<std::string> lines;
};

// What is known of a patient, as a request; called from any thread. An Error ends the run.
using MakeCall = std::function<base::Result<PatientCall>(std::string_view patient, std::vector<Piece> pieces)>;

// `write` is called from one thread at a time, shard after shard from `first` on; an Error of it ends the run. An Error
// as well when temporary files cannot be read. Ends early, between shards, once `stop` is set.
std::optional<base::Error> judge_all(const Shards& shards, std::size_t first, const JudgeRules& rules,
                                     const MakeCall& call, unsigned threads, const std::atomic<bool>& stop,
                                     const std::function<std::optional<base::Error>(const ShardResults&)>& write);

}  // namespace rectal_cds::cohort
