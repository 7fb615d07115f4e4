// The formats of the knowledge files as data: which members an object has, of which type, and no others.
// hooks/README.md says the same in words. FHIR R4 allows more; what is not written down here is an error.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"

namespace rectal_cds::fhir {

class Faults;

enum class Kind : unsigned char {
    text,     // not empty; one of `words` unless that is empty
    date,     // YYYY-MM-DD
    boolean,  // true or false
    whole,    // a whole number above 0
    number,   // a number above 0
    object,   // of `shape`
    list,     // objects of `shape`, at least one
    texts     // a list of texts, at least one
};

struct Shape;

struct Member {
    std::string name;
    Kind kind = Kind::text;
    bool required = true;
    std::shared_ptr<const Shape> shape = nullptr;  // of objects and lists
    std::vector<std::string> words = {};           // a closed list of texts
};

// An extension that an object may carry. Its url is <canonical base>/StructureDefinition/<name> or, inside another
// extension, the name itself. It has a value or parts, as in FHIR.
struct Extension {
    std::string name;
    Member value = {};  // {"valueCode"}; not used when there are parts
    bool required = true;
    bool repeats = false;
    std::vector<Extension> parts = {};
};

struct Shape {
    std::vector<Member> members;
    std::vector<Extension> extensions = {};
};

// Reports every unexpected, missing, ill-typed and empty member below `root`. A misspelt name is one fault: the
// unexpected member names the missing one. True when there was no fault.
bool check_shape(json::Value root, const Shape& shape, Faults& faults);

// "action" and "title" give "action.title"; the third element of an array is "action[2]".
std::string member_place(std::string_view parent, std::string_view name);
std::string element_place(std::string_view array, std::size_t index);

// The url of one of our extensions, and the extension of an element that has it; missing when there is none.
std::string structure_url(std::string_view extension_name);
json::Value find_extension(json::Value element, std::string_view extension_name);

// "extension[2].valueCode": where the `value` of the extension with this url stands in the element at `place`.
std::string extension_place(json::Value element, const std::string& place, std::string_view url,
                            std::string_view value);

}  // namespace rectal_cds::fhir
