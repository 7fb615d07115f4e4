// Record: the FHIR R4 resources of one request, sorted by input, before they are read.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/case.hpp"
#include "json/document.hpp"

namespace rectal_cds::fhir {

struct InputResources {
    domain::Readability readability = domain::Readability::complete;
    domain::Shortfall shortfall = domain::Shortfall::none;  // why not complete
    std::vector<json::Value> resources;
};

struct DraftOrder {
    json::Value resource;
    bool selected = true;  // order-select: named in context.selections
};

// The values look into Documents that must outlive the Record.
struct Record {
    domain::Hook hook = domain::Hook::patient_view;
    base::Day today{};
    std::array<InputResources, domain::input_count> inputs;
    std::vector<DraftOrder> drafts;
    bool selection_unmatched = false;
    // Whatever was delivered or fetched, for references: by "Medication/m1" and by the fullUrl of its Bundle entry.
    std::unordered_map<std::string, json::Value> by_reference;
    std::string fhir_base;  // of the server that relative references mean, without trailing slash; may be empty

    InputResources& operator[](domain::Input input) { return inputs[static_cast<std::size_t>(input)]; }
    const InputResources& operator[](domain::Input input) const { return inputs[static_cast<std::size_t>(input)]; }
};

// "Type/id" out of a literal reference in any legal form: relative, absolute, with /_history/n. The text itself for
// "#id" and "urn:uuid:…".
std::string relative_reference(std::string_view reference);

// The key of `by_reference` that a literal reference means: the text itself where an entry has it as its fullUrl, else
// "Type/id" for a relative reference and for an absolute one under the base; "" for another server's resource.
std::string reference_key(const Record& record, std::string_view reference);

}  // namespace rectal_cds::fhir
