// The Markdown detail of a card: why it appears, what is missing, options, evidence, version and review status.
#pragma once

#include <string>
#include <vector>

#include "cdshooks/placeholders.hpp"
#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

struct OptionRemark {
    std::string label;   // of a suggestion
    std::string remark;  // why it is withheld, or what the service would warn of
};

// GitHub-flavoured Markdown without raw HTML; what comes from the record is escaped. `text`: of the recommendation, in
// the words of the audience.
std::string render_detail(const fhir::Knowledge& knowledge, const guideline::Verdict& verdict, const std::string& text,
                          domain::Facts& facts, const NamedValues& values, const std::vector<OptionRemark>& remarks);

}  // namespace rectal_cds::cdshooks
