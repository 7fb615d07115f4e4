// A program run as a child of the test: its standard input comes from a text, its two outputs go to files.
//
// The child is killed by its own process id when the object goes out of scope, and by the kernel if the test dies
// first.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace rectal_cds::testing {

// A folder of its own below the system's temporary one; removed with all that is in it.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

// How long a child may take; under a sanitizer it is some ten times slower.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr std::chrono::seconds longest_child{500};
#else
inline constexpr std::chrono::seconds longest_child{30};
#endif

class ChildProcess {
public:
    // command[0] is looked up in PATH unless it holds a '/'. Throws std::runtime_error when there can be no child; a
    // program that cannot be executed ends with 127, as a shell has it.
    explicit ChildProcess(const std::vector<std::string>& command, const std::string& standard_input = "",
                          const std::filesystem::path& working_folder = "/");
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    int id() const { return pid_; }
    void signal(int number);
    bool has_ended();

    // The exit code, or 128 and the number of the signal that ended it. Throws std::runtime_error, with what the child
    // has said so far, when it has not ended within `patience`.
    int wait(std::chrono::seconds patience = longest_child);

    std::string out() const;  // what it has written to standard output so far
    std::string err() const;

private:
    TemporaryFolder folder_;
    pid_t pid_ = -1;
    bool has_ended_ = false;
    int exit_code_ = 0;
};

struct Finished {
    int exit_code = 0;
    std::string out;
    std::string err;
};

// Runs a program to its end.
Finished run(const std::vector<std::string>& command, const std::string& standard_input = "",
             const std::filesystem::path& working_folder = "/");

}  // namespace rectal_cds::testing
