// respond: the service as a pure function. No clock, disk, socket or environment: the day and the seed come in.
#pragma once

#include <string>
#include <vector>

#include "cdshooks/audience.hpp"
#include "cdshooks/wire_profile.hpp"
#include "cdshooks/uuid.hpp"
#include "fhir/knowledge.hpp"
#include "guideline/recommendation.hpp"

namespace rectal_cds::cdshooks {

struct Call {
    std::string body;        // the request, as received
    const fhir::Service* service = nullptr;  // that of the address; null: the hook of the body picks (discovery.hpp, service_at)
    bool deprecated_hooks = false;           // medication-prescribe and order-review are taken too
    base::Day today{};       // the calendar day in the configured time zone
    Seed seed;               // for the UUIDs of cards and suggestions
    bool seed_from_hook_instance = false;  // evaluate and golden cases: take the seed from the request
    bool explain = false;    // add every fact and condition under extension
    AudienceSettings audience;  // whose words, and whether patients get cards
    WireChoice wire;            // version and dialect of the answer
    std::string public_url;     // base of our own addresses, without trailing slash ("https://cds.example"); empty: no links to them
    bool silent = false;        // everything is evaluated, the answer has no cards (cds-hooks.md 15)
    std::vector<std::string> switched_off;  // ids of recommendations that this client is not shown; never data-unavailable
};

struct Recommended {
    std::string id;
    guideline::Indicator indicator{};
    friend bool operator==(const Recommended&, const Recommended&) = default;
};

struct Answer {
    int status = 200;        // HTTP
    std::string body;        // cards, or an OperationOutcome
    std::vector<Recommended> shown = {}, folded = {};  // of a silent call: what would have been shown
    std::vector<Recommended> switched_off = {};        // apply, and were not shown because they are switched off
};

// 200 with cards; 400 malformed, invalid or somebody else's data; 412 needed data unobtainable; 413; 422.
Answer respond(const fhir::Knowledge& knowledge, Call call);

}  // namespace rectal_cds::cdshooks
