#include "cohort/cohort.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>

#include "cdshooks/input_pages.hpp"
#include "cdshooks/request.hpp"
#include "cohort/checkpoint.hpp"
#include "cohort/judge_all.hpp"
#include "cohort/patient_list.hpp"
#include "cohort/server_reader.hpp"

namespace rectal_cds::cohort {

using base::Error;
using base::ErrorKind;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t shard_bytes = 8u << 20;  // about, of the input
constexpr std::size_t fewest_shards = 16, most_shards = 4096, shards_of_a_stream = 256;
constexpr std::size_t buffer_bytes = 32u << 20;

// Over a server a shard is what is read again after an interruption, so there are many.
std::size_t shards_for(const CohortOptions& options) {
    if (options.server) return most_shards;
    std::uint64_t bytes = 0;
    for (const InputFile& file : options.input.files) {
        if (file.path == "-") return shards_of_a_stream;
        bytes += file.bytes;
    }
    return std::clamp(static_cast<std::size_t>(bytes / shard_bytes), fewest_shards, most_shards);
}

// "Condition.000.ndjson" says that conditions were exported, also when it is empty.
bool names_type(const std::string& path, std::string_view type) {
    const std::string name = fs::path(path).filename().string();
    const auto is_letter = [&](std::size_t at) {
        return at < name.size() && std::isalpha(static_cast<unsigned char>(name[at])) != 0;
    };
    for (auto at = name.find(type); at != std::string::npos; at = name.find(type, at + 1)) {
        if ((at == 0 || !is_letter(at - 1)) && !is_letter(at + type.size())) return true;
    }
    return false;
}

std::string identity(const CohortOptions& options, const JudgeRules& rules) {
    std::string text =
        options.knowledge_identity + " " + cdshooks::name(rules.call.hook) + " " + base::iso(rules.today);
    text += rules.other ? " compared" : "";
    text += rules.with_answers ? " answers " : " ";
    text += rules.call.fhir_base + " " + std::to_string(options.max_patient_bytes);
    for (const std::string& type : options.exported) text += " " + type;
    if (options.server) {
        text += " " + options.server->walk.base.url.text();
        for (const std::string& list : options.server->lists) text += " " + list;
    }
    for (const InputFile& file : options.input.files) {
        text += " " + file.path + " " + std::to_string(file.bytes) + " " + std::to_string(file.changed);
    }
    return text;
}

class Run {
public:
    Run(const CohortOptions& options, JudgeRules rules, std::ostream& out, const CohortObserver& observer,
        const std::atomic<bool>& stop)
        : options_(options), rules_(std::move(rules)), observer_(observer), stop_(stop), out_(&out),
          checkpoint_(options.results, identity(options, rules_)), list_(options.results, identity(options, rules_)) {
        rules_.max_bytes = options.max_patient_bytes;
        outcome_.is_from_server = options.server.has_value();
    }

    base::Result<CohortOutcome> run() {
        if (auto error = open_results()) return *error;
        auto shards = Shards::make(options_.temporary, shards_for(options_), buffer_bytes);
        if (!shards) return shards.error();
        if (auto error = options_.server ? list(*shards.value()) : read(*shards.value())) return *error;
        if (auto error = judge(*shards.value())) return *error;
        if (!options_.results.empty()) checkpoint_.remove(), list_.remove();
        outcome_.ignored = options_.input.ignored;
        return std::move(outcome_);
    }

private:
    Error unwritten() const {
        return {ErrorKind::system, options_.results.empty() ? "standard output" : options_.results,
                "The results could not be written."};
    }
    static Error stopped() { return {ErrorKind::system, "", "Stopped before the end."}; }

    std::optional<Error> open_results() {
        if (options_.results.empty()) return std::nullopt;
        std::error_code none;
        const auto bytes = fs::file_size(options_.results, none);
        if (options_.resume && !none) {
            const auto done = checkpoint_.read(bytes);
            if (!done) return done.error();
            done_ = done.value();
            if (auto error = take_over()) return error;
        }
        file_.open(options_.results, std::ios::binary | (done_.bytes > 0 ? std::ios::app : std::ios::trunc));
        out_ = &file_;
        if (!file_ || !checkpoint_.begin() || !checkpoint_.write(done_)) return unwritten();
        return std::nullopt;
    }

    // What an earlier run has judged; what it wrote after its last checkpoint is cut off.
    std::optional<Error> take_over() {
        std::error_code error;
        fs::resize_file(options_.results, done_.bytes, error);
        if (error) return unwritten();
        std::ifstream stream(options_.results, std::ios::binary);
        for (std::string line; std::getline(stream, line);) {
            if (outcome_.tally.add(line))
                return Error{ErrorKind::invalid, options_.results, "These are no results of this program."};
        }
        outcome_.resumed = outcome_.tally.patients();
        return std::nullopt;
    }

