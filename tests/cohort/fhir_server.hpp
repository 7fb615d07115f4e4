// A small FHIR server on loopback: searches by patient and by code, reads, pages, and the faults of a script.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "cohort/server_input.hpp"
#include "http/server.hpp"

namespace rectal_cds::cohort_tests {

class FhirServer {
public:
    // `resources`: JSON texts. `page`: entries of one page, whatever was asked.
    explicit FhirServer(const std::vector<std::string>& resources, std::size_t page = 3);
    ~FhirServer();

    std::string base() const { return "http://127.0.0.1:" + std::to_string(server_.port()) + "/fhir"; }
    cohort::ServerOptions options() const;  // all patients, without pauses

    // Asked first, with the target below the base; an answer whose status is not 0 is given instead. Set before use.
    std::function<http::Response(const std::string& target)> script;
    std::string next_page_base;  // instead of the base, in the links between pages

    std::vector<std::string> targets() const;         // asked for so far
    std::vector<std::string> authorizations() const;  // what came with them
    std::size_t count(std::string_view part) const;   // targets that hold it

private:
    struct Held {
        std::string type, id, patient, text;
        std::vector<std::string> codes;
    };
    http::Response answer(const std::string& target) const;
    http::Response search(const std::string& type, const std::map<std::string, std::string>& parameters,
                          const std::string& target) const;

    std::vector<Held> held_;
    std::size_t page_;
    mutable std::mutex mutex_;  // of the next two
    std::vector<std::string> targets_, authorizations_;
    http::Server server_;
    std::thread thread_;
};

http::Response failure(int status);  // with an OperationOutcome

}  // namespace rectal_cds::cohort_tests
