#include <cstdio>

#include "cdshooks/review.hpp"
#include "commands.hpp"
#include "knowledge_folder.hpp"

namespace rectal_cds {

int review(const std::string& folder) {
    std::vector<base::Error> errors;
    const fhir::Knowledge knowledge = load_knowledge(folder, errors);
    for (const base::Error& error : errors) std::fprintf(stderr, "%s\n", in_words(error).c_str());
    if (!errors.empty()) return 1;
    const std::string text = cdshooks::review(knowledge);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return 0;
}

}  // namespace rectal_cds