    std::optional<Error> read(Shards& shards) {
        GatherOptions gathering;
        gathering.rules = {rules_.call.fhir_base, rules_.call.hook != domain::Hook::patient_view};
        gathering.threads = options_.threads;
        gathering.max_line_bytes = options_.max_patient_bytes;
        gathering.on_fault = observer_.on_fault;
        std::uint64_t all = 0;
        for (const InputFile& file : options_.input.files) all += file.bytes;
        gathering.on_progress = [&](std::uint64_t bytes) { tell({CohortProgress::Stage::reading, bytes, all, 0}); };
        auto gathered = gather(options_.input.files, shards, gathering, stop_);
        if (!gathered) return gathered.error();
        if (stop_) return stopped();
        outcome_.gathered = std::move(gathered).value();
        note_exported();
        return std::nullopt;
    }

    void tell(const CohortProgress& progress) const {
        if (observer_.on_progress) observer_.on_progress(progress);
    }

    // Whose records are to be read from the server. A run that goes on judges those that it had found.
    std::optional<Error> list(Shards& shards) {
        Piece piece;
        piece.kind = 0;
        const auto keep = [&](const std::string& id) {
            piece.patient = id;
            shards.add(piece);
            ++outcome_.gathered.lines;
        };
        if (!options_.results.empty() && options_.resume) {
            if (auto faults = list_.read(keep)) {
                outcome_.gathered.faults = std::move(*faults);
                return shards.finish();
            }
        }
        if (done_.shards > 0)
            return Error{ErrorKind::invalid, options_.results + ".patients",
                         "The list of the run that is to go on is gone; begin again without --resume."};
        GatherOptions gathering;
        gathering.on_fault = observer_.on_fault;
        gathering.on_progress = [&](std::uint64_t found) { tell({CohortProgress::Stage::listing, found, 0, 0}); };
        std::function<void(const std::string&)> note;
        if (!options_.results.empty()) {
            if (!list_.begin()) return unwritten();
            note = [this](const std::string& id) { list_.add(id); };
        }
        auto gathered = list_patients(*options_.server, options_.input.files, shards, gathering, note, stop_);
        if (!gathered) return gathered.error();
        if (stop_) return stopped();
        outcome_.gathered = std::move(gathered).value();
        if (note && !list_.finish(outcome_.gathered.faults)) return unwritten();
        return std::nullopt;
    }

    // What the service does not ask for no EHR would send.
    bool is_asked(domain::Input input) const {
        for (const fhir::Service& service : rules_.knowledge.services) {
            if (service.hook != rules_.call.hook) continue;
            for (const auto& [key, query] : service.prefetch) {
                if (key == domain::name(input)) return true;
            }
        }
        return false;
    }

    void note_exported() {
        for (int i = 0; i < domain::input_count; ++i) {
            if (!is_asked(static_cast<domain::Input>(i))) continue;
            const std::string type(cdshooks::resource_type(static_cast<domain::Input>(i)));
            bool is_exported = outcome_.gathered.census.kept.count(type) != 0;
            is_exported = is_exported || std::count(options_.exported.begin(), options_.exported.end(), type) != 0;
            for (const InputFile& file : options_.input.files) is_exported = is_exported || names_type(file.path, type);
            rules_.call.is_exported[static_cast<std::size_t>(i)] = is_exported;
            if (!is_exported) outcome_.not_exported.push_back(type);
        }
    }

    std::optional<Error> judge(const Shards& shards) {
        const auto write = [&](const ShardResults& results) { return write_out(results, shards.count()); };
        MakeCall call = [&](std::string_view patient, std::vector<Piece> pieces) -> base::Result<PatientCall> {
            return patient_call(patient, std::move(pieces), rules_.call,
                                [&](const std::string& id) { return shards.medication(id); });
        };
        std::optional<ServerReader> reader;
        if (options_.server) {
            reader.emplace(*options_.server, rules_, stop_);
            call = [&](std::string_view patient, const std::vector<Piece>&) {
                return reader->read(std::string(patient));
            };
        }
        auto error = judge_all(shards, done_.shards, rules_, call, options_.threads, stop_, write);
        if (stop_) return stopped();
        return error;
    }

    std::optional<Error> write_out(const ShardResults& results, std::size_t shards) {
        for (const std::string& line : results.lines) {
            *out_ << line << '\n';
            done_.bytes += line.size() + 1;
            if (outcome_.tally.add(line)) return Error{ErrorKind::system, "", "A result could not be read back."};
        }
        done_.shards = results.shard + 1;
        if (!out_->flush()) return unwritten();
        if (!options_.results.empty() && !checkpoint_.write(done_)) return unwritten();
        tell({CohortProgress::Stage::judging, done_.shards, shards, outcome_.tally.patients()});
        return std::nullopt;
    }

    const CohortOptions& options_;
    JudgeRules rules_;
    const CohortObserver& observer_;
    const std::atomic<bool>& stop_;
    std::ostream* out_;
    std::ofstream file_;
    Checkpoint checkpoint_;
    PatientList list_;
    Progressed done_;
    CohortOutcome outcome_;
};

}  // namespace

base::Result<CohortOutcome> run_cohort(const CohortOptions& options, JudgeRules rules, std::ostream& out,
                                       const CohortObserver& observer, const std::atomic<bool>& stop) {
    return Run(options, std::move(rules), out, observer, stop).run();
}

}  // namespace rectal_cds::cohort
