// RapidJSON writes to whatever malloc answers, a null pointer included; through these types it throws instead.
#pragma once

#include <rapidjson/document.h>

#include <cstdlib>
#include <new>

namespace rectal_cds::json {

// A base allocator of RapidJSON. What is refused throws std::bad_alloc.
class Memory {
public:
    static constexpr bool kNeedFree = true;

    void* Malloc(std::size_t size) {
        if (size == 0) return nullptr;
        void* const made = std::malloc(size);
        if (!made) throw std::bad_alloc();
        return made;
    }
    void* Realloc(void* old, std::size_t, std::size_t size) {
        if (size == 0) {
            std::free(old);
            return nullptr;
        }
        void* const made = std::realloc(old, size);
        if (!made) throw std::bad_alloc();
        return made;
    }
    static void Free(void* made) { std::free(made); }
};

using Pool = rapidjson::MemoryPoolAllocator<Memory>;
using Tree = rapidjson::GenericDocument<rapidjson::UTF8<>, Pool, Memory>;
using Node = Tree::ValueType;

}  // namespace rectal_cds::json
