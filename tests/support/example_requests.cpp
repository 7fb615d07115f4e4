#include "support/example_requests.hpp"

#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <regex>
#include <stdexcept>

#include "support/real_knowledge.hpp"

namespace rectal_cds::testing {

namespace {

std::string example(const char* name) {
    return read_text(source_folder() / "tests" / "examples" / (std::string(name) + ".json"));
}

rapidjson::Document parsed(std::string_view text) {
    rapidjson::Document document;
    document.Parse(text.data(), text.size());
    if (document.HasParseError())
        throw std::runtime_error("A text that a test takes for JSON is none: " + std::string(text));
    return document;
}

std::string written(const rapidjson::Document& document) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    document.Accept(writer);
    return {buffer.GetString(), buffer.GetSize()};
}

rapidjson::Pointer pointer_to(std::string_view text) {
    rapidjson::Pointer pointer(text.data(), text.size());
    if (!pointer.IsValid()) throw std::runtime_error("This is no JSON Pointer: " + std::string(text));
    return pointer;
}

// CDS Hooks extensions are objects, those of FHIR are lists.
void add_unknown_members(rapidjson::Value& value, bool is_in_fhir, rapidjson::Document::AllocatorType& memory) {
    if (value.IsArray()) {
        for (auto& element : value.GetArray()) add_unknown_members(element, is_in_fhir, memory);
    }
    if (!value.IsObject()) return;
    const bool is_fhir = is_in_fhir || value.HasMember("resourceType");
    for (rapidjson::SizeType i = 0; i < value.MemberCount(); ++i) {  // RapidJSON's iterators are ambiguous in C++20
        add_unknown_members((value.MemberBegin() + static_cast<std::ptrdiff_t>(i))->value, is_fhir, memory);
    }
    rapidjson::Document extension(&memory);
    extension.Parse(is_fhir ? R"([{"url": "https://vendor.example/flag", "valueBoolean": true}])"
                            : R"({"com.example.vendor": {"flag": [1, null]}})");
    if (!value.HasMember("extension")) value.AddMember("extension", extension, memory);
    value.AddMember("comExampleUnknown", rapidjson::Value("anything"), memory);
}

}  // namespace

std::string patient_view() { return example("kras-g12d-mss-patient-view"); }

std::string order_sign() { return example("cetuximab-kras-g12d-order-sign"); }

std::string order_select() {
    return with(with(order_sign(), "/hook", R"("order-select")"), "/context/selections",
                R"(["MedicationRequest/draft-022-1"])");
}

const std::vector<std::string>& patient_strings() {
    static const std::vector<std::string> strings{"pat-0",  "pat-9", "Test0",  "Ruth",  "70002", "70099",
                                                  "enc-02", "enc-0", "draft-", "onc-1", "cond-0"};
    return strings;
}

std::string with(const std::string& request, std::string_view pointer, std::string_view json) {
    rapidjson::Document document = parsed(request);
    const rapidjson::Document value = parsed(json);
    pointer_to(pointer).Set(document, rapidjson::Value(value, document.GetAllocator()), document.GetAllocator());
    return written(document);
}

std::string without(const std::string& request, std::string_view pointer) {
    rapidjson::Document document = parsed(request);
    if (!pointer_to(pointer).Erase(document))
        throw std::runtime_error("There is nothing to remove at " + std::string(pointer));
    return written(document);
}

std::string with_unknown_members_everywhere(const std::string& request) {
    rapidjson::Document document = parsed(request);
    add_unknown_members(document, false, document.GetAllocator());
    return written(document);
}

std::string without_uuids(std::string answer) {
    static const std::regex uuid("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(\\?e=[0-9]+&s=[0-9a-f]{64})?");
    return std::regex_replace(answer, uuid, "UUID");
}

std::string without_random_ids(std::string_view text) {
    constexpr std::string_view of_an_id = "0123456789abcdefABCDEF-";
    constexpr std::size_t shortest_id = 32;
    std::string rest;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_not_of(of_an_id), text.size());
        if (end < shortest_id) rest += text.substr(0, end);
        text.remove_prefix(end);
        const auto next = std::min(text.find_first_of(of_an_id), text.size());
        rest += text.substr(0, next);
        text.remove_prefix(next);
    }
    return rest;
}

}  // namespace rectal_cds::testing
