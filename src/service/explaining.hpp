// Where the reasons of cards go, for whoever explains a card later, and the address that cards name for that.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "cdshooks/reasons.hpp"

namespace rectal_cds::service {

// Both are called from any thread.
struct Explaining {
    std::function<void(std::shared_ptr<const cdshooks::Reasons>)> keep;  // empty: nothing is kept
    std::function<std::string(const std::string& uuid)> address;         // of a card's page; empty: cards link to none
};

}  // namespace rectal_cds::service
