#include <cstdio>

#include "cdshooks/governance.hpp"
#include "commands.hpp"
#include "knowledge_folder.hpp"

namespace rectal_cds {

int check(const CheckOptions& options) {
    std::vector<base::Error> errors;
    const fhir::Knowledge knowledge = load_tested_knowledge(options.knowledge, errors, options.site);
    for (const base::Error& error : errors) std::printf("%s\n", in_words(error).c_str());
    if (!errors.empty()) {
        std::printf("%zu error%s\n", errors.size(), errors.size() == 1 ? "" : "s");
        return 1;
    }
    const auto warnings = cdshooks::content_warnings(knowledge, options.today.value_or(today_utc()));
    for (const std::string& warning : warnings) std::printf("Warning: %s\n", warning.c_str());
    std::printf("%zu recommendations, %zu orders, %zu services, %zu value sets, %zu golden cases: no errors (content %s, %s)\n",
                knowledge.recommendations.size(), knowledge.orders.size(), knowledge.services.size(), fhir::value_set_count,
                knowledge.governance.golden_cases.size(), knowledge.version.c_str(), cdshooks::review_status(knowledge).c_str());
    if (!options.site.empty())
        std::printf("%s: %zu codes and %zu orderable items of the site\n", options.site.c_str(), knowledge.site.codes, knowledge.site.orderables);
    return 0;
}

}  // namespace rectal_cds
