#include "support/running_service.hpp"

#include <signal.h>

#include <cstdlib>
#include <regex>
#include <stdexcept>
#include <thread>

namespace rectal_cds::testing {

namespace {

constexpr auto patience = std::chrono::seconds(60);
constexpr auto look_again_after = std::chrono::milliseconds(2);

std::vector<std::string> serve_command(const std::filesystem::path& program_file,
                                       const std::vector<std::string>& flags) {
    std::vector<std::string> command{program_file.string(), "serve"};
    command.insert(command.end(), flags.begin(), flags.end());
    return command;
}

}  // namespace

std::filesystem::path program() {
    const char* const place = std::getenv("RECTAL_CDS_BINARY");
    if (place == nullptr) throw std::runtime_error("RECTAL_CDS_BINARY must name the program; ctest sets it.");
    return place;
}

RunningService::RunningService(const std::vector<std::string>& flags, const std::filesystem::path& program_file,
                               const std::filesystem::path& working_folder)
    : process_(serve_command(program_file, flags), "", working_folder) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!find_address()) {
        if (process_.has_ended() || std::chrono::steady_clock::now() > end) {
            throw std::runtime_error("The service did not start. It said:\n" + out() + err());
        }
        std::this_thread::sleep_for(look_again_after);
    }
    const Finished asked = run({"curl", "-s", "-S", "-f", "--noproxy", "*", "--max-time", "30", base_url_ + "/readyz"});
    if (asked.exit_code != 0) throw std::runtime_error("The service is not ready: " + asked.err + "\n" + out() + err());
}

int RunningService::stop() {
    signal(SIGTERM);
    return wait();
}

bool RunningService::find_address() {
    static const std::regex line(R"(Discovery: (http://\S+:(\d+))/cds-services\n)");
    const std::string said = out();
    std::smatch found;
    if (!std::regex_search(said, found, line)) return false;
    base_url_ = found[1];
    port_ = static_cast<std::uint16_t>(std::stoul(found[2]));
    return true;
}

}  // namespace rectal_cds::testing
