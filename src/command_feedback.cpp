#include <cstdio>
#include <string>

#include "commands.hpp"
#include "knowledge_folder.hpp"
#include "store/feedback_export.hpp"

namespace rectal_cds {

namespace {

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

// Nothing is printed of a store that cannot be read.
base::Result<std::size_t> print_feedback(const FeedbackExportOptions& options) {
    const bool is_json = options.format == "json";
    const std::string heading = is_json ? "[" : store::csv_heading();
    std::size_t printed = 0;
    auto count =
        store::export_feedback(options.store, {options.from, options.to}, [&](const store::ExportedFeedback& feedback) {
            if (printed++ == 0)
                print(heading);
            else if (is_json)
                print(",");
            print(is_json ? "\n" + store::json_object(feedback) : store::csv_line(feedback));
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
