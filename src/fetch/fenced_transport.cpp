#include "fetch/fenced_transport.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <unordered_map>
#include <utility>

namespace rectal_cds::fetch {

namespace {

// A Url is a plain struct: only one that the strict parser would have made is used, so no part of it can hold a line
// break or name another server than it seems to.
bool may_be_asked(const Request& request) {
    const auto parsed = auth::parse_url(request.url.text());
    if (!parsed || parsed.value() != request.url || !auth::is_confidential(request.url)) return false;
    return !request.token || request.token->is_bearer_token();
}

bool is_loopback_address(const std::string& literal) { return literal.starts_with("127.") || literal == "::1"; }

// One forbidden address refuses all: a name that points inside and outside at one time is no honest one. What is sent
// in the clear stays on this machine, whatever "localhost" resolves to.
bool may_connect_to_all(const std::vector<std::string>& addresses, const Request& request) {
    const bool in_the_clear = request.url.scheme == "http";
    return std::all_of(addresses.begin(), addresses.end(), [&](const std::string& literal) {
        return auth::may_connect(literal, request.ranges) && (!in_the_clear || is_loopback_address(literal));
    });
}

FhirTransport::Cancel refuse(Fault fault, const FhirTransport::Done& done) {
    Answer answer;
    answer.fault = fault;
    done(std::move(answer));
    return [] {};
}

}  // namespace

struct FencedTransport::Core : std::enable_shared_from_this<Core> {
    explicit Core(std::shared_ptr<Sender> by) : sender(std::move(by)) {}

    std::shared_ptr<Exchange> enrol(Request request, Done done);
    void connect(const std::shared_ptr<Exchange>& exchange, const Resolver::Addresses& addresses);

    const std::shared_ptr<Sender> sender;
    std::mutex mutex;
    std::uint64_t last_number = 0;
    std::unordered_map<std::uint64_t, std::shared_ptr<Exchange>> under_way;
    std::atomic<std::size_t> open = 0;
    Alarm deadlines;  // last: its thread ends first
};

// The exchange leaves the list as its answer is given.
std::shared_ptr<Exchange> FencedTransport::Core::enrol(Request request, Done done) {
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(mutex);
        number = ++last_number;
    }
    const auto deadline = request.deadline;
    const auto alarm = std::make_shared<Alarm::Id>();
    auto leave = [core = weak_from_this(), number, alarm, done = std::move(done)](Answer answer) {
        if (const auto self = core.lock()) {
            std::shared_ptr<Exchange> left;  // given back without the lock
            const std::lock_guard lock(self->mutex);
            const auto found = self->under_way.find(number);
            if (found != self->under_way.end()) {
                left = std::move(found->second);
                self->under_way.erase(found);
                --self->open;
            }
            self->deadlines.forget(*alarm);
        }
        done(std::move(answer));
    };
    auto exchange = std::make_shared<Exchange>(std::move(request), std::move(leave));
    const std::lock_guard lock(mutex);
    under_way.emplace(number, exchange);
    ++open;
    *alarm = deadlines.at(deadline, [weak = std::weak_ptr(exchange)] {
        if (const auto late = weak.lock()) late->give_up(Fault::timed_out);
    });
    return exchange;
}

void FencedTransport::Core::connect(const std::shared_ptr<Exchange>& exchange, const Resolver::Addresses& addresses) {
    if (exchange->is_finished()) return;
    if (addresses.empty()) return exchange->finish(Fault::unresolved);
    if (!may_connect_to_all(addresses, exchange->request())) return exchange->finish(Fault::not_allowed);
    exchange->set_addresses(addresses);
    sender->send(exchange);
}

FencedTransport::FencedTransport(std::shared_ptr<Sender> sender, std::shared_ptr<Resolver> resolver)
    : core_(std::make_shared<Core>(std::move(sender))), resolver_(std::move(resolver)) {}

FencedTransport::~FencedTransport() {
    decltype(core_->under_way) left;
    {
        const std::lock_guard lock(core_->mutex);
        left = core_->under_way;
    }
    for (const auto& [number, exchange] : left) exchange->give_up(Fault::cancelled);
}

FhirTransport::Cancel FencedTransport::get(Request request, Done done) {
    if (!may_be_asked(request)) return refuse(Fault::not_allowed, done);
    if (request.deadline <= Clock::now()) return refuse(Fault::timed_out, done);
    const auto exchange = core_->enrol(std::move(request), std::move(done));
    const auth::Url& url = exchange->request().url;
    if (url.has_ip_address()) {
        core_->connect(exchange, {url.host});
    } else {
        resolver_->resolve(url.host, [core = std::weak_ptr(core_), exchange](const Resolver::Addresses& addresses) {
            if (const auto self = core.lock()) self->connect(exchange, addresses);
        });
    }
    return [weak = std::weak_ptr(exchange)] {
        if (const auto cancelled = weak.lock()) cancelled->give_up(Fault::cancelled);
    };
}

std::size_t FencedTransport::open_connections() const { return core_->open; }

}  // namespace rectal_cds::fetch
