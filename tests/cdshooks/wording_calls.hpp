// Hook calls of the scenarios and golden cases, answered for any audience and any kind of client.
#pragma once

#include <string>
#include <vector>

#include "cdshooks/respond.hpp"
#include "json/document.hpp"

namespace rectal_cds::testing {

struct HookCall {
    std::string name;  // of the file, for messages
    std::string body;
    std::string hook;
    base::Day today{};

    HookCall by(const std::string& user) const;  // the same call by another user, "Patient/p1"
};

// Every scenario of tests/scenarios/files; the case of a folder below tests/cases ("named/seed-case-msi-h").
const std::vector<HookCall>& scenario_calls();
HookCall case_call(const std::string& folder);
const std::vector<HookCall>& golden_calls();  // every case below tests/cases

cdshooks::Answer answer(const HookCall& call, const cdshooks::AudienceSettings& audience = {},
                        const cdshooks::WireProfile& profile = cdshooks::standard_profile);

// For what `answer` has no parameter for: the call at the address of its hook, to be changed, and its answer.
cdshooks::Call made_call(const HookCall& call);
cdshooks::Answer answer_to(cdshooks::Call call);

// Precondition: `text` is JSON.
json::Document parsed(const std::string& text);

// Compares words and suggestions of the answer with tests/cdshooks/answers/<name>.json; RECTAL_CDS_APPROVE=1 rewrites
// that file instead.
void check_golden(const cdshooks::Answer& answer, const std::string& name);

}  // namespace rectal_cds::testing
