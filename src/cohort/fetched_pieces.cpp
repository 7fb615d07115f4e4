#include "cohort/fetched_pieces.hpp"

#include <algorithm>
#include <deque>

#include "cdshooks/input_pages.hpp"
#include "fhir/record.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cohort {

using cdshooks::Fetched;
using cdshooks::FetchFailure;
using domain::Readability;

namespace {

constexpr const char* medication = "Medication";

bool is_draft(json::Value resource, const CallRules& rules) {
    const std::string_view type = resource["resourceType"].text();
    return rules.hook != domain::Hook::patient_view && resource["status"].text() == "draft" &&
           (type == "MedicationRequest" || type == "ServiceRequest");
}

class Gathering {
public:
    Gathering(const std::string& patient, const std::vector<Fetched>& fetched, CallRules rules)
        : patient_(patient), fetched_(fetched), rules_(std::move(rules)) {}

    PatientCall call() {
        for (std::uint8_t kind = 0; kind < domain::input_count; ++kind) read_input(kind);
        for (const Fetched& one : fetched_) read_medications(one);
        PatientCall call = patient_call(patient_, std::move(pieces_), rules_,
                                        [](const std::string&) { return std::optional<std::string>(); });
        call.unread = std::move(unread_);
        return call;
    }

private:
    void read_input(std::uint8_t kind) {
        const auto input = static_cast<domain::Input>(kind);
        const auto one = std::find_if(fetched_.begin(), fetched_.end(),
                                      [&](const Fetched& each) { return each.key == domain::name(input); });
        rules_.is_exported[kind] = one != fetched_.end();
        if (one == fetched_.end()) return;
        cdshooks::InputPages pages{input, {}, &*one};
        const fhir::InputResources read = cdshooks::read_input(pages, cdshooks::FhirAccess::possible).resources;
        for (const json::Value resource : read.resources) add(kind, resource);
        if (read.readability == Readability::complete) return;
        const bool is_in_part = read.readability == Readability::incomplete;
        rules_.held[kind] = is_in_part ? Held::in_part : Held::unreadable;
        unread_[one->key] = one->failure != FetchFailure::none ? cdshooks::name(one->failure)
                            : is_in_part                       ? "incomplete"
                                                               : "not_readable";
    }

    void read_medications(const Fetched& one) {
        const bool is_read = one.key.starts_with("Medication/");
        if (is_read && one.failure != FetchFailure::none) unread_[medication] = cdshooks::name(one.failure);
        for (const json::Document& page : one.pages) {
            for (const json::Value resource : cdshooks::resources_of(page.root())) {
                if (resource["resourceType"].text() == medication) add(Piece::medication_kind, resource);
            }
        }
    }

    void add(std::uint8_t kind, json::Value resource) {
        const auto keep = [this](std::string text) -> std::string_view { return texts_.emplace_back(std::move(text)); };
        Piece piece;
        piece.kind = kind;
        piece.is_draft = is_draft(resource, rules_);
        piece.patient = patient_;
        piece.id = resource["id"].text();
        piece.medication = keep(fhir::relative_reference(resource["medicationReference"]["reference"].text()));
        piece.text = keep(json::Writer().value(resource).take());
        pieces_.push_back(piece);
    }

    const std::string& patient_;
    const std::vector<Fetched>& fetched_;
    CallRules rules_;
    std::deque<std::string> texts_;  // what the pieces look into
    std::vector<Piece> pieces_;
    std::map<std::string, std::string> unread_;
};

}  // namespace

PatientCall call_of_fetched(const std::string& patient, const std::vector<Fetched>& fetched, CallRules rules) {
    return Gathering(patient, fetched, std::move(rules)).call();
}

}  // namespace rectal_cds::cohort
