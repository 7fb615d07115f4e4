#include "cdshooks/follow_up.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "cdshooks/input_pages.hpp"
#include "cdshooks/prefetch.hpp"
#include "cdshooks/queries.hpp"
#include "fhir/drug_names.hpp"

namespace rectal_cds::cdshooks {

namespace {

constexpr std::string_view medication = "Medication/";

bool names_its_drug(json::Value resource) {
    const std::string_view type = resource["resourceType"].text();
    if (type != "MedicationRequest" && type != "MedicationAdministration") return true;
    return resource["medicationCodeableConcept"].exists();
}

// A text that names none of our drugs is as good as another drug's code; no text, or a name of ours, is not.
bool may_be_ours(json::Value resource) {
    const std::string_view text = resource["medicationReference"]["display"].text();
    return text.empty() || fhir::mentions_a_drug(text);
}

class Reads {
public:
    Reads(const fhir::Record& record, std::size_t most) : record_(record), most_(most) {}

    void add(json::Value resource) {
        if (queries_.size() >= most_ || names_its_drug(resource)) return;
        const std::string_view reference = resource["medicationReference"]["reference"].text();
        if (reference.empty() || reference[0] == '#' || reference.substr(0, 4) == "urn:") return;
        const std::string key = fhir::reference_key(record_, reference);
        if (record_.by_reference.count(key) != 0 || key.compare(0, medication.size(), medication) != 0) return;
        const std::string id = key.substr(medication.size());
        if (id.empty() || id == "." || id == ".." || id.find('/') != std::string::npos || !known_.insert(key).second)
            return;
        queries_.push_back({key, std::string(medication) + percent_encoded(id)});
    }

    std::vector<Query> take() { return std::move(queries_); }

private:
    const fhir::Record& record_;
    std::size_t most_;
    std::unordered_set<std::string> known_;
    std::vector<Query> queries_;
};

std::vector<json::Value> recorded(const Request& request, const std::vector<Fetched>& fetched) {
    std::vector<json::Value> all;
    const auto add = [&](json::Value page) {
        for (const json::Value resource : resources_of(page)) all.push_back(resource);
    };
    for (const auto input : {domain::Input::medication_administrations, domain::Input::medication_requests}) {
        add(request.prefetch[domain::name(input)]);
        for (const Fetched& one : fetched) {
            if (one.key != domain::name(input)) continue;
            for (const json::Document& page : one.pages) add(page.root());
        }
    }
    return all;
}

}  // namespace

std::vector<Query> missing_medications(const Request& request, const fhir::Service& service,
                                       const std::vector<Fetched>& fetched, std::size_t most) {
    fhir::Record record;
    index_references(record, request, service, fetched);
    Reads reads(record, most);
    for (const json::Value draft : resources_of(request.draft_orders)) reads.add(draft);
    std::vector<json::Value> all = recorded(request, fetched);
    std::stable_partition(all.begin(), all.end(), may_be_ours);
    for (const json::Value resource : all) reads.add(resource);
    return reads.take();
}

}  // namespace rectal_cds::cdshooks
