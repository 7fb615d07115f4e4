// One connection to a database, what its failures mean, and all that SQLite and PostgreSQL do not have in common. For
// this folder only.
//
// SOCI writes the bound values into the text of its exceptions: they are patient data, so what() is never shown or
// logged. What leaves this folder of a failure is its class.
#pragma once

#include <soci/soci.h>

#include <chrono>
#include <exception>
#include <string>

#include "base/result.hpp"

namespace rectal_cds::store {

enum class FailureClass : unsigned char {
    none,
    locked,     // another connection held its lock longer than we wait
    read_only,  // the file, its folder or the server may not be written
    full,       // no space
    io,         // reading or writing failed
    cannot_open,
    gone,         // the file was moved, removed or replaced while it was open
    unreachable,  // no connection to the server, or it was lost
    damaged,      // no database, or a damaged one
    newer,        // written by a newer version of this program
    other_key,    // its pseudonyms were made with another key
    other
};
const char* name(FailureClass failure);  // "read_only"

FailureClass class_of(const std::exception& error);

// How much a commit survives: the loss of power (full), or kill -9 of a program (normal).
enum class Durability : unsigned char { full, normal };

// SQLite in WAL mode, or PostgreSQL with a synchronous commit; `busy_wait`: for another connection's lock. Throws what
// class_of understands. Precondition: check_place.
void open_database(soci::session& sql, const std::string& place, std::chrono::milliseconds busy_wait,
                   Durability durability);

bool is_sqlite(soci::session& sql);
bool has_table(soci::session& sql, const std::string& table);

// Of the server's connection; -1: SQLite has none.
int socket_of(soci::session& sql);

// What is read from now on is of one moment, until the session ends.
void begin_reading(soci::session& sql);

// What is deleted from now on is overwritten, as far as the database can: SQLite overwrites freed pages at once and its
// log at the end (unless a reader holds it), PostgreSQL frees the rows for reuse. Copies and the server's log are
// others.
void prepare_erasing(soci::session& sql);
void finish_erasing(soci::session& sql);

// For the connection of a service: while it lasts, take_alone is refused. Waits for who took it alone.
void sign_on(soci::session& sql);

// Until the session ends nobody else is at the database: no other connection to a SQLite file, no service at a server.
// Throws InUse (schema.hpp) when somebody is.
void take_alone(soci::session& sql);

// SQLite: nothing stays in files beside it.
void make_single_file(soci::session& sql);

// Takes the lock for writing at once, so that nothing read in it can have changed before the commit: SQLite's own, or a
// lock that all nodes share. Rolls back unless committed.
class WriteTransaction {
public:
    explicit WriteTransaction(soci::session& sql);
    ~WriteTransaction();
    WriteTransaction(const WriteTransaction&) = delete;
    WriteTransaction& operator=(const WriteTransaction&) = delete;
    void commit();

private:
    void roll_back() noexcept;
    soci::session& sql_;
    bool is_open_ = true;
};

}  // namespace rectal_cds::store
