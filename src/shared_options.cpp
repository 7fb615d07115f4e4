#include "shared_options.hpp"

#include <CLI/CLI.hpp>
#include <initializer_list>
#include <string>
#include <vector>

namespace rectal_cds {

void add_clock(CLI::App* command, const char* flag, std::optional<base::Day>& day, const char* help) {
    command->add_option_function<std::string>(
        flag,
        [&day, flag](const std::string& text) {
            day = base::parse_day(std::string_view(text).substr(0, 10));
            const bool time = text.size() > 10 && text[10] == 'T' && base::parse_fhir_date(text);
            if (!day || (text.size() != 10 && !time))
                throw CLI::ValidationError(flag, "a day of the calendar is expected, as 2026-03-02");
        },
        help);
}

void add_wording(CLI::App* command, WordingOptions& wording) {
    const auto add = [&](const char* flag, std::string& value, std::initializer_list<const char*> words,
                         const char* help) {
        command->add_option(flag, value, help)
            ->capture_default_str()
            ->check(CLI::IsMember(std::vector<std::string>(words.begin(), words.end())));
    };
    add("--audience", wording.audience, {"clinician", "nurse"},
        "Whose wording the cards have when a chart is opened; order cards are always the clinicians'");
    add("--patient-cards", wording.patient_cards, {"none", "plain"},
        "What patients and relatives get: nothing, or plain language without orders");
    add("--card-profile", wording.card_profile, {"auto", "standard", "1.0", "1.1", "3.0", "epic"},
        "Version and dialect of the answers; auto: by address and request");
}

}  // namespace rectal_cds
