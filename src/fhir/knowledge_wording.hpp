// What the texts of a card may say and how: length, form and words of a summary (decisions.md 46), the
// placeholders of a detail, and the one published figure that could not be traced.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rectal_cds::fhir {

// In code points. CDS Hooks 2.0.1, card.summary: fewer than 140.
inline constexpr std::size_t longest_summary = 139;
inline constexpr std::size_t longest_label = 99;

// The values of a Case that a detail may show, always inside a section of the same name:
// "{{#surgeryDate}} Planned surgery: {{surgeryDate}}.{{/surgeryDate}}".
inline constexpr std::array<std::string_view, 20> placeholder_names{"lastBevacizumabDate",
                                                                    "earliestSurgeryDate",
                                                                    "surgeryDate",
                                                                    "bevacizumabToSurgeryDays",
                                                                    "missingTests",
                                                                    "rasDetail",
                                                                    "daysSinceStageIv",
                                                                    "line",
                                                                    "cycles",
                                                                    "treatedWeeks",
                                                                    "draftedDrugs",
                                                                    "unreadInputs",
                                                                    "withheldAdvice",
                                                                    "ecog",
                                                                    "tumourHeightCm",
                                                                    "restagingDays",
                                                                    "restagingCycles",
                                                                    "ceaValues",
                                                                    "creatinineClearance",
                                                                    "allergyEntries"};

std::size_t code_points(std::string_view utf8);

// Each fault as a sentence that says what was expected. Prose is what stands behind a summary: it may be as long as it
// needs, and gives no commands and no promises either (reliability.md T105).
std::vector<std::string> summary_faults(std::string_view summary);
std::vector<std::string> label_faults(std::string_view label);
std::vector<std::string> prose_faults(std::string_view text);

// Whether a year from 1900 to 2099 stands in the text.
bool tells_a_year(std::string_view text);

// The first clause that gives a command; the first word that promises too much (decisions.md 46); the first of `words`,
// lower-case, that stands in the text as a whole word, whatever its case.
std::optional<std::string> command_fault(std::string_view text);
std::optional<std::string> promise_fault(std::string_view text);
std::optional<std::string> forbidden_word_fault(std::string_view text, const std::string_view* words,
                                                std::size_t count);

// Raw HTML or a heading in the Markdown of a detail.
std::optional<std::string> markdown_fault(std::string_view detail);

// The first placeholder that is unknown, stands outside its section or leaves a section open.
std::optional<std::string> placeholder_fault(std::string_view detail);

// Whether the text shows the seed's range of complete remissions, 17.5 to 22.5 %, which has no known source.
bool shows_untraced_figure(std::string_view text);

}  // namespace rectal_cds::fhir
