#include "domain/absence.hpp"

#include <algorithm>
#include <utility>

namespace rectal_cds::domain {

namespace {

Gap gap_of(const Case& record, Input input) {
    const std::string key = name(input), reason = words(record.shortfall_of(input));
    const std::string why = reason.empty() ? "" : " (" + reason + ")";
    switch (record.readable(input)) {
        case Readability::unreadable:
            if (record.shortfall_of(input) == Shortfall::not_supplied) return {Gap::Cause::unreadable, key + " were not supplied"};
            return {Gap::Cause::unreadable, key + " could not be read" + why};
        case Readability::incomplete: return {Gap::Cause::unreadable, key + " were not read completely" + why};
        case Readability::not_asked: return {Gap::Cause::not_asked, key + " are not read at this hook"};
        case Readability::complete: break;
    }
    return {Gap::Cause::not_recorded, key};
}

std::string counted_uncoded(int count, Input input) {
    const auto words = [&]() -> std::pair<const char*, const char*> {
        switch (input) {
            case Input::conditions: return {"diagnosis", "diagnoses"};
            case Input::procedures: return {"procedure", "procedures"};
            case Input::medication_requests: return {"medication order", "medication orders"};
            case Input::medication_administrations: return {"administration", "administrations"};
            case Input::allergies: return {"allergy", "allergies"};
            default: return {"service request", "service requests"};
        }
    }();
    const std::string some = std::to_string(count) + ' ' + (count == 1 ? words.first : words.second);
    return some + " without a code that this service reads " + (count == 1 ? "was" : "were") + " not considered";
}

// What was passed over may speak of anything: the finding stands, and says so.
void add_uncoded(Finding& finding, const Case& record, std::initializer_list<Input> inputs) {
    for (const Input input : inputs) {
        const int count = record.uncoded[static_cast<std::size_t>(input)];
        if (count > 0) finding.gaps.push_back({Gap::Cause::not_coded, counted_uncoded(count, input)});
    }
}

}  // namespace

Finding none_found(const Case& record, std::initializer_list<Input> inputs, std::initializer_list<Topic> topics,
                   const std::string& what) {
    Finding result = no();
    for (const Input input : inputs) {
        if (record.complete(input)) continue;
        result.truth = Truth::unknown;
        result.gaps.push_back(gap_of(record, input));
    }
    for (const Unusable& item : record.unusable) {
        if (std::find(topics.begin(), topics.end(), item.topic) == topics.end()) continue;
        result.truth = Truth::unknown;
        result.gaps.push_back({Gap::Cause::unusable, item.source.reference + ": " + item.problem});
    }
    if (result.no()) result.gaps.push_back({Gap::Cause::not_recorded, what});
    add_uncoded(result, record, inputs);
    return result;
}

Finding no_only_if_read(const Case& record, Finding found, std::initializer_list<Input> inputs,
                        std::initializer_list<Topic> topics, const std::string& what) {
    if (!found.no()) return found;
    const Finding none = none_found(record, inputs, topics, what);
    if (none.no()) {
        add_uncoded(found, record, inputs);
        return found;
    }
    found.truth = Truth::unknown;
    found.gaps = none.gaps;
    return found;
}

Finding readable(const Case& record, Input input) {
    if (record.complete(input)) return yes();
    Finding result = no();
    result.gaps.push_back(gap_of(record, input));
    return result;
}

}  // namespace rectal_cds::domain
