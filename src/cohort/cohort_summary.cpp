#include "cohort/cohort.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cohort {

namespace {

void write_texts(json::Writer& writer, const char* key, const std::vector<std::string>& texts) {
    writer.key(key).begin_array();
    for (const std::string& text : texts) writer.string(text);
    writer.end_array();
}

}  // namespace

std::string summary_json(const CohortOutcome& outcome) {
    const Gathered& gathered = outcome.gathered;
    json::Writer writer(json::Writer::Layout::pretty);
    writer.begin_object().key("input").begin_object();
    writer.member("lines", gathered.lines).member("bytes", gathered.bytes);
    writer.member("faultCount", gathered.fault_count());
    write_counts(writer, "faults", gathered.faults);
    write_counts(writer, "resources", gathered.census.kept);
    write_counts(writer, "typesNotRead", gathered.census.not_read);
    write_texts(writer, "notExported", outcome.not_exported);
    writer.member("ignoredFiles", outcome.ignored.size());
    writer.end_object();
    outcome.tally.write(writer);
    return writer.end_object().take();
}

std::string summary_in_words(const CohortOutcome& outcome) {
    const Gathered& gathered = outcome.gathered;
    std::string text = std::to_string(gathered.lines) + (outcome.is_from_server ? " patients listed" : " lines read");
    const auto faults = gathered.fault_count();
    text += faults == 0 ? "\n"
                        : ", " + std::to_string(faults) +
                              (outcome.is_from_server
                                   ? " faults; patients may be missing from the list\n"
                                   : " faults; what they hold is missing from the results of whoever it is about\n");
    for (const auto& [what, count] : gathered.faults) text += "  " + std::to_string(count) + " times: " + what + "\n";
    for (const std::string& type : outcome.not_exported) {
        text += "No " + type + " in the input: not supplied, which is not the same as none recorded (--exported " +
                type + " if there are none)\n";
    }
    if (!outcome.ignored.empty())
        text += std::to_string(outcome.ignored.size()) + " files are neither *.ndjson nor *.json and were not read\n";
    if (outcome.resumed > 0) text += std::to_string(outcome.resumed) + " patients had been judged by an earlier run\n";
    return text + outcome.tally.in_words();
}

}  // namespace rectal_cds::cohort
