// The newest statements of one kind. Times of day are not read (decisions.md 39), so statements of one day have no
// order: all of them count, and what they say together must not depend on the order of the record.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "domain/finding.hpp"

namespace rectal_cds::domain {

// Whether `a` is newer than `b` by the first day that each may mean. Any date is newer than none.
bool newer(const Source& a, const Source& b);

// All of the newest day among those accepted; the undated ones only where none is dated. In the order of the record.
template <class Statement, class Accepts>
std::vector<const Statement*> newest_of(const std::vector<Statement>& statements, Accepts accepts) {
    std::vector<const Statement*> newest;
    for (const Statement& statement : statements) {
        if (!accepts(statement) || (!newest.empty() && newer(newest.front()->source, statement.source))) continue;
        if (!newest.empty() && newer(statement.source, newest.front()->source)) newest.clear();
        newest.push_back(&statement);
    }
    return newest;
}

// Whether they say so: yes when all do, no when none does, unknown when they contradict each other.
// Precondition: `newest` is not empty. `what` names the subject: "treatment intent".
template <class Statement, class Says>
Finding agreed(const std::vector<const Statement*>& newest, Says says, const char* what) {
    std::vector<const Source*> evidence;
    for (const Statement* statement : newest) evidence.push_back(&statement->source);
    const auto first = says(*newest.front());
    const auto same = [&](const Statement* statement) { return says(*statement) == first; };
    if (std::all_of(newest.begin(), newest.end(), same)) return truth(first, std::move(evidence));
    return unknown({Gap::Cause::undecided, std::string(what) + ": statements of one day contradict each other"});
}

// Whether one of them says so: for what adds caution. The ones that decide are the evidence.
template <class Statement, class Says> Finding any_says(const std::vector<const Statement*>& newest, Says says) {
    std::vector<const Source*> those, others;
    for (const Statement* statement : newest) (says(*statement) ? those : others).push_back(&statement->source);
    return those.empty() ? no(std::move(others)) : yes(std::move(those));
}

}  // namespace rectal_cds::domain
