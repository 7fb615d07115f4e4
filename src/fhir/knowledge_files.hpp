// The files of knowledge by what they are, told by their paths.
#pragma once

#include <array>
#include <vector>

#include "base/result.hpp"
#include "fhir/code_book.hpp"

namespace rectal_cds::fhir {

enum class FileKind : unsigned char {
    service_patient_view,  // discovery entries, in the order of domain::Hook
    service_order_select,
    service_order_sign,
    vocabulary,
    evidence,
    watch_list,
    review_notes,
    topics,
    override_reasons,
    source_claims,
    card_template,
    change_log,  // the only one that may be missing
    plan,  // from here on any number of files, in a folder of their own
    regimen,
    order,
    golden_case,
    value_set,
    local_codes,
    profile,
    kind_count
};

class KnowledgeFiles {
public:
    // `files` outlive this. A single file that is missing is an error, and so is JSON in no known place; other files,
    // such as a README.md, are passed over.
    KnowledgeFiles(const std::vector<KnowledgeFile>& files, std::vector<base::Error>& errors);

    // Sorted by path.
    const std::vector<const KnowledgeFile*>& all(FileKind kind) const {
        return by_kind_[static_cast<std::size_t>(kind)];
    }

    // Null when it is missing.
    const KnowledgeFile* single(FileKind kind) const { return all(kind).empty() ? nullptr : all(kind).front(); }

private:
    std::array<std::vector<const KnowledgeFile*>, static_cast<std::size_t>(FileKind::kind_count)> by_kind_;
};

}  // namespace rectal_cds::fhir
