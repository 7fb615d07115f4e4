// Fault plans: what may happen to each prefetch key of a call on its way, at random but replayable by seed and number
// (reliability.md 2.2 and 2.3; T29).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cdshooks/fetching.hpp"

namespace rectal_cds::testing {

// A hook call taken apart, so that plans are put together by joining texts.
struct BaseCall {
    struct Key {
        std::string whole;                 // as delivered without faults
        std::vector<std::string> entries;  // of its Bundle
    };
    std::string name;  // for messages
    std::string hook;
    base::Day today{};
    std::string frame;                // the members of the body before the prefetch, without the closing brace
    std::map<std::string, Key> keys;  // of the service
};

// The golden cases of the knowledge and the scenarios whose inputs are all read completely.
const std::vector<BaseCall>& base_calls();

// What is left of a key after its faults.
enum class Left : unsigned char { whole, empty, part, nothing };

struct KeyPlan {
    std::string what;   // for messages: "absent, timed_out"
    std::string value;  // under the key; "" leaves it out
    bool is_fetched = false;
    Came came;
    Left left = Left::whole;
    bool is_delivered_null = false;  // null, or an OperationOutcome: not asked for again
    bool is_strange = false;         // the server returns another patient's resource
};

struct FaultPlan {
    std::size_t base = 0;  // of base_calls()
    bool has_access = false;
    std::map<std::string, KeyPlan> keys;
};

// The same numbers everywhere: no distribution of the standard library, which may differ.
class Dice {
public:
    Dice(std::uint64_t seed, std::uint64_t number);
    std::size_t below(std::size_t bound);  // precondition: bound > 0
    bool one_in(std::size_t n) { return below(n) == 0; }

private:
    std::uint64_t state_;
};

FaultPlan fault_plan(std::uint64_t seed, std::uint64_t number);
std::string in_words(const FaultPlan& plan);

// The call as the plan leaves it; with every key whole that is read in part or not at all, when `restored`.
struct PlannedCall {
    std::string body;
    std::vector<Came> came;
};
PlannedCall call_by(const FaultPlan& plan, bool restored = false);

}  // namespace rectal_cds::testing
