#include "process_metrics.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace rectal_cds {

namespace {

// A field of /proc/self/stat, counted as in proc(5); those before the fourth hold text and are not asked for.
double field_of_stat(int number) {
    std::ifstream stream("/proc/self/stat");
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    const auto end_of_name = text.rfind(')');
    if (end_of_name == std::string::npos) return std::nan("");
    std::istringstream fields(text.substr(end_of_name + 1));
    std::string field;
    for (int i = 3; i <= number && fields; ++i) fields >> field;
    char* end = nullptr;
    const double value = std::strtod(field.c_str(), &end);
    return end == field.c_str() ? std::nan("") : value;
}

double ticks() { return static_cast<double>(sysconf(_SC_CLK_TCK)); }

// Seconds from 1970 to the start of the machine.
double boot_time() {
    std::ifstream stream("/proc/stat");
    for (std::string line; std::getline(stream, line);) {
        if (line.starts_with("btime ")) return std::strtod(line.c_str() + 6, nullptr);
    }
    return std::nan("");
}

double open_files() {
    std::error_code error;
    std::filesystem::directory_iterator item("/proc/self/fd", error), end;
    return error ? std::nan("") : static_cast<double>(std::distance(item, end));
}

double most_files() {
    rlimit limit{};
    return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<double>(limit.rlim_cur) : std::nan("");
}

}  // namespace

void watch_process(service::Metrics& metrics) {
    constexpr int user_time = 14, system_time = 15, threads = 20, start_time = 22, virtual_bytes = 23,
                  resident_pages = 24;
    metrics.watch("process_cpu_seconds_total", "CPU time used",
                  [] { return (field_of_stat(user_time) + field_of_stat(system_time)) / ticks(); });
    metrics.watch("process_resident_memory_bytes", "Memory in use",
                  [] { return field_of_stat(resident_pages) * static_cast<double>(sysconf(_SC_PAGESIZE)); });
    metrics.watch("process_virtual_memory_bytes", "Address space in use", [] { return field_of_stat(virtual_bytes); });
    metrics.watch("process_threads", "Threads", [] { return field_of_stat(threads); });
    metrics.watch("process_open_fds", "Open files and connections", open_files);
    metrics.watch("process_max_fds", "The limit of these", most_files);
    metrics.watch("process_start_time_seconds", "When the process began",
                  [began = boot_time() + field_of_stat(start_time) / ticks()] { return began; });
}

}  // namespace rectal_cds
