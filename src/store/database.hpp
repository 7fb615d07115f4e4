// One connection to a SQLite file, and what its failures mean. For this folder only.
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
    read_only,  // the file or its folder may not be written
    full,       // no space
    io,         // reading or writing failed
    cannot_open,
    damaged,  // no database, or a damaged one
    newer,    // written by a newer version of this program
    other
};
const char* name(FailureClass failure);  // "read_only"

FailureClass class_of(const std::exception& error);

// How much a commit survives: the loss of power (full), or kill -9 (normal).
enum class Durability : unsigned char { full, normal };

// WAL mode. Throws what class_of understands. Precondition: the name holds no '"' (see check_name).
void open_database(soci::session& sql, const std::string& file, std::chrono::milliseconds busy_wait,
                   Durability durability);

// A file name that SOCI can be given, in a folder that exists.
base::Result<base::Done> check_name(const std::string& file);

// Takes the lock for writing at once, so that nothing read in it can have changed before the commit. Rolls back unless
// committed.
class WriteTransaction {
public:
    explicit WriteTransaction(soci::session& sql);
    ~WriteTransaction();
    WriteTransaction(const WriteTransaction&) = delete;
    WriteTransaction& operator=(const WriteTransaction&) = delete;
    void commit();

private:
    soci::session& sql_;
    bool is_open_ = true;
};

}  // namespace rectal_cds::store
