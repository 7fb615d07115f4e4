// The parts of the vocabulary, each in a file of its own; vocabulary.cpp joins them in this order.
#pragma once

#include <vector>

#include "domain/vocabulary.hpp"

namespace rectal_cds::domain {

std::vector<Fact> scope_facts();
std::vector<Fact> care_facts();
std::vector<Fact> biomarker_facts();
std::vector<Fact> therapy_facts();
std::vector<Fact> response_facts();
std::vector<Fact> primary_facts();
std::vector<Fact> intervention_facts();
std::vector<Fact> order_facts();
std::vector<Fact> risk_facts();

// Facts that other tables build on.
Finding treatment_gate(const Assessment& a);  // TREAT gate of clinical.md 3.1
Finding ecog_at_least(const Assessment& a, int grade);
Finding fewer_than_two_cycles(const Assessment& a);
Finding response_is(const Assessment& a, bool (*accepts)(DiseaseStatus::Value));
Finding has_problem(const Assessment& a, ProblemKind kind, bool active_only, Topic topic, const char* what);

}  // namespace rectal_cds::domain
