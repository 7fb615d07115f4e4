#include "store/random_id.hpp"

#include <unistd.h>

#include <array>
#include <stdexcept>

namespace rectal_cds::store {

std::string random_id() {
    std::array<unsigned char, 16> bytes{};
    if (getentropy(bytes.data(), bytes.size()) != 0) throw std::runtime_error("the system gives no random numbers");
    std::string text;
    for (const unsigned char byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 0xf];
    }
    return text;
}

}  // namespace rectal_cds::store
