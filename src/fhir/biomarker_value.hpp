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
    bool contradictory = false;         // several codes, or code and text, disagree
    bool unclear = false;               // a value is there, and it is neither understood nor known to be no result
    bool denied = false;                // the interpretation says the opposite of the value
    bool exon_2_only = false;
    std::vector<std::string> changes;   // "G12C", "c.34G>T"
    std::string_view text;              // the written result, trimmed
    std::string shown;                  // for people
};

// value[x], interpretation when there is no value, and what text and notes add. `changes` are those of components.
// `observation` may be a component of one.
BiomarkerValue read_presence(const Reading& reading, json::Value observation, std::vector<std::string> changes);

// Adds the HGVS changes that the text names, each once.
void add_changes(std::vector<std::string>& changes, std::string_view text);

struct VariantComponents {
    std::vector<domain::Gene> genes;    // KRAS, NRAS, BRAF or ERBB2 among the genes studied
    bool dpyd = false, ugt1a1 = false;  // also among the other genes
    bool other_gene = false;            // a gene studied that is none of these, by its HGNC id
    bool unread_gene = false;           // a gene studied that has a text or a code of another system only
    std::vector<std::string> changes;
    bool somatic = false, germline = false;
    bool not_pathogenic = false;        // benign or of uncertain significance
};
VariantComponents read_components(const Reading& reading, json::Value observation);

// Clinical significance that other Observations state of a variant (derivedFrom, pitfall 20), for Reading::significance.
void read_significance(Reading& reading);

}  // namespace rectal_cds::fhir
