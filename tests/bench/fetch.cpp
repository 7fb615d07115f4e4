// Rounds of eight parallel reads of a 30 KB Bundle from a server on loopback, by both transports: time of a round, and
// CPU time of this process (the server is another one) for each read. Read the ratios: the machine may be shared.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <string>
#include <vector>

#include "fetch/fhir_reader.hpp"
#include "http/server.hpp"

using namespace rectal_cds;
using fetch::Clock;

namespace {

constexpr int reads_per_round = 8;

std::string bundle() {
    std::string text = R"({"resourceType":"Bundle","type":"searchset","entry":[)";
    for (int i = 0; text.size() < 30'000; ++i) {
        text += (i == 0 ? "" : ",") + std::string(R"({"resource":{"resourceType":"Observation","id":"o)") +
                std::to_string(i) + R"(","status":"final","valueQuantity":{"value":1.5,"unit":"ng/mL"}}})";
    }
    return text + "]}";
}

// In a child process: prints its port into `out` and serves until it is killed.
[[noreturn]] void serve(int out) {
    http::ServerOptions options;
    options.port = 0;
    options.threads = 1;
    options.max_header_bytes = 16u * 1024;
    http::Server server(options, [body = bundle()](const http::Request&, const http::Respond& respond) {
        respond({200, {{"Content-Type", "application/fhir+json"}}, body});
    });
    if (!server.listen()) std::_Exit(1);
    const std::uint16_t port = server.port();
    if (write(out, &port, sizeof port) != sizeof port) std::_Exit(1);
    server.run();
    std::_Exit(0);
}

double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

struct Measured {
    double median_ms = 0;
    double p99_ms = 0;
    double cpu_us_per_read = 0;
};

bool run_round(fetch::FhirReader& reader, std::uint16_t port) {
    fetch::Access access;
    access.client = "bench";
    access.base = auth::parse_base_url("http://127.0.0.1:" + std::to_string(port) + "/fhir").value();
    access.token = std::make_shared<const auth::Secret>(std::string("token"));
    access.ranges = {auth::parse_range("127.0.0.0/8").value()};
    access.deadline = Clock::now() + std::chrono::seconds(5);
    fetch::FhirReader::Queries queries;
    for (int i = 0; i < reads_per_round; ++i) queries.push_back({"q", "Observation?n=" + std::to_string(i)});
    std::promise<bool> promise;
    auto future = promise.get_future();
    reader.gather(access, queries, nullptr, [&promise](const fetch::FhirReader::Results& results) {
        promise.set_value(std::all_of(results.begin(), results.end(), [](const auto& result) {
            return result.failure == cdshooks::FetchFailure::none;
        }));
    });
    return future.get();
}

Measured measure(fetch::TransportKind kind, std::uint16_t port, int rounds) {
    fetch::FhirReader reader(fetch::make_transport(kind, {}).value());
    for (int i = 0; i < 20; ++i) run_round(reader, port);
    std::vector<double> times;
    const double cpu = cpu_seconds();
    for (int i = 0; i < rounds; ++i) {
        const auto begin = Clock::now();
        if (!run_round(reader, port)) std::puts("a read failed");
        times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    }
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100],
            (cpu_seconds() - cpu) * 1e6 / (rounds * reads_per_round)};
}

}  // namespace

// Argument: rounds of each transport (500).
int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 500;
    int pipe_ends[2];
    if (pipe(pipe_ends) != 0) return 1;
    const pid_t child = fork();
    if (child == 0) serve(pipe_ends[1]);
    std::uint16_t port = 0;
    if (child < 0 || read(pipe_ends[0], &port, sizeof port) != sizeof port) return 1;
    fetch::initialize_thread();
    const Measured cpprest = measure(fetch::TransportKind::cpprest, port, rounds);
    const Measured beast = measure(fetch::TransportKind::beast, port, rounds);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    std::printf("%d reads of 30 KB in parallel, %d rounds  median ms  p99 ms  CPU us/read (parsing included)\n",
                reads_per_round, rounds);
    for (const auto& [name, measured] : {std::pair("cpprest", cpprest), std::pair("beast", beast)}) {
        std::printf("%-44s  %9.2f  %6.2f  %11.1f\n", name, measured.median_ms, measured.p99_ms,
                    measured.cpu_us_per_read);
    }
    std::printf("%-44s  %9.2f  %6.2f  %11.2f\n", "cpprest / beast", cpprest.median_ms / beast.median_ms,
                cpprest.p99_ms / beast.p99_ms, cpprest.cpu_us_per_read / beast.cpu_us_per_read);
    return 0;
}
