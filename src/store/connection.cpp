#include "store/connection.hpp"

#include <sys/socket.h>

namespace rectal_cds::store {

void Connection::open(const std::string& place, std::chrono::milliseconds busy_wait, Durability durability) {
    auto sql = std::make_unique<soci::session>();
    open_database(*sql, place, busy_wait, durability);
    sql_ = std::move(sql);
    const std::lock_guard lock(mutex_);
    socket_ = socket_of(*sql_);
}

// The socket is forgotten before it is closed: its number may be another's the moment after.
void Connection::close() {
    {
        const std::lock_guard lock(mutex_);
        socket_ = -1;
    }
    sql_.reset();
}

void Connection::break_off() {
    const std::lock_guard lock(mutex_);
    if (socket_ >= 0) shutdown(socket_, SHUT_RDWR);
}

}  // namespace rectal_cds::store
