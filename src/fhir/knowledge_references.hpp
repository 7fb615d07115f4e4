// References from one knowledge file to another: canonicals of orders and regimens, keys of cited works, codes of
// override reasons. They are collected while files are read and settled when all are known.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace rectal_cds::fhir {

class References {
public:
    // `where`: file and JSON path of the name.
    void use(std::string_view name, std::string where);

    // The name stands in a file that could not be read whole: it counts as used, and its fault is the file's.
    void mention(std::string_view name);

    // The file that defines the names could not be read whole: a name that stands in its text counts as defined.
    void forgive_names_in(std::string_view text);

    // Each name that is used and not among `defined` is one error at the first place, however often it is used.
    // `what`: "An order or regimen"; the sentence goes on "… is expected" and names the nearest.
    void report_undefined(const std::vector<std::string>& defined, std::string_view what,
                          std::vector<base::Error>& errors) const;

    // Those of `defined` that nothing uses; a misspelt name counts as a use of all names near it. Empty when a name
    // is used that is near to none: then a definition is missing, and what it would use is not known.
    std::vector<std::string> unused(const std::vector<std::string>& defined) const;

private:
    std::map<std::string, std::vector<std::string>, std::less<>> places_;
    std::set<std::string, std::less<>> mentioned_;
};

// Whether one of the errors since `first` stands where the file at `path` names the orders and regimens that it uses.
bool loses_a_use(const std::vector<base::Error>& errors, std::size_t first, const std::string& path);

}  // namespace rectal_cds::fhir
