// A disk that fails on command, between SQLite and the real files: SQLite's default file system while this object
// lives, so that stores opened meanwhile write through it. What SQLite makes of a failure is its own.
//
// A loss of power undoes what was written since the last sync of each file, wholly or in part, in any order and with
// torn sectors, as disks do.
#pragma once

#include <cstdint>

namespace rectal_cds::store::test {

enum class Fault : unsigned char {
    none,
    full,         // no space
    write_error,  // EIO on writing
    sync_error,   // EIO on fsync
    read_only,    // files opened from now on can only be read, as with an account that may not write
    hang          // fsync does not return until the fault is taken away
};

class FaultyDisk {
public:
    FaultyDisk();
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    void fail(Fault fault);

    // After so many further writes every operation fails, as of a machine that is off.
    void cut_power_after(std::uint64_t writes);
    bool is_off() const;
    // After every file was closed: leaves the files as the loss of power did. `seed` decides what of the writes that
    // were not synced is on the disk. Then the disk works again.
    void restore_power(std::uint64_t seed);

    std::uint64_t lost() const;  // writes that a loss of power has taken
};

}  // namespace rectal_cds::store::test
