// Every scenario of tests/scenarios, asked once over HTTP: the answers that rows about "all cards" judge.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "conformance/service.hpp"
#include "json/document.hpp"

namespace rectal_cds::conformance {

struct Asked {
    std::string name;  // "022-mcode"
    std::string hook;
    std::string body;  // of the request
    json::Document request;
    HttpAnswer answer;
    json::Document cards;
};

// In the order of names. Asked of the sandbox when a row first needs it.
const std::vector<Asked>& corpus();

// The same requests to another service; only those of `hook` unless it is empty.
std::vector<Asked> ask_all(Service& service, std::string_view hook = "");

// Calls `judge` for every card, action and so on of the corpus, and says how many there were.
std::size_t each_card(const std::vector<Asked>& asked,
                      const std::function<void(const Asked&, json::Value card)>& judge);
std::size_t each_suggestion(const std::vector<Asked>& asked,
                            const std::function<void(const Asked&, json::Value card, json::Value suggestion)>& judge);
std::size_t each_action(const std::vector<Asked>& asked,
                        const std::function<void(const Asked&, json::Value action)>& judge);

}  // namespace rectal_cds::conformance
