// Load on an HTTP server on loopback: many connections from one thread, and what the server spends on it.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace rectal_cds::bench {

struct Load {
    std::uint16_t port = 0;
    std::size_t connections = 1;
    double seconds = 2;
    double per_second = 0;                                   // 0: the next request as soon as an answer is there
    std::size_t most = SIZE_MAX;                             // requests
    std::function<std::string(std::size_t number)> request;  // whole, with head
};

struct Answered {
    std::size_t good = 0;   // status 200
    std::size_t other = 0;  // another status, or a connection that ended
    double seconds = 0;
    std::vector<double> milliseconds;  // sorted; with a rate from when the request was due, else from when it was sent
    double at(double share) const;
    double per_second() const { return seconds > 0 ? static_cast<double>(good) / seconds : 0; }
};

Answered run(const Load& load);

// CPU time of a process so far, all threads, in microseconds.
double process_cpu_us(pid_t process);
double resident_mib(pid_t process);
std::vector<pid_t> children();  // of this process

}  // namespace rectal_cds::bench
