// The real program, started as `rectal-cds serve` on a port of its own choice and stopped by SIGTERM.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "support/child_process.hpp"

namespace rectal_cds::testing {

// The program under test: RECTAL_CDS_BINARY, which ctest sets. Throws std::runtime_error without it.
std::filesystem::path program();

class RunningService {
public:
    // Runs `program serve flags…`, with a store of its own unless the flags name one, and returns once it has printed
    // its address and, if it `becomes_ready`, answers GET /readyz there with 200 (asked by curl). Throws
    // std::runtime_error, with what the program said, when it ends before that.
    explicit RunningService(std::vector<std::string> flags, const std::filesystem::path& program_file = program(),
                            const std::filesystem::path& working_folder = "/", bool becomes_ready = true);

    const std::string& base_url() const { return base_url_; }      // "http://127.0.0.1:41234"; https with a certificate
    const std::filesystem::path& store() const { return store_; }  // the file given or made
    std::uint16_t port() const { return port_; }

    int process_id() const { return process_.id(); }
    void signal(int number) { process_.signal(number); }
    bool has_ended() { return process_.has_ended(); }
    int wait() { return process_.wait(); }  // the exit code
    int stop();                             // SIGTERM, then wait()

    std::string out() const { return process_.out(); }
    std::string err() const { return process_.err(); }

private:
    bool find_address();

    TemporaryFolder folder_;
    std::filesystem::path store_;
    ChildProcess process_;
    std::string base_url_;
    std::uint16_t port_ = 0;
};

}  // namespace rectal_cds::testing
