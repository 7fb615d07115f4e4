#include "fhir/site.hpp"

#include <algorithm>

#include "fhir/site_codes.hpp"
#include "fhir/site_maps.hpp"

namespace rectal_cds::fhir {

namespace {

// "valuesets" of "site/valuesets/x.json".
std::string_view folder_of(std::string_view path) {
    path = path.substr(0, std::min(path.rfind('/'), path.size()));
    return path.substr(path.rfind('/') + 1);
}

}  // namespace

// Value sets first, so that the order of the files decides nothing.
void add_site(Knowledge& knowledge, const std::vector<KnowledgeFile>& files, std::vector<base::Error>& errors) {
    SiteCodes codes(knowledge.codes);
    for (const KnowledgeFile& file : files) {
        if (folder_of(file.path) == "valuesets") read_site_value_set(file, codes, errors);
        else if (folder_of(file.path) != "conceptmaps") Faults(file.path, errors).add("", "No JSON file is expected here, but in valuesets/ and conceptmaps/.");
    }
    for (const KnowledgeFile& file : files) {
        if (folder_of(file.path) == "conceptmaps") read_site_concept_map(file, codes, knowledge.orders, errors);
    }
    knowledge.site.codes = codes.count();
    for (const auto& [id, order] : knowledge.orders) knowledge.site.orderables += order.site_codings.size();
}

}  // namespace rectal_cds::fhir
