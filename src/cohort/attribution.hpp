// Attribution: whose the resources of a line are.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "base/result.hpp"
#include "cohort/piece.hpp"
#include "json/document.hpp"

namespace rectal_cds::cohort {

// What became of the resources, by type. No patient data.
struct Census {
    std::map<std::string, std::uint64_t> kept;      // of the types that the service reads
    std::map<std::string, std::uint64_t> not_read;  // of other types; what is no type of FHIR's form counts as "other"
    std::uint64_t patients_apart = 0;               // Bundles that hold several Patients

    void add(const Census& other);
};

struct AttributionRules {
    std::string fhir_base;  // of the server that the export is from, for absolute references; without trailing slash
    bool is_draft_apart = false;  // orders with status draft are what is being signed
};

// Where the pieces and the faults of a line go. `what` of a fault is a sentence without patient data.
struct AttributionSink {
    std::function<void(const Piece&)> keep;
    std::function<void(std::string what)> fault;
};

// `root`: a resource, or a Bundle of resources. In a Bundle with one Patient, what names no patient is that one's.
void attribute(json::Value root, const AttributionRules& rules, Census& census, const AttributionSink& sink);

}  // namespace rectal_cds::cohort
