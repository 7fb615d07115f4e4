#include "store/faulty_disk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include <unistd.h>

namespace rectal_cds::store::test {

namespace {

constexpr std::int64_t sector = 512;

struct Change {  // since the last sync; data empty: the file was cut to `offset`
    std::int64_t offset = 0;
    std::string data;
};

struct Disk {
    std::mutex mutex;
    std::condition_variable changed;
    Fault fault = Fault::none;
    bool is_off = false;
    std::map<std::string, std::string> synced;           // content of changed files at their last sync
    std::map<std::string, std::vector<Change>> changes;  // since then
    std::uint64_t writes = 0, off_after = ~std::uint64_t{0}, lost = 0;
    sqlite3_vfs* real = nullptr;
    sqlite3_vfs shim{};
} disk;

struct File {
    sqlite3_file base;
    const std::string* name;  // a key of disk.changes that is kept; null for files without a name
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* file_of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
sqlite3_file* real_of(sqlite3_file* file) { return file_of(file)->real(); }
const sqlite3_io_methods* methods_of(sqlite3_file* file) { return real_of(file)->pMethods; }

std::string content_of(const std::string& name) {
    std::ifstream stream(name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// Precondition: the lock is held. Remembers what a loss of power would go back to.
void remember(const std::string* name, Change change) {
    if (!name) return;
    if (disk.synced.count(*name) == 0) disk.synced.emplace(*name, content_of(*name));
    disk.changes[*name].push_back(std::move(change));
}

int fault_of_write() {
    if (disk.is_off || disk.fault == Fault::write_error) return SQLITE_IOERR_WRITE;
    return disk.fault == Fault::full ? SQLITE_FULL : SQLITE_OK;
}

int close_file(sqlite3_file* file) { return methods_of(file)->xClose(real_of(file)); }

int read_file(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset) {
    const std::lock_guard lock(disk.mutex);
    return disk.is_off ? SQLITE_IOERR_READ : methods_of(file)->xRead(real_of(file), into, amount, offset);
}

int write_file(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
    const std::lock_guard lock(disk.mutex);
    if (const int fault = fault_of_write(); fault != SQLITE_OK) return fault;
    if (++disk.writes > disk.off_after) {
        disk.is_off = true;
        return SQLITE_IOERR_WRITE;
    }
    remember(file_of(file)->name,
             {offset, std::string(static_cast<const char*>(from), static_cast<std::size_t>(amount))});
    return methods_of(file)->xWrite(real_of(file), from, amount, offset);
}

int cut_file(sqlite3_file* file, sqlite3_int64 size) {
    const std::lock_guard lock(disk.mutex);
    if (const int fault = fault_of_write(); fault != SQLITE_OK) return fault;
    remember(file_of(file)->name, {size, {}});
    return methods_of(file)->xTruncate(real_of(file), size);
}

// The kernel keeps what was written as long as it runs, so a sync is only noted.
int sync_file(sqlite3_file* file, int) {
    std::unique_lock lock(disk.mutex);
    disk.changed.wait(lock, [] { return disk.fault != Fault::hang; });
    if (disk.is_off || disk.fault == Fault::sync_error) return SQLITE_IOERR_FSYNC;
    if (const std::string* name = file_of(file)->name) {
        disk.synced.erase(*name);
        disk.changes[*name].clear();
    }
    return SQLITE_OK;
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) { return methods_of(file)->xFileSize(real_of(file), size); }
int lock_file(sqlite3_file* file, int level) { return methods_of(file)->xLock(real_of(file), level); }
int unlock_file(sqlite3_file* file, int level) { return methods_of(file)->xUnlock(real_of(file), level); }
int check_lock(sqlite3_file* file, int* out) { return methods_of(file)->xCheckReservedLock(real_of(file), out); }
int control_file(sqlite3_file* file, int op, void* arg) {
    return methods_of(file)->xFileControl(real_of(file), op, arg);
}
int sector_size(sqlite3_file* file) { return methods_of(file)->xSectorSize(real_of(file)); }
int characteristics(sqlite3_file* file) { return methods_of(file)->xDeviceCharacteristics(real_of(file)); }
int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
    return methods_of(file)->xShmMap(real_of(file), page, size, extend, out);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
    return methods_of(file)->xShmLock(real_of(file), offset, count, flags);
}
void barrier(sqlite3_file* file) { methods_of(file)->xShmBarrier(real_of(file)); }
int unmap_shared(sqlite3_file* file, int remove) { return methods_of(file)->xShmUnmap(real_of(file), remove); }

const sqlite3_io_methods methods{
    2,           close_file,  read_file,    write_file,   cut_file,    sync_file,       size_of_file,
    lock_file,   unlock_file, check_lock,   control_file, sector_size, characteristics, map_shared,
    lock_shared, barrier,     unmap_shared, nullptr,      nullptr};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    const std::lock_guard lock(disk.mutex);
    File* const opened = file_of(file);
    opened->base.pMethods = nullptr;
    if (disk.is_off) return SQLITE_CANTOPEN;
    if (disk.fault == Fault::read_only) {
        flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    }
    const int result = disk.real->xOpen(disk.real, name, opened->real(), flags, out_flags);
    if (!opened->real()->pMethods) return result;
    opened->name = name ? &disk.changes.try_emplace(name).first->first : nullptr;
    opened->base.pMethods = &methods;
    return result;
}

// Writes `change` as far as `random` lets it reach the disk.
void apply(std::string& content, const Change& change, std::mt19937_64& random) {
    const auto offset = static_cast<std::size_t>(change.offset);
    if (change.data.empty()) return content.resize(std::min(content.size(), offset));
    std::string data = change.data;
    if (random() % 4 == 0) data.resize(std::min(data.size(), static_cast<std::size_t>((random() % 8) * sector)));
    if (content.size() < offset + data.size()) content.resize(offset + data.size(), '\0');
    content.replace(offset, data.size(), data);
}

void restore(const std::string& name, const std::vector<Change>& changes, std::mt19937_64& random) {
    std::string content = disk.synced[name];
    for (const Change& change : changes) {
        const bool survives = random() % 2 == 0;
        disk.lost += survives ? 0 : 1;
        if (survives) apply(content, change, random);
    }
    std::ofstream(name, std::ios::binary | std::ios::trunc)
        .write(content.data(), static_cast<std::streamsize>(content.size()));
}

}  // namespace

FaultyDisk::FaultyDisk() {
    disk.real = sqlite3_vfs_find(nullptr);
    disk.shim = *disk.real;
    disk.shim.zName = "faulty";
    disk.shim.szOsFile = static_cast<int>(sizeof(File)) + disk.real->szOsFile;
    disk.shim.xOpen = open_file;
    disk.shim.pNext = nullptr;
    sqlite3_vfs_register(&disk.shim, 1);
}

FaultyDisk::~FaultyDisk() {
    fail(Fault::none);
    sqlite3_vfs_unregister(&disk.shim);
    sqlite3_vfs_register(disk.real, 1);
    disk.synced.clear();
    disk.changes.clear();
}

void FaultyDisk::fail(Fault fault) {
    const std::lock_guard lock(disk.mutex);
    disk.fault = fault;
    disk.changed.notify_all();
}

void FaultyDisk::cut_power_after(std::uint64_t writes) {
    const std::lock_guard lock(disk.mutex);
    disk.off_after = disk.writes + writes;
}

bool FaultyDisk::is_off() const {
    const std::lock_guard lock(disk.mutex);
    return disk.is_off;
}

void FaultyDisk::restore_power(std::uint64_t seed) {
    const std::lock_guard lock(disk.mutex);
    std::mt19937_64 random(seed);
    for (auto& [name, changes] : disk.changes) {
        if (!changes.empty()) restore(name, changes, random);
        unlink((name + "-shm").c_str());
        changes.clear();
    }
    disk.synced.clear();
    disk.is_off = false;
    disk.off_after = ~std::uint64_t{0};
}

std::uint64_t FaultyDisk::lost() const {
    const std::lock_guard lock(disk.mutex);
    return disk.lost;
}

}  // namespace rectal_cds::store::test
