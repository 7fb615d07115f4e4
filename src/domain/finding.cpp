#include "domain/finding.hpp"

#include <algorithm>
#include <utility>

namespace rectal_cds::domain {

namespace {

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
    for (const T& item : from) {
        if (std::find(to.begin(), to.end(), item) == to.end()) to.push_back(item);
    }
}

Finding combine(std::initializer_list<Finding> parts, Truth answer) {
    Finding result;
    result.truth = answer;
    for (const Finding& part : parts) {
        if (part.truth != answer) continue;
        append(result.evidence, part.evidence);
        for (const Gap& gap : part.gaps) {
            const auto same = [&](const Gap& g) { return g.cause == gap.cause && g.what == gap.what; };
            if (std::none_of(result.gaps.begin(), result.gaps.end(), same)) result.gaps.push_back(gap);
        }
        if (part.note.empty()) continue;
        if (!result.note.empty()) result.note += "; ";
        result.note += part.note;
    }
    return result;
}

}  // namespace

Finding truth(bool value, std::vector<const Source*> evidence, std::string note) {
    return {base::truth_of(value), std::move(evidence), {}, std::move(note)};
}

Finding yes(std::vector<const Source*> evidence, std::string note) {
    return truth(true, std::move(evidence), std::move(note));
}

Finding no(std::vector<const Source*> evidence, std::string note) {
    return truth(false, std::move(evidence), std::move(note));
}

Finding unknown(Gap gap) { return {Truth::unknown, {}, {std::move(gap)}, {}}; }

Finding all_of(std::initializer_list<Finding> parts) {
    Truth answer = Truth::yes;
    for (const Finding& part : parts) answer = answer && part.truth;
    return combine(parts, answer);
}

Finding any_of(std::initializer_list<Finding> parts) {
    Truth answer = Truth::no;
    for (const Finding& part : parts) answer = answer || part.truth;
    return combine(parts, answer);
}

Finding negate(Finding finding) {
    finding.truth = !finding.truth;
    return finding;
}

}  // namespace rectal_cds::domain
