#include "support/child_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "support/real_knowledge.hpp"

namespace rectal_cds::testing {

namespace fs = std::filesystem;

namespace {

constexpr auto look_again_after = std::chrono::milliseconds(2);

// What the child needs, made ready before the fork: between fork and exec only system calls are safe.
struct Plan {
    std::vector<char*> arguments;
    std::string in, out, err, working_folder;
    pid_t parent = -1;
};

[[noreturn]] void become(const Plan& plan) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != plan.parent) _exit(127);  // the parent died before the line above
    const int in = open(plan.in.c_str(), O_RDONLY);
    const int out = open(plan.out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    const int err = open(plan.err.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    const bool is_ready = dup2(in, STDIN_FILENO) == STDIN_FILENO && dup2(out, STDOUT_FILENO) == STDOUT_FILENO &&
                          dup2(err, STDERR_FILENO) == STDERR_FILENO && chdir(plan.working_folder.c_str()) == 0;
    if (is_ready) execvp(plan.arguments[0], plan.arguments.data());
    _exit(127);
}

std::string read_if_there(const fs::path& file) { return fs::exists(file) ? read_text(file) : ""; }

}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "rectal-cds-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("No temporary folder could be made.");
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

ChildProcess::ChildProcess(const std::vector<std::string>& command, const std::string& standard_input,
                           const fs::path& working_folder) {
    std::ofstream(folder_.path() / "in", std::ios::binary) << standard_input;
    Plan plan{{}, folder_.path() / "in", folder_.path() / "out", folder_.path() / "err", working_folder, getpid()};
    std::vector<std::string> words = command;
    for (std::string& word : words) plan.arguments.push_back(word.data());
    plan.arguments.push_back(nullptr);
    pid_ = fork();
    if (pid_ == 0) become(plan);
    if (pid_ < 0) throw std::runtime_error("The operating system refused to start " + command[0] + ".");
}

ChildProcess::~ChildProcess() {
    if (has_ended()) return;
    signal(SIGKILL);
    waitpid(pid_, nullptr, 0);
}

void ChildProcess::signal(int number) {
    if (!has_ended()) kill(pid_, number);
}

bool ChildProcess::has_ended() {
    int status = 0;
    if (!has_ended_ && waitpid(pid_, &status, WNOHANG) == pid_) {
        has_ended_ = true;
        exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    return has_ended_;
}

int ChildProcess::wait(std::chrono::seconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!has_ended()) {
        if (std::chrono::steady_clock::now() > end)
            throw std::runtime_error("The child has not ended. It said:\n" + out() + err());
        std::this_thread::sleep_for(look_again_after);
    }
    return exit_code_;
}

std::string ChildProcess::out() const { return read_if_there(folder_.path() / "out"); }
std::string ChildProcess::err() const { return read_if_there(folder_.path() / "err"); }

Finished run(const std::vector<std::string>& command, const std::string& standard_input,
             const fs::path& working_folder) {
    ChildProcess child(command, standard_input, working_folder);
    const int exit_code = child.wait();
    return {exit_code, child.out(), child.err()};
}

}  // namespace rectal_cds::testing
