// Every call that a test holds an answer to, answered once by the knowledge as it is.
#pragma once

#include <string>
#include <vector>

#include "fhir/knowledge.hpp"
#include "json/document.hpp"

namespace rectal_cds::testing {

class RecordedCalls {
public:
    // The golden cases and their one-change variants, and the scenarios of the checkout.
    RecordedCalls();

    // Whether a test would notice: a golden answer that differs in one byte, a scenario that differs in a card or its
    // severity, a cell of one-change.md. `id`: the recommendation in which `changed` differs from the real knowledge.
    bool notice(const fhir::Knowledge& changed, const std::string& id) const;

private:
    enum class Held : unsigned char { bytes, cards, cell };
    struct Recorded {
        std::string recommendation;  // whose folder or row it is; empty: nobody's
        json::Document document;     // the request
        std::string today;
        Held held = Held::bytes;
        std::string answer;  // what is held of it
    };
    static std::string held_of(const Recorded& recorded, const fhir::Knowledge& knowledge);
    void record_changes(const std::string& id, const std::string& golden);
    void record(std::string recommendation, const std::string& request, std::string today, Held held);

    std::vector<Recorded> calls_;
};

}  // namespace rectal_cds::testing
