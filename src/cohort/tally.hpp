// Tally: what result lines (judge_patient.hpp) add up to. No patient data.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "base/result.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cohort {

using Counts = std::map<std::string, std::uint64_t>;

class Tally {
public:
    // One result. An Error when it is none; then nothing is counted.
    std::optional<base::Error> add(std::string_view line);

    std::uint64_t patients() const { return patients_; }
    std::uint64_t unread() const { return unread_patients_; }  // of whom a part could not be read from the FHIR server
    std::uint64_t refused() const { return refused_; }         // patients that could not be judged

    // The members of the object that is open: patients, byStatus, errors, recommendations, silence, notAssessed,
    // failed, open, missingFacts, inputs, unread, unusable, unknownCodes, incomplete, otherCopies, changes.
    void write(json::Writer& writer) const;
    std::string in_words() const;  // the same, for people

private:
    struct Recommendation {
        std::uint64_t patients = 0, folded = 0;
        Counts indicators;
    };
    struct Open {
        std::uint64_t patients = 0, withheld = 0;
    };
    struct Seen {
        std::uint64_t patients = 0, count = 0;
    };
    struct Changes {
        std::uint64_t patients = 0, status = 0;
        Counts added, removed, indicator, wording;
    };
    static constexpr std::size_t max_codes = 20'000;

    void add_cards(json::Value result);
    void add_data(json::Value result);
    void add_changes(json::Value changes);
    void write_cards(json::Writer& writer) const;
    void write_data(json::Writer& writer) const;
    void write_changes(json::Writer& writer) const;
    std::string changes_in_words() const;

    std::uint64_t patients_ = 0, refused_ = 0, incomplete_ = 0, other_copies_ = 0, unread_patients_ = 0;
    Counts unread_;  // of a FHIR server, "key: why"
    Counts statuses_, errors_, silence_, not_assessed_, failed_, missing_facts_;
    std::map<std::string, Recommendation> recommendations_;
    std::map<std::string, Open> open_;
    std::map<std::string, Counts> inputs_;                                     // by prefetch key, by state
    std::map<std::pair<std::string, std::string>, Seen> unusable_;             // about, problem
    std::map<std::tuple<std::string, std::string, std::string>, Seen> codes_;  // element, system, code
    std::uint64_t codes_left_out_ = 0;
    Changes changes_;
};

// Writes counts as one object.
void write_counts(json::Writer& writer, const char* key, const Counts& counts);

}  // namespace rectal_cds::cohort
