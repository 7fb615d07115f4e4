// The simulator's calls: a CDS Hooks request judged as the service judges it, with facts, trace and timeline. Nothing
// is recorded or fetched; what its cards rest on is kept as that of issued cards is, apart from it.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cdshooks/call.hpp"
#include "fhir/knowledge.hpp"
#include "http/message.hpp"
#include "pages/page.hpp"

namespace rectal_cds::pages {

// What a simulation takes from the service around it.
struct SimulationParts {
    const fhir::Knowledge& knowledge;
    const Settings& settings;
    base::Day today{};    // where the body names no day
    cdshooks::Seed seed;  // for the UUIDs of cards
    std::function<void(std::shared_ptr<const cdshooks::Reasons>)> keep;
    std::function<std::string(const std::string& base, const std::string& uuid)> why_address;
};

// `body`: {"today": "2026-03-02", "request": a CDS Hooks request}. 200 with {status, response, details (HTML of each
// card's detail), why (path of each card's explanation), inputs, silence, timeline {picture, rows}}, whatever status
// the call itself would have had; 400 when the body is not of that form.
http::Response simulate(const SimulationParts& parts, std::string body);

http::Response list_samples(const View& view);                       // [{name, title, hook, today}]
http::Response one_sample(const View& view, std::string_view name);  // {name, title, today, request}; 404

Page simulator_page(const View& view);

}  // namespace rectal_cds::pages
