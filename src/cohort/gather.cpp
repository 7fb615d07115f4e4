#include "cohort/gather.hpp"

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>

namespace rectal_cds::cohort {

using base::Error;

namespace {

constexpr std::size_t bytes_per_value = 8;  // at least, of FHIR's JSON
constexpr const char* unreadable = "This cannot be read as JSON.";

class Gatherer {
public:
    Gatherer(const std::vector<InputFile>& files, Shards& shards, const GatherOptions& options,
             const std::atomic<bool>& stop)
        : files_(files), shards_(shards), options_(options), stop_(stop),
          source_(files, options.block_bytes, options.max_line_bytes) {
        limits_.max_bytes = options.max_line_bytes;
        limits_.max_values = options.max_line_bytes / bytes_per_value;
    }

    // What one thread does.
    void work() {
        try {
            Census census;
            while (auto block = take()) read(*block, census);
            const std::lock_guard lock(mutex_);
            gathered_.census.add(census);
        } catch (const std::bad_alloc&) {
            fail({base::ErrorKind::system, "", "Memory ran out while the input was read."});
        }
    }

    base::Result<Gathered> finish() {
        if (error_) return *error_;
        if (auto error = shards_.finish()) return *error;
        gathered_.bytes = source_.bytes_read();
        return std::move(gathered_);
    }

private:
    std::optional<Block> take() {
        const std::lock_guard lock(mutex_);
        if (error_ || stop_) return std::nullopt;
        auto block = source_.next();
        if (options_.on_progress) options_.on_progress(source_.bytes_read());
        if (block) return std::move(block).value();
        error_ = block.error();
        return std::nullopt;
    }

    void read(const Block& block, Census& census) {
        const bool is_whole = files_[block.file].is_whole;
        std::uint64_t line = block.first_line, lines = 0;
        for (std::size_t start = 0; start < block.text.size(); ++line) {
            const auto end = is_whole ? block.text.size() : std::min(block.text.find('\n', start), block.text.size());
            const std::string_view text = std::string_view(block.text).substr(start, end - start);
            start = end + 1;
            if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) continue;
            ++lines;
            read_line(text, files_[block.file].path + (is_whole ? "" : ":" + std::to_string(line)), census);
        }
        const std::lock_guard lock(mutex_);
        gathered_.lines += lines;
    }

    void read_line(std::string_view text, const std::string& where, Census& census) {
        const auto document = json::Document::parse(std::string(text), limits_);
        if (!document) {
            const Error& error = document.error();
            return tell({error.kind, where, std::string(unreadable) + " " + error.where + ": " + error.what},
                        unreadable);
        }
        const AttributionSink sink{[this](const Piece& piece) { shards_.add(piece); },
                                   [&](const std::string& what) {
                                       tell({base::ErrorKind::invalid, where, what}, what);
                                   }};
        attribute(document.value().root(), options_.rules, census, sink);
    }

    void tell(const Error& fault, const std::string& kind) {
        const std::lock_guard lock(mutex_);
        ++gathered_.faults[kind];
        if (options_.on_fault) options_.on_fault(fault);
    }

    void fail(Error error) {
        const std::lock_guard lock(mutex_);
        error_ = std::move(error);
    }

    const std::vector<InputFile>& files_;
    Shards& shards_;
    const GatherOptions& options_;
    const std::atomic<bool>& stop_;
    json::Limits limits_;
    std::mutex mutex_;  // of all below
    LineSource source_;
    Gathered gathered_;
    std::optional<Error> error_;
};

}  // namespace

std::uint64_t Gathered::fault_count() const {
    std::uint64_t count = 0;
    for (const auto& [what, of_this] : faults) count += of_this;
    return count;
}

base::Result<Gathered> gather(const std::vector<InputFile>& files, Shards& shards, const GatherOptions& options,
                              const std::atomic<bool>& stop) {
    Gatherer gatherer(files, shards, options, stop);
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < std::max(1U, options.threads); ++i) threads.emplace_back([&gatherer] { gatherer.work(); });
    for (std::thread& thread : threads) thread.join();
    return gatherer.finish();
}

}  // namespace rectal_cds::cohort
