// Whose patient is it: every patient-bound resource of a call must be the context patient's (decisions.md 13, 24;
// reliability.md 1.5).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cdshooks/request.hpp"
#include "fhir/record.hpp"

namespace rectal_cds::cdshooks {

enum class Owner : unsigned char { this_patient, somebody_else, undetermined };

class PatientMatch {
public:
    // Both must outlive the match; `record` gives by_reference, for urn:uuid and the fullUrl of Bundle entries.
    PatientMatch(const Request& request, const fhir::Record& record);

    // Patient.link of type replaces or replaced-by: if the Patient is this one or is linked to it, every id that it
    // names is this patient's (T20). Only where a client is configured so.
    void accept_links_of(json::Value patient);

    // By its subject, or the member that stands for it. Forms: Patient/id, also with /_history/n; absolute under
    // fhirServer; urn:uuid: or #id that resolves to the Patient. Absolute without a fhirServer, or under another base,
    // is somebody else's.
    Owner owner_of(json::Value resource) const;

    // Whether the resource, or one that it contains, is certainly not this patient's. A Patient is somebody else by
    // its id.
    bool is_somebody_elses(json::Value resource) const;

    // Whether one of its subjects has this patient's id at a server of which nobody can say that it is the one of the
    // call: it names no fhirServer, or another.
    bool is_at_unknown_server(json::Value resource) const;
    bool names_server() const { return !request_.fhir_server.empty(); }

private:
    bool is_accepted(std::string_view id) const;
    Owner owner_by(std::string_view reference, json::Value container) const;
    Owner owner_in(json::Value resource, json::Value container) const;
    bool is_about_another_person(json::Value resource, json::Value container) const;

    const Request& request_;
    const fhir::Record& record_;
    std::vector<std::string> ids_;  // logical ids of this patient; the first is context.patientId
};

}  // namespace rectal_cds::cdshooks
