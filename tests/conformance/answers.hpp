// What rows ask about an answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/http_client.hpp"
#include "json/document.hpp"

namespace rectal_cds::conformance {

// The body as JSON; the test ends when it is none. Use it only while it lives: Values look into it.
json::Document parsed(const testing::HttpAnswer& answer);

// The first issue of an OperationOutcome; the test ends when the body is none.
struct Outcome {
    std::string code, place, text;
};
Outcome outcome_of(const testing::HttpAnswer& answer);

// 400 with this place (or one that begins so).
void expect_refused(const testing::HttpAnswer& answer, int status, std::string_view place);

// source.topic.code of every card, in order; the test ends unless the answer is 200 with cards.
std::vector<std::string> topics(const testing::HttpAnswer& answer);
bool has_topic(const testing::HttpAnswer& answer, std::string_view topic);

// Members of the first card with this topic; "" when there is none.
std::string detail_of(const testing::HttpAnswer& answer, std::string_view topic);
std::string indicator_of(const testing::HttpAnswer& answer, std::string_view topic);

// Two answers are the same advice: equal but for the UUIDs.
bool same_advice(const testing::HttpAnswer& one, const testing::HttpAnswer& other);

bool contains(std::string_view text, std::string_view part);

}  // namespace rectal_cds::conformance
