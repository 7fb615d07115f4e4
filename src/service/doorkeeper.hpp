// What is said to a request before its body is read, and what is noted of one that never reached the service: overload
// first, where nothing of a token has been spent (decisions.md 21), then callers who show no token at all.
#pragma once

#include <string>

#include "http/server.hpp"
#include "service/parts.hpp"

namespace rectal_cds::service {

class Doorkeeper {
public:
    // Both outlive this.
    Doorkeeper(const Parts& parts, const Settings& settings);

    // For ServerOptions: 503 when the service is late, and with a client registry 415 and 401 as the service itself would
    // answer; bodies share the memory by urgency.
    http::Admission admit(const http::Request& head, const http::Load& load) const;

    // For ServerOptions: adds the CORS headers, counts and logs.
    void refused(const http::Request& head, http::Response& response) const;

private:
    struct Called;
    Called called_by(const http::Request& head) const;
    void note(const http::Request& head, const Called& called, const std::string& reason, http::Response& response) const;

    const Parts parts_;
    const Settings settings_;
    const std::string public_path_;
};

}  // namespace rectal_cds::service
