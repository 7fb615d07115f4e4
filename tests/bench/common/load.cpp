#include "bench/common/load.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace rectal_cds::bench {

namespace {

using Clock = std::chrono::steady_clock;

int connected(std::uint16_t port) {
    const int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (socket_fd < 0 || connect(socket_fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error("No connection to the server under load.");
    }
    const int on = 1;
    setsockopt(socket_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(socket_fd, F_SETFL, fcntl(socket_fd, F_GETFL) | O_NONBLOCK);
    return socket_fd;
}

struct Connection {
    int fd = -1;
    std::string out, in;
    std::size_t sent = 0, expected = 0;  // bytes; expected: of the whole answer, 0 while its head is not there
    bool is_busy = false;
    Clock::time_point since;
};

class Generator {
public:
    explicit Generator(const Load& load) : load_(load), poll_(epoll_create1(0)), connections_(load.connections) {
        for (std::size_t i = 0; i < connections_.size(); ++i) open(i);
    }
    ~Generator() {
        for (const Connection& connection : connections_) close(connection.fd);
        close(poll_);
    }
    Generator(const Generator&) = delete;
    Generator& operator=(const Generator&) = delete;

    Answered run() {
        begin_ = Clock::now();
        end_ = begin_ + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(load_.seconds));
        do {
            start_what_is_due();
            wait();
        } while (is_any_busy_ > 0 || (Clock::now() < end_ && number_ < load_.most));
        answered_.seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
        std::sort(answered_.milliseconds.begin(), answered_.milliseconds.end());
        return std::move(answered_);
    }

private:
    void open(std::size_t index) {
        connections_[index].fd = connected(load_.port);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = index;
        epoll_ctl(poll_, EPOLL_CTL_ADD, connections_[index].fd, &event);
        idle_.push_back(index);
    }

    void start_what_is_due() {
        while (!idle_.empty() && number_ < load_.most && Clock::now() < end_) {
            Clock::time_point due = Clock::now();
            if (load_.per_second > 0) {
                const std::chrono::duration<double> after(static_cast<double>(number_) / load_.per_second);
                due = begin_ + std::chrono::duration_cast<Clock::duration>(after);
                if (due > Clock::now()) return;
            }
            start(idle_.front(), due);
            idle_.pop_front();
        }
    }

    void start(std::size_t index, Clock::time_point due) {
        Connection& connection = connections_[index];
        connection.out = load_.request(number_++);
        connection.in.clear();
        connection.sent = connection.expected = 0;
        connection.is_busy = true;
        connection.since = due;
        ++is_any_busy_;
        write_out(index);
    }

    void write_out(std::size_t index) {
        Connection& connection = connections_[index];
        while (connection.sent < connection.out.size()) {
            const ssize_t done = send(connection.fd, connection.out.data() + connection.sent,
                                      connection.out.size() - connection.sent, MSG_NOSIGNAL);
            if (done <= 0) break;
            connection.sent += static_cast<std::size_t>(done);
        }
        watch(index, connection.sent < connection.out.size());
    }

    void watch(std::size_t index, bool writing) {
        epoll_event event{};
        event.events = EPOLLIN | (writing ? static_cast<std::uint32_t>(EPOLLOUT) : 0U);
        event.data.u64 = index;
        epoll_ctl(poll_, EPOLL_CTL_MOD, connections_[index].fd, &event);
    }

    void wait() {
        std::vector<epoll_event> events(256);
        const int patience_ms = load_.per_second > 0 && !idle_.empty() ? 1 : 100;
        const int count = epoll_wait(poll_, events.data(), static_cast<int>(events.size()), patience_ms);
        for (int i = 0; i < count; ++i) {
            const std::size_t index = events[static_cast<std::size_t>(i)].data.u64;
            if (events[static_cast<std::size_t>(i)].events & EPOLLOUT) write_out(index);
            if (events[static_cast<std::size_t>(i)].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_in(index);
        }
    }

    void read_in(std::size_t index) {
        Connection& connection = connections_[index];
        char buffer[65536];
        for (;;) {
            const ssize_t done = recv(connection.fd, buffer, sizeof buffer, 0);
            if (done == 0) return lose(index);
            if (done < 0) break;
            connection.in.append(buffer, static_cast<std::size_t>(done));
        }
        if (connection.expected == 0) read_head(connection);
        if (connection.expected == 0 || connection.in.size() < connection.expected) return;
        const bool is_good = connection.in.compare(0, 12, "HTTP/1.1 200") == 0;
        finish(index, is_good);
    }

    static void read_head(Connection& connection) {
        const auto end = connection.in.find("\r\n\r\n");
        if (end == std::string::npos) return;
        std::string head = connection.in.substr(0, end);
        std::transform(head.begin(), head.end(), head.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        const auto length = head.find("content-length: ");
        if (length != std::string::npos) connection.expected = end + 4 + std::stoul(head.substr(length + 16));
    }

    void finish(std::size_t index, bool is_good) {
        Connection& connection = connections_[index];
        ++(is_good ? answered_.good : answered_.other);
        answered_.milliseconds.push_back(
            std::chrono::duration<double, std::milli>(Clock::now() - connection.since).count());
        connection.is_busy = false;
        --is_any_busy_;
        idle_.push_back(index);
    }

    void lose(std::size_t index) {
        Connection& connection = connections_[index];
        close(connection.fd);
        if (connection.is_busy) {
            ++answered_.other;
            --is_any_busy_;
            connection.is_busy = false;
        } else {
            idle_.erase(std::find(idle_.begin(), idle_.end(), index));
        }
        open(index);
    }

    const Load& load_;
    int poll_;
    std::vector<Connection> connections_;
    std::deque<std::size_t> idle_;
    std::size_t number_ = 0, is_any_busy_ = 0;
    Clock::time_point begin_, end_;
    Answered answered_;
};

}  // namespace

double Answered::at(double share) const {
    if (milliseconds.empty()) return 0;
    return milliseconds[static_cast<std::size_t>(share * static_cast<double>(milliseconds.size() - 1))];
}

Answered run(const Load& load) { return Generator(load).run(); }

double process_cpu_us(pid_t process) {
    double total = 0;
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/task")) {
        std::ifstream stream(task.path() / "schedstat");
        double nanoseconds = 0;
        stream >> nanoseconds;
        total += nanoseconds / 1000;
    }
    return total;
}

double resident_mib(pid_t process) {
    std::ifstream stream("/proc/" + std::to_string(process) + "/statm");
    double all = 0, resident = 0;
    stream >> all >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

std::vector<pid_t> children() {
    std::vector<pid_t> found;
    for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
        std::ifstream stream(task.path() / "children");
        for (pid_t child = 0; stream >> child;) found.push_back(child);
    }
    return found;
}

}  // namespace rectal_cds::bench
