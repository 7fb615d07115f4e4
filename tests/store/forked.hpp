// Part of a test in a process of its own: to be killed, or to live under other limits. Forks without exec, so no thread
// may be running in the test: no store may be open.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

namespace rectal_cds::store::test {

class Forked {
public:
    // Runs `body` in the child, which can write lines for the parent. The child dies with the parent.
    using Tell = std::function<void(const std::string& line)>;
    explicit Forked(const std::function<void(const Tell&)>& body);
    ~Forked();  // kills it
    Forked(const Forked&) = delete;
    Forked& operator=(const Forked&) = delete;

    void await_first_line() const;  // at most ten seconds
    void kill();                    // SIGKILL
    std::string told();  // waits for its end and returns all that it wrote; what() of an exception as last line

private:
    pid_t pid_ = -1;
    int from_child_ = -1;
};

}  // namespace rectal_cds::store::test
