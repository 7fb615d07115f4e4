// The real hooks/ and profiles/ with one mistake in them: files are edited in memory, by JSON path, and read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fhir/knowledge.hpp"

namespace rectal_cds::testing {

// Every file below hooks/ and profiles/ of the checkout that RECTAL_CDS_SOURCE_DIR names, but only one golden case;
// read once.
const std::vector<fhir::KnowledgeFile>& knowledge_files();

class EditedKnowledge {
public:
    EditedKnowledge() : files_(knowledge_files()) {}

    // `place` as error messages write it: "action[0].title". A member that is not there is added, and so is the
    // element behind the last of an array. `json` replaces what stands there. A place that is not reached throws.
    EditedKnowledge& set(std::string_view path, std::string_view place, std::string_view json);
    EditedKnowledge& remove(std::string_view path, std::string_view place);

    // Puts a letter too many into the text at `place`; leaves anything but a text as it is.
    EditedKnowledge& misspell(std::string_view path, std::string_view place);

    // The whole text of a file, old or new; the first occurrence of `old_text` in one; a file taken away.
    EditedKnowledge& write(std::string path, std::string text);
    EditedKnowledge& replace(std::string_view path, std::string_view old_text, std::string_view new_text);
    EditedKnowledge& drop(std::string_view path);

    std::vector<base::Error> errors() const;
    fhir::Knowledge read() const;  // errors are not looked at

private:
    fhir::KnowledgeFile& file(std::string_view path);
    std::vector<fhir::KnowledgeFile> files_;
};

// The paths of the files that tests edit.
std::string plan_path(std::string_view id);
std::string regimen_path(std::string_view id);
std::string order_path(std::string_view id);
std::string service_path(std::string_view hook);

// Checks that there is exactly one error, in this file at this place, and that its sentence holds `words`.
void check_one_error(const EditedKnowledge& knowledge, const std::string& path, const std::string& place,
                     std::string_view words);

// "action[0].extension[2]": where the extension of this name stands in the element at `place` of a real file.
std::string extension_at(const std::string& path, std::string_view place, std::string_view name);

// How many elements this array at the root of a real file has.
std::size_t size_of(const std::string& path, std::string_view array);

// JSON of the card action of a real plan.
std::string card_of(const std::string& path);

// JSON of a text: quotes around it, nothing escaped.
std::string quoted(std::string_view text);

}  // namespace rectal_cds::testing
