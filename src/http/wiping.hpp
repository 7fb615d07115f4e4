// Memory that held a request, wiped before it is given back or filled anew: a head carries a JWT, a body an access
// token (reliability.md 1.2).
#pragma once

#include <openssl/crypto.h>

#include <cstddef>
#include <memory>

namespace rectal_cds::http {

inline void wipe(void* bytes, std::size_t count) { OPENSSL_cleanse(bytes, count); }

template <class T> struct WipingAllocator {
    using value_type = T;

    WipingAllocator() = default;
    template <class Other> WipingAllocator(const WipingAllocator<Other>&) {}

    T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T* items, std::size_t count) {
        wipe(items, count * sizeof(T));
        std::allocator<T>().deallocate(items, count);
    }

    template <class Other> bool operator==(const WipingAllocator<Other>&) const { return true; }
};

}  // namespace rectal_cds::http
