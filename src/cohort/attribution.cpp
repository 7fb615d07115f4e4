#include "cohort/attribution.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <limits>
#include <unordered_map>

#include "cdshooks/instant.hpp"
#include "fhir/record.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cohort {

namespace {

constexpr std::array<std::string_view, 4> subject_members{"subject", "patient", "beneficiary", "for"};

constexpr const char* other_server =
    "A reference leads to a FHIR server; name its base with --fhir-base if the export is from there.";
constexpr const char* no_patient = "A resource that names no patient: it cannot be used.";

// A word that may be shown, because FHIR's types are made of letters.
std::string shown_type(std::string_view type) {
    const bool is_word = !type.empty() && type.size() <= 40 && std::all_of(type.begin(), type.end(), [](char c) {
        return std::isalpha(static_cast<unsigned char>(c)) != 0;
    });
    return is_word ? std::string(type) : "other";
}

bool is_failure(json::Value outcome) {
    for (const json::Value issue : outcome["issue"].elements()) {
        const std::string_view severity = issue["severity"].text();
        if (severity != "warning" && severity != "information") return true;
    }
    return outcome["issue"].size() == 0;
}

std::int64_t updated(json::Value resource) {
    const auto instant = cdshooks::parse_instant(resource["meta"]["lastUpdated"].text());
    if (!instant) return std::numeric_limits<std::int64_t>::min();
    return std::chrono::floor<std::chrono::milliseconds>(*instant).time_since_epoch().count();
}

class Line {
public:
    Line(const AttributionRules& rules, Census& census, const AttributionSink& sink)
        : rules_(rules), census_(census), sink_(sink) {}

    void read(json::Value root) {
        if (root["resourceType"].text() != "Bundle") return read_resource(root, {});
        know_patients(root);
        for (const json::Value entry : root["entry"].elements()) read_entry(entry);
        for (const json::Value link : root["link"].elements()) {
            if (link["relation"].text() == "next") miss_page();
        }
    }

private:
    void know_patients(json::Value bundle) {
        std::size_t patients = 0;
        for (const json::Value entry : bundle["entry"].elements()) {
            const json::Value resource = entry["resource"];
            if (resource["resourceType"].text() != "Patient") continue;
            const std::string_view url = entry["fullUrl"].text();
            if (!url.empty()) ids_by_url_.emplace(url, resource["id"].text());
            if (patients++ == 0) sole_patient_ = resource["id"].text();
        }
        if (patients > 1) ++census_.patients_apart, sole_patient_ = {};
    }

    void read_entry(json::Value entry) {
        const json::Value resource = entry["resource"];
        if (!resource.is_object()) return sink_.fault("An entry without a resource; deletions are not carried out.");
        read_resource(resource, entry["fullUrl"].text());
    }

    void read_resource(json::Value resource, std::string_view full_url) {
        const std::string_view type = resource["resourceType"].text();
        if (type.empty()) return sink_.fault("A FHIR resource with its resourceType is expected.");
        if (type == "OperationOutcome" && is_failure(resource)) {
            return sink_.fault("An OperationOutcome with an error stands in place of data.");
        }
        const auto kind = kind_of(type);
        ++(kind ? census_.kept : census_.not_read)[shown_type(type)];
        if (!kind) return;
        Piece piece;
        piece.kind = *kind;
        piece.id = resource["id"].text();
        piece.full_url = full_url;
        piece.updated = updated(resource);
        const std::string patient =
            *kind == Piece::medication_kind ? std::string(sole_patient_) : owner_of(type, resource);
        if (patient.empty() && *kind != Piece::medication_kind) return;  // owner_of has told why
        piece.patient = patient;
        piece.is_draft = rules_.is_draft_apart && resource["status"].text() == "draft" &&
                         (type == "MedicationRequest" || type == "ServiceRequest");
        const std::string medication = fhir::relative_reference(resource["medicationReference"]["reference"].text());
        piece.medication = medication;
        const std::string text = json::Writer().value(resource).take();
        piece.text = text;
        sink_.keep(piece);
    }

    std::string owner_of(std::string_view type, json::Value resource) {
        if (type == "Patient") {
            if (resource["id"].text().empty()) sink_.fault("A Patient without an id.");
            return std::string(resource["id"].text());
        }
        for (const std::string_view member : subject_members) {
            const std::string_view reference = resource[member]["reference"].text();
            if (!reference.empty()) return owner_by(reference);
        }
        if (sole_patient_.empty()) sink_.fault(no_patient);
        return std::string(sole_patient_);
    }

    // Another patient's resource in a Bundle is that patient's; another server's is nobody's.
    std::string owner_by(std::string_view reference) {
        const auto in_bundle = ids_by_url_.find(reference);
        if (in_bundle != ids_by_url_.end()) return std::string(in_bundle->second);
        if (reference[0] == '#' || reference.substr(0, 4) == "urn:") {
            if (sole_patient_.empty()) sink_.fault(no_patient);
            return std::string(sole_patient_);
        }
        if (reference.find("://") != std::string_view::npos) {
            const std::string base = rules_.fhir_base + '/';
            if (rules_.fhir_base.empty() || reference.substr(0, base.size()) != base)
                return sink_.fault(other_server), "";
        }
        const std::string relative = fhir::relative_reference(reference);
        constexpr std::string_view type = "Patient/";
        if (relative.compare(0, type.size(), type) != 0) return sink_.fault(no_patient), "";
        return relative.substr(type.size());
    }

    void miss_page() {
        if (sole_patient_.empty()) return sink_.fault("A Bundle has a further page, which is not part of the input.");
        Piece piece;
        piece.patient = sole_patient_;
        sink_.keep(piece);
    }

    const AttributionRules& rules_;
    Census& census_;
    const AttributionSink& sink_;
    std::unordered_map<std::string_view, std::string_view> ids_by_url_;  // of the Patients of a Bundle
    std::string_view sole_patient_;
};

}  // namespace

void Census::add(const Census& other) {
    for (const auto& [type, count] : other.kept) kept[type] += count;
    for (const auto& [type, count] : other.not_read) not_read[type] += count;
    patients_apart += other.patients_apart;
}

void attribute(json::Value root, const AttributionRules& rules, Census& census, const AttributionSink& sink) {
    if (!root.is_object()) return sink.fault("A JSON object is expected.");
    Line(rules, census, sink).read(root);
}

}  // namespace rectal_cds::cohort
