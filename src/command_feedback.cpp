#include <cstdio>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cdshooks/feedback.hpp"
#include "commands.hpp"
#include "knowledge_folder.hpp"
#include "store/feedback_export.hpp"

namespace rectal_cds {

namespace {

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

using Displays = std::unordered_map<std::string, std::string>;

// Of our override reasons, by code. An export goes on without them.
Displays displays_of(const FeedbackExportOptions& options) {
    std::vector<base::Error> errors;
    fhir::Knowledge knowledge = load_knowledge(options.knowledge, errors);
    if (errors.empty()) return std::move(knowledge.override_reasons);
    std::fprintf(stderr, "Override reasons that came as a code alone stay without words: %s\n", in_words(errors.front()).c_str());
    return {};
}

// A client may send back the code of a reason that we offered, and nothing else of it.
store::ExportedFeedback with_display(store::ExportedFeedback feedback, const Displays& displays) {
    const auto known = displays.find(feedback.reason.code);
    const bool is_ours = feedback.reason.system == cdshooks::override_reason_system && known != displays.end();
    if (is_ours && feedback.reason.display.empty()) feedback.reason.display = known->second;
    return feedback;
}

// Nothing is printed of a store that cannot be read.
base::Result<std::size_t> print_feedback(const FeedbackExportOptions& options) {
    const Displays displays = displays_of(options);
    const bool is_json = options.format == "json";
    const std::string heading = is_json ? "[" : store::csv_heading();
    std::size_t printed = 0;
    auto count =
        store::export_feedback(options.store, {options.from, options.to}, [&](const store::ExportedFeedback& feedback) {
            if (printed++ == 0)
                print(heading);
            else if (is_json)
                print(",");
            const store::ExportedFeedback told = with_display(feedback, displays);
            print(is_json ? "\n" + store::json_object(told) : store::csv_line(told));
        });
    if (count && printed == 0) print(heading);
    if (is_json && (count || printed > 0)) print("\n]\n");
    return count;
}

}  // namespace

int export_feedback(const FeedbackExportOptions& options) {
    if (options.from && options.to && *options.to < *options.from)
        return std::fprintf(stderr, "--to: a day not before --from is expected.\n"), 2;
    const auto count = print_feedback(options);
    if (!count) return std::fprintf(stderr, "%s\n", in_words(count.error()).c_str()), 2;
    if (std::fflush(stdout) != 0 || std::ferror(stdout))
        return std::fprintf(stderr, "The export could not be written whole.\n"), 2;
    std::fprintf(stderr, "%zu exported.\n", count.value());
    return 0;
}

}  // namespace rectal_cds
