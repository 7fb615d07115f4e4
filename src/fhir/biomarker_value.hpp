// The value of a biomarker Observation: positive, negative or no result, the changes it names and its coverage.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fhir/element.hpp"

namespace rectal_cds::fhir {

enum class Polarity : unsigned char { none, positive, negative };

struct BiomarkerValue {
    Polarity polarity = Polarity::none;
    bool contradictory = false;         // coded and written results disagree
    bool exon_2_only = false;
    std::vector<std::string> changes;   // "G12C", "c.34G>T"
    std::string_view text;              // the written result, trimmed
    std::string shown;                  // for people
};

// value[x], interpretation when there is no value, and what text and notes add. `changes` are those of components.
BiomarkerValue read_presence(const Reading& reading, json::Value observation, std::vector<std::string> changes);

struct VariantComponents {
    std::vector<domain::Gene> genes;    // KRAS, NRAS, BRAF or ERBB2 among the genes studied
    bool other_gene = false;            // a gene studied that is none of these
    std::vector<std::string> changes;
    bool somatic = false, germline = false;
    bool not_pathogenic = false;        // benign or of uncertain significance
};
VariantComponents read_components(const Reading& reading, json::Value observation);

}  // namespace rectal_cds::fhir
