// A whole run: input, results, summary.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cohort/gather.hpp"
#include "cohort/judge_patient.hpp"
#include "cohort/server_input.hpp"
#include "cohort/tally.hpp"

namespace rectal_cds::cohort {

struct CohortOptions {
    InputFiles input;
    std::optional<ServerOptions> server;  // whose patients are judged; then the input files hold ids only
    std::vector<std::string> exported;    // resource types that were exported, beside those that the input shows
    unsigned threads = 1;
    std::filesystem::path temporary;  // folder that does not exist yet
    std::string results;              // file; empty: `out`
    bool resume = false;              // needs `results`
    std::string knowledge_identity;   // of everything that judges; a checkpoint of another is not gone on with
    std::size_t max_patient_bytes = 64u * 1024 * 1024;
};

// Called from one thread at a time, several times a second.
struct CohortProgress {
    enum class Stage : unsigned char { reading, listing, judging } stage = Stage::reading;
    std::uint64_t done = 0, of = 0;  // bytes, patients, shards; of: 0 when it is not known
    std::uint64_t patients = 0;
};

struct CohortObserver {
    std::function<void(const base::Error& fault)> on_fault;
    std::function<void(const CohortProgress&)> on_progress;
};

struct CohortOutcome {
    Gathered gathered;
    Tally tally;
    std::vector<std::string> not_exported;  // resource types that are missing from the input
    std::vector<std::string> ignored;       // files
    std::uint64_t resumed = 0;              // patients that an earlier run had judged
    bool is_from_server = false;
    bool all_well() const { return gathered.fault_count() == 0 && tally.refused() == 0 && tally.unread() == 0; }
};

// `rules.call` is filled in here but for the hook. An Error when it could not come to an end, also because `stop` was
// set; with a results file, a further run with `resume` goes on from there.
base::Result<CohortOutcome> run_cohort(const CohortOptions& options, JudgeRules rules, std::ostream& out,
                                       const CohortObserver& observer, const std::atomic<bool>& stop);

std::string summary_json(const CohortOutcome& outcome);
std::string summary_in_words(const CohortOutcome& outcome);

}  // namespace rectal_cds::cohort
