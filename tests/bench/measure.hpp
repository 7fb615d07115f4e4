// What all benchmarks share: CPU time, the machine, and how a goal is reported.
#pragma once

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace rectal_cds::bench {

using Clock = std::chrono::steady_clock;

// Of this process, in microseconds. Steadier than the time of day where others use the machine too.
inline double cpu_us() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) * 1e-3;
}

// CPU microseconds of one call: the second best of several rounds, each of at least `round_us`.
template <class Function> double cpu_per_call(Function call, double round_us = 30'000, int rounds = 9) {
    std::size_t calls = 1;
    for (double took = 0; took < round_us / 2; calls *= 2) {
        const double begin = cpu_us();
        for (std::size_t i = 0; i < calls; ++i) call();
        took = cpu_us() - begin;
    }
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) {
        const double begin = cpu_us();
        for (std::size_t i = 0; i < calls; ++i) call();
        times.push_back((cpu_us() - begin) / static_cast<double>(calls));
    }
    std::sort(times.begin(), times.end());
    return times[1];
}

inline std::string first_line_with(const char* file, const std::string& begin) {
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        if (line.compare(0, begin.size(), begin) == 0) return line;
    }
    return {};
}

inline void print_machine() {
    const std::string model = first_line_with("/proc/cpuinfo", "model name");
    std::ifstream load_file("/proc/loadavg");
    std::string load;
    std::getline(load_file, load);
    std::printf("machine: %u cores%s; load %s (more than its own: others were using it)\n",
                std::thread::hardware_concurrency(),
                model.empty() ? "" : (", " + model.substr(model.find(':') + 2)).c_str(), load.c_str());
}

inline void print_goal(bool holds, const std::string& goal, const std::string& found) {
    std::printf("goal %-8s %s; found %s\n", holds ? "holds" : "MISSED", goal.c_str(), found.c_str());
}

inline std::string number(double value, int decimals = 2) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

}  // namespace rectal_cds::bench
