#include <cstdio>

#include "commands.hpp"
#include "knowledge_folder.hpp"

namespace rectal_cds {

int check(const std::string& folder, const std::string& site) {
    std::vector<base::Error> errors;
    const fhir::Knowledge knowledge = load_knowledge(folder, errors, site);
    for (const base::Error& error : errors) std::printf("%s\n", in_words(error).c_str());
    if (!errors.empty()) {
        std::printf("%zu error%s\n", errors.size(), errors.size() == 1 ? "" : "s");
        return 1;
    }
    std::printf("%zu recommendations, %zu orders, %zu services, %zu value sets: no errors (content %s, draft: not reviewed by a clinician)\n",
                knowledge.recommendations.size(), knowledge.orders.size(), knowledge.services.size(), fhir::value_set_count,
                knowledge.version.c_str());
    if (!site.empty()) std::printf("%s: %zu codes and %zu orderable items of the site\n", site.c_str(), knowledge.site.codes, knowledge.site.orderables);
    return 0;
}

}  // namespace rectal_cds
