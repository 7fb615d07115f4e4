// Result<T>: a value, or an Error that says what was wrong and where. Bad input travels as a
// Result; exceptions are kept for broken programs.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace rectal_cds::base {

enum class ErrorKind {
    malformed,      // not JSON, not UTF-8, a duplicate key: HTTP 400
    invalid,        // well-formed, but a rule of the protocol or of a file format is broken: HTTP 400
    wrong_patient,  // a resource belongs to another patient than the context's: HTTP 400
    unsupported,    // another FHIR version: HTTP 422
    too_large,      // a limit was reached: HTTP 413
    not_found,      // unknown service or file: HTTP 404
    unobtainable,   // data that is needed could not be obtained: HTTP 412
    system          // the operating system refused (file, socket)
};

struct Error {
    ErrorKind kind = ErrorKind::invalid;
    std::string where;  // FHIRPath-like place: "context.draftOrders.entry[2].resource", or file + JSON path
    std::string what;   // a full sentence that says what was expected; never patient data
};

template <class T>
class Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    // Precondition: ok().
    T& value() & { return std::get<0>(state_); }
    const T& value() const& { return std::get<0>(state_); }
    T&& value() && { return std::get<0>(std::move(state_)); }
    // Precondition: !ok().
    const Error& error() const { return std::get<1>(state_); }

private:
    std::variant<T, Error> state_;
};

using Done = std::monostate;  // Result<Done>: an action that can only succeed or fail

}  // namespace rectal_cds::base
