// One call of a CDS service: read, fetch what is missing, judge, record, answer (cds-hooks.md 4 and 6, decisions.md 15).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "cdshooks/answer.hpp"
#include "cdshooks/prepared.hpp"
#include "cdshooks/respond.hpp"
#include "cdshooks/wire_profile.hpp"
#include "service/parts.hpp"

namespace rectal_cds::service {

class HookCalls {
public:
    using Shared = std::shared_ptr<Conversation>;
    using Finish = std::function<void(const Shared&, http::Response)>;

    // All outlive this.
    HookCalls(const Parts& parts, const Settings& settings, const Clocks& clocks, Finish finish)
        : parts_(parts), settings_(settings), clocks_(clocks), finish_(std::move(finish)) {}

    // `at_id`: the service of the address; null: the hook of the body picks it (discovery.hpp, service_at). `base_path`:
    // the wire version that the address asks for.
    void answer(const Shared& conversation, const fhir::Service* at_id, std::optional<cdshooks::WireVersion> base_path) const;

private:
    struct Judged;    // what of a call is needed once it has been judged
    struct Delivery;  // a judged answer on its way to the client
    using Access = std::variant<cdshooks::FhirAccess, fetch::Access, http::Response>;  // the first: why none

    cdshooks::Call make_call(const Conversation& conversation, const fhir::Service* at_id, std::optional<cdshooks::WireVersion> base_path) const;
    Access access(Conversation& conversation, cdshooks::Prepared& prepared) const;
    Access access_of_client(Conversation& conversation, const cdshooks::Prepared& prepared) const;
    void fetch(const Shared& conversation, std::shared_ptr<cdshooks::Prepared> prepared, fetch::Access access) const;
    void judge_fetched(const Shared& conversation, const std::shared_ptr<cdshooks::Prepared>& prepared, std::vector<cdshooks::Fetched> fetched) const;
    void judge(const Shared& conversation, cdshooks::Prepared prepared, std::vector<cdshooks::Fetched> fetched, cdshooks::FhirAccess access) const;
    void conclude(const Shared& conversation, cdshooks::Answer answer, const Judged* judged) const;
    std::string recorded_user(const std::string& user_id, const std::string& client) const;
    std::function<void()> record(const Conversation& conversation, cdshooks::Answer& answer, const Judged& judged) const;
    void note_decision(Conversation& conversation, domain::Hook hook, const cdshooks::Answer& answer) const;
    void count(const Conversation& conversation, const cdshooks::Answer& answer, const std::string& hook) const;

    const Parts& parts_;
    const Settings& settings_;
    const Clocks& clocks_;
    Finish finish_;
};

}  // namespace rectal_cds::service
