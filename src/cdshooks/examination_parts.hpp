// The parts of examine() that look at the request as it came. For this folder only.
#pragma once

#include "cdshooks/examination.hpp"
#include "cdshooks/prefetch.hpp"
#include "fhir/code_book.hpp"
#include "json/document.hpp"

namespace rectal_cds::cdshooks {

// The delivered keys of the service, and the others.
void examine_inputs(json::Value request, const fhir::Service& service, Examination& into);

// The codes of all resources, drafts and Medications included, that are in no value set.
void examine_codes(json::Value request, const fhir::CodeBook& book, Examination& into);

// A text that is shown only where it looks like what it should be: visible ASCII without blanks, at most `longest`
// bytes. Otherwise "(not shown)".
std::string shown_if_plain(std::string_view text, std::size_t longest);

// All resources under the keys that are read, and the drafts: f(input, place, resource).
template <class Function>
void for_each_resource(json::Value request, Function f) {
    const auto visit = [&](std::string_view input, const std::string& place, json::Value value) {
        if (value["resourceType"].text() != "Bundle") return f(input, place, value);
        for (std::size_t i = 0; i < value["entry"].size(); ++i) {
            f(input, place + ".entry[" + std::to_string(i) + "].resource", value["entry"].at(i)["resource"]);
        }
    };
    for (const json::Member member : request["prefetch"].members()) {
        if (input_of(member.name)) visit(member.name, "prefetch." + std::string(member.name), member.value);
    }
    visit("draftOrders", "context.draftOrders", request["context"]["draftOrders"]);
}

}  // namespace rectal_cds::cdshooks
