#include "fetch/circuit_breaker.hpp"

#include <algorithm>

namespace rectal_cds::fetch {

bool CircuitBreaker::admits(const std::string& server) {
    const std::lock_guard lock(mutex_);
    const auto found = circuits_.find(server);
    if (found == circuits_.end() || found->second.open_for.count() == 0) return true;
    Circuit& circuit = found->second;
    if (circuit.is_probing || now_() < circuit.open_until) return false;
    circuit.is_probing = true;
    return true;
}

// A call that was admitted before the circuit opened, and ends after, changes nothing unless the server answered it.
void CircuitBreaker::end(const std::string& server, Outcome outcome) {
    const std::lock_guard lock(mutex_);
    if (outcome == Outcome::answered) {
        circuits_.erase(server);
        return;
    }
    const auto found = circuits_.find(server);
    if (outcome == Outcome::unknown) {
        if (found != circuits_.end()) found->second.is_probing = false;
        return;
    }
    Circuit& circuit = found == circuits_.end() ? circuits_[server] : found->second;
    ++circuit.failures;
    const bool is_open = circuit.open_for.count() != 0;
    if (is_open ? !circuit.is_probing : circuit.failures < limits_.failures) return;
    circuit.open_for = is_open ? std::min(circuit.open_for * 2, limits_.open_at_most) : limits_.open_for;
    circuit.open_until = now_() + circuit.open_for;
    circuit.is_probing = false;
    ++openings_;
}

std::uint64_t CircuitBreaker::openings() const {
    const std::lock_guard lock(mutex_);
    return openings_;
}

}  // namespace rectal_cds::fetch
