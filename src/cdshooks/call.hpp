// Call: what an answer depends on besides the knowledge and the patient's data.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "cdshooks/audience.hpp"
#include "cdshooks/card_history.hpp"
#include "cdshooks/uuid.hpp"
#include "cdshooks/wire_profile.hpp"
#include "fhir/knowledge.hpp"
#include "json/document.hpp"

namespace rectal_cds::cdshooks {

struct Call {
    std::string body;                        // the request, as received
    json::Limits limits;                     // of the body
    const fhir::Service* service = nullptr;  // that of the address; null: the hook of the body picks (discovery.hpp)
    bool deprecated_hooks = false;           // medication-prescribe and order-review are taken too
    base::Day today{};                       // the calendar day in the configured time zone
    Seed seed;                               // for the UUIDs of cards and suggestions
    bool seed_from_hook_instance = false;    // evaluate and golden cases: take the seed from the request
    bool keep_reasons = false;               // the Answer holds what its cards rest on (reasons.hpp)
    // Address of the page that explains the card with this UUID; empty: cards link to none.
    std::function<std::string(const std::string& uuid)> why_url;
    bool explain = false;                    // add every fact and condition under extension
    std::vector<std::string> explain_only;   // of these recommendations and the facts that they name. Empty: all
    AudienceSettings audience;               // whose words, and whether patients get cards
    WireChoice wire;                         // version and dialect of the answer
    std::string public_url;  // base of our own addresses, without trailing slash ("https://cds.example"); empty: none
    bool silent = false;     // everything is evaluated, the answer has no cards (cds-hooks.md 15)
    std::vector<std::string> switched_off;  // ids of recommendations that this client is not shown
    bool allow_patient_links = false;       // Patient.link replaces and replaced-by name the same patient (T20)
    CardHistory history;                    // what was shown and overridden before. Empty: everything is shown
    std::function<bool()> is_out_of_time;   // asked between rules; what is left then is not assessed. Empty: never
};

}  // namespace rectal_cds::cdshooks
