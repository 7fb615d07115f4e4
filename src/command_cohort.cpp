#include "command_cohort.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <random>
#include <thread>
#include <utility>

#include "cdshooks/governance.hpp"
#include "cdshooks/input_pages.hpp"
#include "cohort/cohort.hpp"
#include "cohort_server.hpp"
#include "fetch/transport.hpp"
#include "knowledge_folder.hpp"
#include "locked_file.hpp"
#include "wording_options.hpp"

namespace rectal_cds {

using base::Error;
using base::ErrorKind;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::uint64_t most_faults_told = 1000;

std::atomic<bool> stop_asked{false};

void ask_to_stop(int) { stop_asked = true; }

void tell(const Error& error) { std::fprintf(stderr, "%s\n", in_words(error).c_str()); }

// One line on a terminal that is overwritten; elsewhere a line now and then.
class Progress {
public:
    void tell(const cohort::CohortProgress& progress) {
        const auto now = Clock::now();
        if (now < next_) return;
        next_ = now + (is_terminal_ ? std::chrono::milliseconds(200) : std::chrono::seconds(10));
        const double share =
            progress.of == 0 ? 0 : 100.0 * static_cast<double>(progress.done) / static_cast<double>(progress.of);
        std::fputs(is_terminal_ ? "\r\033[K" : "", stderr);
        std::fprintf(stderr, "%s", word(progress.stage));
        if (progress.stage == Stage::reading)
            std::fprintf(stderr, " %.1f MB", static_cast<double>(progress.done) / 1e6);
        if (progress.stage == Stage::listing)
            std::fprintf(stderr, " %llu patients", static_cast<unsigned long long>(progress.done));
        if (progress.of > 0) std::fprintf(stderr, " %s%5.1f %%", bar(share).c_str(), share);
        if (progress.stage == Stage::judging)
            std::fprintf(stderr, " %llu patients", static_cast<unsigned long long>(progress.patients));
        std::fputs(is_terminal_ ? "" : "\n", stderr);
        is_open_ = is_terminal_;
    }
    void end() {
        if (is_open_) std::fputs("\r\033[K", stderr);
        is_open_ = false;
    }

private:
    using Stage = cohort::CohortProgress::Stage;
    static const char* word(Stage stage) {
        if (stage == Stage::listing) return "listing";
        return stage == Stage::judging ? "judging" : "reading";
    }
    static std::string bar(double share) {
        constexpr std::size_t width = 20;
        const std::size_t full = std::min(width, static_cast<std::size_t>(share / 100 * width));
        return "[" + std::string(full, '#') + std::string(width - full, '.') + "]";
    }
    bool is_terminal_ = isatty(STDERR_FILENO) != 0;
    bool is_open_ = false;
    Clock::time_point next_ = Clock::now() + std::chrono::milliseconds(500);
};

std::filesystem::path temporary_folder(const CohortCommand& options) {
    const std::string name = "rectal-cds-cohort-" + std::to_string(std::random_device{}()) + std::to_string(getpid());
    if (!options.temporary.empty()) return std::filesystem::path(options.temporary) / name;
    if (!options.output.empty()) return options.output + ".temporary";
    return std::filesystem::temp_directory_path() / name;
}

// Every file of the knowledge, so that no checkpoint outlives a change of it.
std::string identity_of(const CohortCommand& options) {
    std::string text = options.wording.audience + options.wording.patient_cards + options.wording.card_profile;
    text += options.require_approved ? "approved" : "";
    std::vector<std::string> folders{options.knowledge};
    if (!options.compare.empty()) folders.push_back(options.compare);
    for (const std::string& given : folders) {
        const auto folder = find_knowledge(given);
        const auto files =
            folder ? read_files(folder.value()) : base::Result<std::vector<fhir::KnowledgeFile>>(folder.error());
        if (!files) continue;
        for (const auto& file : files.value()) text += std::to_string(cohort::hash_of(file.path + file.text));
    }
    if (!options.site.empty()) {
        const auto files = read_site_files(options.site);
        for (std::size_t i = 0; files && i < files.value().size(); ++i)
            text += std::to_string(cohort::hash_of(files.value()[i].text));
    }
    return std::to_string(cohort::hash_of(text));
}

fhir::Knowledge knowledge_of(const std::string& folder, const CohortCommand& options, std::vector<Error>& errors) {
    fhir::Knowledge knowledge = load_knowledge(folder, errors, options.site);
    if (errors.empty() && options.require_approved) fhir::keep_approved(knowledge);
    if (errors.empty() && knowledge.recommendations.empty()) {
        errors.push_back({ErrorKind::invalid, "Nothing can be judged", cdshooks::content_description(knowledge)});
    }
    return knowledge;
}

bool write_file(const std::string& file, const std::string& text) {
    std::ofstream stream(file, std::ios::binary);
    stream << text << '\n';
    stream.close();
    return static_cast<bool>(stream);
}

int finish(const cohort::CohortOutcome& outcome, const CohortCommand& options) {
    std::fprintf(stderr, "%s", cohort::summary_in_words(outcome).c_str());
    if (!options.summary.empty() && !write_file(options.summary, cohort::summary_json(outcome))) {
        return tell({ErrorKind::system, options.summary, "The summary could not be written."}), 2;
    }
    return outcome.all_well() ? 0 : 1;
}

// Results of earlier runs added up.
int add_up(const cohort::InputFiles& input, const CohortCommand& options) {
    cohort::CohortOutcome outcome;
    for (const cohort::InputFile& file : input.files) {
        std::ifstream stream;
        if (file.path != "-") stream.open(file.path, std::ios::binary);
        std::istream& in = file.path == "-" ? std::cin : stream;
        std::uint64_t number = 0;
        for (std::string line; std::getline(in, line);) {
            ++number;
            if (line.empty()) continue;
            ++outcome.gathered.lines;
            const auto error = outcome.tally.add(line);
            if (!error) continue;
            ++outcome.gathered.faults["This is no result of this program."];
            tell({error->kind, file.path + ":" + std::to_string(number), "This is no result of this program."});
        }
    }
    return finish(outcome, options);
}

cohort::JudgeRules rules_of(const CohortCommand& options, const fhir::Knowledge& knowledge,
                            const fhir::Knowledge* other) {
    cohort::JudgeRules rules{knowledge, other};
    rules.call.hook = options.hook == "order-sign" ? domain::Hook::order_sign : domain::Hook::patient_view;
    rules.call.fhir_base = options.fhir_base;
    while (!rules.call.fhir_base.empty() && rules.call.fhir_base.back() == '/') rules.call.fhir_base.pop_back();
    rules.today = options.today.value_or(today_utc());
    rules.audience = audience_settings(options.wording);
    rules.wire.client = wire_settings(options.wording);
    rules.with_answers = options.with_answers;
    return rules;
}

cohort::CohortOptions options_of(const CohortCommand& options, cohort::InputFiles input) {
    cohort::CohortOptions running;
    running.input = std::move(input);
    running.exported = options.exported;
    if (std::count(options.exported.begin(), options.exported.end(), "all") != 0) running.exported = exportable_types();
    running.threads = options.threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : options.threads;
    running.temporary = temporary_folder(options);
    running.results = options.output;
    running.resume = options.resume;
    running.knowledge_identity = identity_of(options);
    return running;
}

Error unresumable() {
    return {ErrorKind::invalid, "--resume", "Standard input cannot be resumed: whether it is the same cannot be seen."};
}

int run(const CohortCommand& options, cohort::InputFiles input) {
    std::vector<Error> errors;
    std::optional<cohort::ServerOptions> server;
    if (!options.fhir_server.empty()) server = cohort_server(options, errors);
    const fhir::Knowledge knowledge = knowledge_of(options.knowledge, options, errors);
    const fhir::Knowledge other =
        options.compare.empty() || !errors.empty() ? fhir::Knowledge{} : knowledge_of(options.compare, options, errors);
    LockedFile results;
    if (errors.empty() && !options.output.empty()) {
        if (const auto locked = results.lock(options.output); !locked) errors.push_back(locked.error());
    }
    for (const Error& error : errors) tell(error);
    if (!errors.empty()) return 2;

    cohort::JudgeRules rules = rules_of(options, knowledge, options.compare.empty() ? nullptr : &other);
    cohort::CohortOptions running = options_of(options, std::move(input));
    if (server) rules.call.fhir_base = server->walk.base.url.text();
    running.server = std::move(server);
    Progress progress;
    std::uint64_t faults = 0;
    const cohort::CohortObserver observer{[&](const Error& fault) {
                                              progress.end();
                                              if (++faults <= most_faults_told) tell(fault);
                                              if (faults == most_faults_told)
                                                  std::fputs("Further faults are counted, and not shown.\n", stderr);
                                          },
                                          [&](const cohort::CohortProgress& state) { progress.tell(state); }};
    std::signal(SIGINT, ask_to_stop);
    std::signal(SIGTERM, ask_to_stop);
    const auto outcome = cohort::run_cohort(running, rules, std::cout, observer, stop_asked);
    progress.end();
    if (outcome) return finish(outcome.value(), options);
    tell(outcome.error());
    if (!options.output.empty()) std::fputs("The same command with --resume goes on from here.\n", stderr);
    return 2;
}

int over_server(const CohortCommand& options) {
    fetch::initialize_thread();
    const struct ThreadAtTheEnd {  // after everything below has gone
        ~ThreadAtTheEnd() { fetch::release_thread(); }
    } thread_at_the_end;
    cohort::InputFiles ids;
    if (!options.patient_ids.empty()) {
        auto found = cohort::find_input({options.patient_ids});
        if (!found) return tell(found.error()), 2;
        ids = std::move(found).value();
        for (cohort::InputFile& file : ids.files) file.is_whole = false;
    }
    if (options.resume && options.patient_ids == "-") return tell(unresumable()), 2;
    return run(options, std::move(ids));
}

}  // namespace

std::vector<std::string> exportable_types() {
    std::vector<std::string> types;
    for (int i = 0; i < domain::input_count; ++i)
        types.emplace_back(cdshooks::resource_type(static_cast<domain::Input>(i)));
    return types;
}

int cohort_command(const CohortCommand& options) {
    umask(S_IRWXG | S_IRWXO);  // results and lists name patients
    if (!options.fhir_server.empty()) return over_server(options);
    if (options.input.empty())
        return tell({ErrorKind::invalid, "cohort", "Files, a folder, - or --fhir-server is expected."}), 2;
    auto input = cohort::find_input(options.input);
    if (!input) return tell(input.error()), 2;
    if (options.is_results) return add_up(input.value(), options);
    for (const cohort::InputFile& file : input.value().files) {
        if (file.path == "-" && options.resume) {
            return tell(unresumable()), 2;
        }
    }
    return run(options, std::move(input).value());
}

}  // namespace rectal_cds
