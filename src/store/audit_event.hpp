// Audit records as AuditEvents of FHIR R4, in the shape of IHE's Basic Audit Log Patterns (reliability.md 5): agents source,
// destination and user, entities patient, encounter and call; and the chain, in an entity of its own:
//
//   entity "audit chain": detail place, id, at (microseconds since 1970), seal, digest
//   digest = SHA-256 of digest before, place, id, at and seal as decimal and hexadecimal text, each preceded by its length
//
// Patients are keyed pseudonyms, users and encounters as the client gave them; no clinical value and no comment.
#pragma once

#include <functional>
#include <string>

#include "store/audit_chain.hpp"

namespace rectal_cds::store {

// One resource, without line breaks. For this folder and its tests.
std::string audit_event(const AuditRow& row);

// Verifies the whole chain and gives the AuditEvents of all rows at or after `since`, in order, one at a time; those
// before a break are given. Errors as of read_database.
base::Result<AuditChain> export_audit(const std::string& place, Instant since,
                                      const std::function<void(const std::string& resource)>& give);

}  // namespace rectal_cds::store
