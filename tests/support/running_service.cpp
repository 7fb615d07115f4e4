#include "support/running_service.hpp"

#include <signal.h>

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <stdexcept>
#include <thread>

namespace rectal_cds::testing {

namespace {

constexpr auto patience = std::chrono::seconds(60);
constexpr auto look_again_after = std::chrono::milliseconds(2);

std::vector<std::string> serve_command(const std::filesystem::path& program_file, const std::vector<std::string>& flags,
                                       const std::filesystem::path& store) {
    std::vector<std::string> command{program_file.string(), "serve", "--store", store.string()};
    command.insert(command.end(), flags.begin(), flags.end());
    return command;
}

// Where the flags put the store; otherwise a file of this folder. (The last of two equal flags would be an error.)
std::filesystem::path take_store(std::vector<std::string>& flags, const std::filesystem::path& folder) {
    const auto found = std::find(flags.begin(), flags.end(), "--store");
    if (found == flags.end() || found + 1 == flags.end()) return folder / "store.sqlite";
    const std::filesystem::path given = *(found + 1);
    flags.erase(found, found + 2);
    return given;
}

}  // namespace

std::filesystem::path program() {
    const char* const place = std::getenv("RECTAL_CDS_BINARY");
    if (place == nullptr) throw std::runtime_error("RECTAL_CDS_BINARY must name the program; ctest sets it.");
    return place;
}

RunningService::RunningService(std::vector<std::string> flags, const std::filesystem::path& program_file,
                               const std::filesystem::path& working_folder, bool becomes_ready)
    : store_(take_store(flags, folder_.path())),
      process_(serve_command(program_file, flags, store_), "", working_folder) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!find_address()) {
        if (process_.has_ended() || std::chrono::steady_clock::now() > end) {
            throw std::runtime_error("The service did not start. It said:\n" + out() + err());
        }
        std::this_thread::sleep_for(look_again_after);
    }
    if (!becomes_ready) return;
    const Finished asked =
        run({"curl", "-s", "-S", "-f", "-k", "--noproxy", "*", "--max-time", "30", base_url_ + "/readyz"});
    if (asked.exit_code != 0) throw std::runtime_error("The service is not ready: " + asked.err + "\n" + out() + err());
}

int RunningService::stop() {
    signal(SIGTERM);
    return wait();
}

bool RunningService::find_address() {
    static const std::regex line(R"(Discovery: (https?://\S+:(\d+))/cds-services\n)");
    const std::string said = out() + err();  // where decisions are logged to standard output, it is said on the other
    std::smatch found;
    if (!std::regex_search(said, found, line)) return false;
    base_url_ = found[1];
    port_ = static_cast<std::uint16_t>(std::stoul(found[2]));
    return true;
}

}  // namespace rectal_cds::testing
