#include "fetch/transport.hpp"

#include <utility>

#include "fetch/fenced_transport.hpp"
#include "fetch/resolver.hpp"

namespace rectal_cds::fetch {

using cdshooks::FetchFailure;

const char* name(Fault fault) {
    switch (fault) {
    case Fault::none: return "none";
    case Fault::not_allowed: return "not_allowed";
    case Fault::timed_out: return "timed_out";
    case Fault::cancelled: return "cancelled";
    case Fault::unresolved: return "unresolved";
    case Fault::unreachable: return "unreachable";
    case Fault::connection_lost: return "connection_lost";
    case Fault::tls: return "tls";
    case Fault::too_large: return "too_large";
    case Fault::malformed: return "malformed";
    }
    return "none";
}

std::optional<TransportKind> transport_kind(std::string_view name) {
    if (name == "cpprest") return TransportKind::cpprest;
    if (name == "beast") return TransportKind::beast;
    return std::nullopt;
}

base::Result<std::shared_ptr<FhirTransport>> make_transport(TransportKind kind, const TransportOptions& options) {
    auto trust = TrustStore::load(options.ca_file);
    if (!trust) return trust.error();
    auto sender = kind == TransportKind::beast ? make_beast_sender(*trust.value(), options.threads)
                                               : make_cpprest_sender(std::move(trust).value());
    auto resolver = options.resolver ? options.resolver : std::make_shared<Resolver>();
    return std::shared_ptr<FhirTransport>(std::make_shared<FencedTransport>(std::move(sender), std::move(resolver)));
}

namespace {

FetchFailure failure_of(int status) {
    if (status == 200) return FetchFailure::none;
    if (status == 401 || status == 403) return FetchFailure::refused;
    if (status == 404 || status == 410) return FetchFailure::not_found;
    if (status == 429 || (status >= 500 && status < 600)) return FetchFailure::overloaded;
    return FetchFailure::not_fhir;
}

}  // namespace

FetchFailure failure_of(const Answer& answer) {
    switch (answer.fault) {
    case Fault::none: return failure_of(answer.status);
    case Fault::not_allowed: return FetchFailure::not_allowed;
    case Fault::timed_out: return FetchFailure::timed_out;
    case Fault::cancelled: return FetchFailure::not_attempted;
    case Fault::unresolved:
    case Fault::unreachable:
    case Fault::connection_lost:
    case Fault::tls: return FetchFailure::unreachable;
    case Fault::too_large: return FetchFailure::too_large;
    case Fault::malformed: return FetchFailure::not_fhir;
    }
    return FetchFailure::not_fhir;
}

}  // namespace rectal_cds::fetch
