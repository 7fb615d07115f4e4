// What runs in the callback of another part's thread: a fault of the program there costs its own call a 500, and never
// the thread or the process.
#pragma once

#include <exception>

#include "service/parts.hpp"

namespace rectal_cds::service {

// `finish` may have been called before `work` threw; only the first answer to a request counts.
void guarded(const std::shared_ptr<Conversation>& conversation, const auto& finish, const auto& work) {
    try {
        work();
    } catch (const std::exception&) {
        conversation->answered.reason = "internal";
        finish(conversation, refuse(500, "exception", "", "The service failed to answer this request; the fault is in the service."));
    }
}

}  // namespace rectal_cds::service
