#include "cohort/server_input.hpp"

#include <algorithm>

#include "fhir/record.hpp"

namespace rectal_cds::cohort {

using base::Error;
using base::ErrorKind;

namespace {

constexpr std::size_t longest_id = 256;  // FHIR's are 64; servers have longer ones
constexpr std::string_view patient_prefix = "Patient/";

// No id holds what would break out of a line.
bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= longest_id &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > ' ' && c != 0x7f && c != '/'; });
}

class Lister {
public:
    Lister(const ServerOptions& server, Shards& shards, const GatherOptions& options,
           const std::function<void(const std::string&)>& note, const std::atomic<bool>& stop)
        : server_(server), shards_(shards), options_(options), note_(note), stop_(stop) {}

    std::optional<Error> search(const std::string& target) {
        where_ = target.substr(0, target.find('?'));
        std::int64_t announced = 0, matches = 0;
        const auto take = [&](json::Value page) {
            announced = std::max(announced, page["total"].integer().value_or(0));
            for (const json::Value entry : page["entry"].elements()) matches += read_entry(entry) ? 1 : 0;
            tell_progress();
            return !stop_;
        };
        if (auto error = fetch::walk_pages(*server_.transport, server_.walk, target, take, stop_)) return error;
        if (announced > matches && !stop_) fault("The server announces more than it lists: patients are missing.");
        return std::nullopt;
    }

    std::optional<Error> read(const std::vector<InputFile>& files) {
        LineSource source(files, options_.block_bytes, options_.max_line_bytes);
        for (;;) {
            const auto block = source.next();
            if (!block) return block.error();
            gathered_.bytes = source.bytes_read();
            if (!block.value() || stop_) return std::nullopt;
            read_block(*block.value(), files[block.value()->file].path);
        }
    }

    base::Result<Gathered> finish() {
        if (auto error = shards_.finish()) return *error;
        return std::move(gathered_);
    }

private:
    void fault(const std::string& what) {
        ++gathered_.faults[what];
        if (options_.on_fault) options_.on_fault({ErrorKind::invalid, where_, what});
    }

    void tell_progress() const {
        if (options_.on_progress) options_.on_progress(gathered_.lines);
    }

    void read_block(const Block& block, const std::string& path) {
        std::uint64_t number = block.first_line;
        for (std::size_t start = 0; start < block.text.size(); ++number) {
            const auto end = std::min(block.text.find('\n', start), block.text.size());
            std::string_view line = std::string_view(block.text).substr(start, end - start);
            start = end + 1;
            while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
            if (line.empty()) continue;
            if (line.starts_with(patient_prefix)) line.remove_prefix(patient_prefix.size());
            where_ = path + ":" + std::to_string(number);
            add(line);
        }
        tell_progress();
    }

    // Whether it is a match of the search.
    bool read_entry(json::Value entry) {
        const json::Value resource = entry["resource"];
        const std::string_view type = resource["resourceType"].text();
        if (type == "OperationOutcome" || entry["search"]["mode"].text() == "outcome") {
            for (const json::Value issue : resource["issue"].elements()) {
                const std::string_view severity = issue["severity"].text();
                if (severity == "warning" || severity == "information") continue;
                fault("The server reports an error in its list of patients.");
                break;
            }
            return false;
        }
        if (type == "Patient") return add(resource["id"].text()), true;
        if (entry["search"]["mode"].text() == "include") return false;
        for (const char* const member : {"subject", "patient"}) {
            const std::string_view reference = resource[member]["reference"].text();
            if (!reference.empty()) return add_referenced(reference), true;
        }
        fault("A resource that names no patient.");
        return true;
    }

    void add_referenced(std::string_view reference) {
        const std::string base = server_.walk.base.url.text() + '/';
        if (reference.find("://") != std::string_view::npos && !reference.starts_with(base))
            return fault("A reference leads to another FHIR server.");
        const std::string relative = fhir::relative_reference(reference);
        if (!relative.starts_with(patient_prefix)) return fault("A resource that names no patient.");
        add(std::string_view(relative).substr(patient_prefix.size()));
    }

    void add(std::string_view id) {
        if (!is_id(id)) return fault("This is no id of a patient.");
        ++gathered_.lines;
        Piece piece;
        piece.kind = 0;
        piece.patient = id;
        shards_.add(piece);
        if (note_) note_(std::string(id));
    }

    const ServerOptions& server_;
    Shards& shards_;
    const GatherOptions& options_;
    const std::function<void(const std::string&)>& note_;
    const std::atomic<bool>& stop_;
    std::string where_;
    Gathered gathered_;
};

}  // namespace

base::Result<Gathered> list_patients(const ServerOptions& server, const std::vector<InputFile>& files, Shards& shards,
                                     const GatherOptions& options, const std::function<void(const std::string&)>& note,
                                     const std::atomic<bool>& stop) {
    Lister lister(server, shards, options, note, stop);
    for (const std::string& target : server.lists) {
        if (auto error = lister.search(target)) return *error;
    }
    if (auto error = lister.read(files)) return *error;
    return lister.finish();
}

}  // namespace rectal_cds::cohort
