// The example requests of tests/examples as texts, and what tests change in them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rectal_cds::testing {

// A patient whose chart is opened: liver metastases, KRAS G12D, MSS. Two cards.
std::string patient_view();

// Cetuximab, fluorouracil and irinotecan about to be signed for a patient with KRAS G12D. One critical card.
std::string order_sign();

// The same orders while they are chosen; only cetuximab is selected.
std::string order_select();

// Strings of these requests that must appear in no log and no error: ids, names, record numbers.
const std::vector<std::string>& patient_strings();

// The request with the value at a JSON Pointer (RFC 6901) set to `json`, or removed. The pointer may name a member or
// an element that is not there yet ("/entry/-").
std::string with(const std::string& request, std::string_view pointer, std::string_view json);
std::string without(const std::string& request, std::string_view pointer);

// Every object of the request gets a member of no known name and, unless it has one, an extension of no known meaning.
std::string with_unknown_members_everywhere(const std::string& request);

// With the UUIDs replaced by one word: two answers to one request are then the same.
std::string without_uuids(std::string answer);

// Without runs of 32 and more hexadecimal digits and hyphens: by chance a UUID or a correlation id holds the digits of
// a record number.
std::string without_random_ids(std::string_view text);

}  // namespace rectal_cds::testing
