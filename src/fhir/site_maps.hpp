// ConceptMaps of a site: local codes that mean what a known code means, and orderable items for suggested orders.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "fhir/knowledge.hpp"
#include "fhir/site_codes.hpp"

namespace rectal_cds::fhir {

// R4 ConceptMap. The direction tells which: from a local code to one that the value sets know, or from an order of
// hooks/guideline/orders (its id, or a code of its product or service) to a local one.
void read_site_concept_map(const KnowledgeFile& file, SiteCodes& codes,
                           std::unordered_map<std::string, OrderTemplate>& orders, std::vector<base::Error>& errors);

}  // namespace rectal_cds::fhir
