// What is given up first when there is more to do than can be done in time (decisions.md 21).
#pragma once

#include "domain/case.hpp"
#include "http/message.hpp"

namespace rectal_cds::service {

// What is given up first when there is too much: feedback, which is sent again, and last what is being signed.
enum class Urgency : unsigned char { feedback, patient_view, order_select, order_sign };

// Percent of any bound (memory, queue, delay) at which work of this urgency is refused: 50, 70, 85, 100.
const char* name(Urgency urgency);  // "order_sign"
unsigned percent_for(Urgency urgency);
// The same for a call whose data are fetched: its token is spent, so it is refused far later than new calls are at the
// door, at four times the bound.
unsigned percent_when_fetched(Urgency urgency);
Urgency urgency_of(domain::Hook hook);

// 503 with Retry-After.
http::Response overloaded(Urgency urgency);

}  // namespace rectal_cds::service
