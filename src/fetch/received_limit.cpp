#include "fetch/received_limit.hpp"

#include <new>
#include <utility>

namespace rectal_cds::fetch {

namespace {

constexpr std::size_t beside_body = 256u * 1024;  // head, certificates
constexpr std::size_t record_header = 5;          // RFC 8446 5.1: type, version, length

struct Meter {
    std::shared_ptr<ReceivedLimit> limit;
    std::size_t received = 0;
    bool is_cut = false;
};

void free_meter(void*, void* meter, CRYPTO_EX_DATA*, int, long, void*) { delete static_cast<Meter*>(meter); }

int meter_index() {
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, free_meter);
    return index;
}

// Called by OpenSSL for the header of every record, before its content is read. As if the peer had closed: no later
// read gives a byte.
void count_record(int is_written, int, int content, const void* bytes, std::size_t size, SSL* connection, void* of) {
    if (is_written != 0 || content != SSL3_RT_HEADER || size < record_header) return;
    const auto* header = static_cast<const unsigned char*>(bytes);
    auto& meter = *static_cast<Meter*>(of);
    meter.received += record_header + (std::size_t{header[3]} << 8) + header[4];
    if (meter.received <= meter.limit->most_bytes) return;
    if (!std::exchange(meter.is_cut, true)) ++meter.limit->exceeded;
    SSL_set_shutdown(connection, SSL_get_shutdown(connection) | SSL_RECEIVED_SHUTDOWN);
}

}  // namespace

void ReceivedLimit::allow_body(std::size_t bytes) {
    const std::size_t wanted = 2 * bytes + beside_body;
    std::size_t known = most_bytes;
    while (known < wanted && !most_bytes.compare_exchange_weak(known, wanted)) {
    }
}

void limit_received(SSL* connection, std::shared_ptr<ReceivedLimit> limit) {
    auto* meter = static_cast<Meter*>(SSL_get_ex_data(connection, meter_index()));
    if (meter == nullptr) {
        auto made = std::make_unique<Meter>();
        if (SSL_set_ex_data(connection, meter_index(), made.get()) != 1) throw std::bad_alloc();
        meter = made.release();
    }
    *meter = {std::move(limit), 0, false};
    SSL_set_msg_callback_arg(connection, meter);
    SSL_set_msg_callback(connection, count_record);
}

}  // namespace rectal_cds::fetch
