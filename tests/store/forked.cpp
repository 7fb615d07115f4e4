#include "store/forked.hpp"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <exception>
#include <stdexcept>

namespace rectal_cds::store::test {

namespace {

[[noreturn]] void run(const std::function<void(const Forked::Tell&)>& body, int to_parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const auto tell = [to_parent](const std::string& line) {
        const std::string text = line + "\n";
        if (write(to_parent, text.data(), text.size()) != static_cast<ssize_t>(text.size())) _exit(1);
    };
    try {
        body(tell);
    } catch (const std::exception& error) {
        tell(error.what());
        _exit(1);
    }
    _exit(0);
}

}  // namespace

Forked::Forked(const std::function<void(const Tell&)>& body) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
    pid_ = fork();
    if (pid_ < 0) throw std::runtime_error("no child process");
    if (pid_ == 0) {
        close(ends[0]);
        run(body, ends[1]);
    }
    close(ends[1]);
    from_child_ = ends[0];
}

Forked::~Forked() {
    if (pid_ > 0) {
        kill();
        waitpid(pid_, nullptr, 0);
    }
    close(from_child_);
}

void Forked::await_first_line() const {
    pollfd end{from_child_, POLLIN, 0};
    poll(&end, 1, 10'000);
}

void Forked::kill() { ::kill(pid_, SIGKILL); }

std::string Forked::told() {
    std::string text;
    std::array<char, 4096> bytes{};
    for (ssize_t size = 0; (size = read(from_child_, bytes.data(), bytes.size())) > 0;) {
        text.append(bytes.data(), static_cast<std::size_t>(size));
    }
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
    return text;
}

}  // namespace rectal_cds::store::test
