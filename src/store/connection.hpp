// One connection of one thread, which another thread can break off. For this folder only.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

#include "store/database.hpp"

namespace rectal_cds::store {

class Connection {
public:
    Connection() = default;
    ~Connection() { close(); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // For the thread that uses it. Throws what class_of understands.
    void open(const std::string& place, std::chrono::milliseconds busy_wait, Durability durability);
    void close();
    bool is_open() const { return sql_ != nullptr; }
    soci::session& operator*() { return *sql_; }  // precondition: is_open()

    // From any thread: what waits for a server's answer fails at once. Nothing happens to a file.
    void break_off();

private:
    std::mutex mutex_;
    int socket_ = -1;
    std::unique_ptr<soci::session> sql_;
};

}  // namespace rectal_cds::store
