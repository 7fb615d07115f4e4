#include "service/urgency.hpp"

#include <array>
#include <cstddef>

#include "service/parts.hpp"

namespace rectal_cds::service {

namespace {

struct Shedding {
    unsigned percent;
    const char* retry_after;  // seconds
};
constexpr std::array<Shedding, 4> shedding{{{50, "5"}, {70, "3"}, {85, "2"}, {100, "1"}}};  // by Urgency

const Shedding& shedding_of(Urgency urgency) { return shedding[static_cast<std::size_t>(urgency)]; }

}  // namespace

const char* name(Urgency urgency) {
    constexpr std::array<const char*, 4> names{"feedback", "patient_view", "order_select", "order_sign"};
    return names[static_cast<std::size_t>(urgency)];
}

unsigned percent_for(Urgency urgency) { return shedding_of(urgency).percent; }

unsigned percent_when_fetched(Urgency urgency) { return 4 * percent_for(urgency); }

Urgency urgency_of(domain::Hook hook) {
    switch (hook) {
        case domain::Hook::order_sign: return Urgency::order_sign;
        case domain::Hook::order_select: return Urgency::order_select;
        default: return Urgency::patient_view;
    }
}

http::Response overloaded(Urgency urgency) {
    http::Response response = refuse(503, "throttled", "", "The service has more to do than it can answer in time. Try again shortly.");
    response.headers.emplace_back("Retry-After", shedding_of(urgency).retry_after);
    return response;
}

}  // namespace rectal_cds::service
