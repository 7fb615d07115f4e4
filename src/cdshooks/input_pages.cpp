#include "cdshooks/input_pages.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

namespace rectal_cds::cdshooks {

using domain::Input;
using domain::Readability;
using domain::Shortfall;
using fhir::InputResources;

namespace {

// Issue codes that say access or time was lacking, so that "nothing found" is not known (decisions.md 8).
bool lacks_access(std::string_view code) {
    static constexpr std::array<std::string_view, 12> codes{"security",   "login",      "unknown",   "expired",
                                                            "forbidden",  "suppressed", "throttled", "timeout",
                                                            "incomplete", "too-costly", "transient", "exception"};
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

// An OperationOutcome that only remarks that nothing was found.
bool is_remark(json::Value outcome) {
    for (const json::Value issue : outcome["issue"].elements()) {
        const std::string_view severity = issue["severity"].text();
        if ((severity != "warning" && severity != "information") || lacks_access(issue["code"].text())) return false;
    }
    return outcome["issue"].size() > 0;
}

bool has_next_page(json::Value bundle) {
    for (const json::Value link : bundle["link"].elements()) {
        if (link["relation"].text() == "next") return true;
    }
    return false;
}

Shortfall shortfall_of(FetchFailure failure) {
    switch (failure) {
    case FetchFailure::none: return Shortfall::none;
    case FetchFailure::not_attempted: return Shortfall::not_attempted;
    case FetchFailure::not_allowed: return Shortfall::not_allowed;
    case FetchFailure::timed_out: return Shortfall::timed_out;
    case FetchFailure::unreachable: return Shortfall::unreachable;
    case FetchFailure::refused: return Shortfall::refused;
    case FetchFailure::not_found: return Shortfall::not_found;
    case FetchFailure::overloaded: return Shortfall::overloaded;
    case FetchFailure::not_fhir: return Shortfall::not_fhir;
    case FetchFailure::too_large: return Shortfall::too_large;
    case FetchFailure::circuit_open: return Shortfall::left_alone;
    }
    return Shortfall::not_attempted;
}

// The pages of one search as they come in, and what is known to be missing from them.
class Collection {
public:
    explicit Collection(Input input) : input_(input), type_(resource_type(input)) {}

    void add_bundle(json::Value bundle);
    // A page that is no Bundle, of those that the FHIR server returned.
    void add_fetched(json::Value page);
    void miss(Shortfall shortfall) {
        if (shortfall_ == Shortfall::none) shortfall_ = shortfall;
    }
    InputResources finish();
    bool ends_with_next_page() const { return has_next_page_; }

private:
    void add(json::Value resource);

    Input input_;
    std::string_view type_;
    std::vector<json::Value> found_;
    std::unordered_map<std::string_view, std::size_t> by_id_;
    std::int64_t matches_ = 0, announced_ = 0;
    bool has_next_page_ = false;
    bool has_failed_entry_ = false;
    Shortfall shortfall_ = Shortfall::none;
};

// A resource that comes twice, on two pages, is one: the later copy is the fresher one.
void Collection::add(json::Value resource) {
    const std::string_view id = resource["id"].text();
    if (!id.empty()) {
        const auto [known, is_new] = by_id_.emplace(id, found_.size());
        if (!is_new) {
            found_[known->second] = resource;
            return;
        }
    }
    found_.push_back(resource);
    ++matches_;
}

void Collection::add_bundle(json::Value bundle) {
    has_next_page_ = has_next_page(bundle);
    announced_ = std::max(announced_, bundle["total"].integer().value_or(0));
    if (bundle["entry"].exists() && !bundle["entry"].is_array()) miss(Shortfall::not_fhir);
    for (const json::Value entry : bundle["entry"].elements()) {
        const json::Value resource = entry["resource"];
        const std::string_view type = resource["resourceType"].text();
        if (type == "OperationOutcome" && !is_remark(resource)) {
            has_failed_entry_ = true;
            miss(Shortfall::reported_failed);
        }
        if (type.empty()) miss(Shortfall::not_fhir);
        if (type == type_ && entry["search"]["mode"].text() != "outcome") add(resource);
    }
}

// "200 with an OperationOutcome" is never "nothing found" (reliability.md 2.3).
void Collection::add_fetched(json::Value page) {
    const std::string_view type = page["resourceType"].text();
    if (type == "Bundle") return add_bundle(page);
    has_next_page_ = false;
    if (type == type_ && input_ == Input::patient) return add(page);
    has_failed_entry_ = true;
    miss(type == "OperationOutcome" ? Shortfall::reported_failed : Shortfall::not_fhir);
}

InputResources Collection::finish() {
    if (has_next_page_ || announced_ > matches_) miss(Shortfall::pages_missing);
    InputResources result{Readability::complete, shortfall_, std::move(found_)};
    if (shortfall_ != Shortfall::none) result.readability = Readability::incomplete;
    if (result.resources.empty() && has_failed_entry_) result.readability = Readability::unreadable;
    return result;
}

InputResources unreadable(Shortfall shortfall) { return {Readability::unreadable, shortfall, {}}; }

// Under a key that is not open.
InputResources read_delivered(const InputPages& pages) {
    if (pages.delivered.is_null()) return {};
    const std::string_view type = pages.delivered["resourceType"].text();
    if (type == "OperationOutcome") {
        return is_remark(pages.delivered) ? InputResources{} : unreadable(Shortfall::reported_failed);
    }
    // One resource answers a read; where a search was asked for, it cannot be the whole of it.
    if (type != "Bundle") {
        const bool is_read = pages.input == Input::patient;
        return {is_read ? Readability::complete : Readability::incomplete,
                is_read ? Shortfall::none : Shortfall::pages_missing,
                {pages.delivered}};
    }
    Collection collection(pages.input);
    collection.add_bundle(pages.delivered);
    if (collection.ends_with_next_page() && pages.fetched) {
        const Fetched& more = *pages.fetched;
        if (more.failure != FetchFailure::none) collection.miss(shortfall_of(more.failure));
        for (const json::Document& page : more.pages) collection.add_fetched(page.root());
        if (more.is_incomplete) collection.miss(Shortfall::pages_missing);
    }
    return collection.finish();
}

InputResources read_fetched(const InputPages& pages) {
    if (!pages.is_obtainable) return unreadable(Shortfall::value_missing);
    if (!pages.fetched) return unreadable(Shortfall::not_attempted);
    const Fetched& fetched = *pages.fetched;
    if (fetched.failure != FetchFailure::none) return unreadable(shortfall_of(fetched.failure));
    if (fetched.pages.empty()) return unreadable(Shortfall::not_fhir);
    Collection collection(pages.input);
    for (const json::Document& page : fetched.pages) collection.add_fetched(page.root());
    if (fetched.is_incomplete) collection.miss(Shortfall::pages_missing);
    return collection.finish();
}

InputState state_of(const InputResources& resources, bool is_absent) {
    switch (resources.readability) {
    case Readability::complete: return resources.resources.empty() ? InputState::empty : InputState::present;
    case Readability::incomplete: return InputState::incomplete;
    case Readability::not_asked: return InputState::not_asked;
    case Readability::unreadable: break;
    }
    return is_absent ? InputState::absent : InputState::unreadable;
}

}  // namespace

std::string_view resource_type(Input input) {
    static constexpr std::array<std::string_view, domain::input_count> types{
        "Patient",        "Condition",         "Observation",
        "Procedure",      "MedicationRequest", "MedicationAdministration",
        "ServiceRequest", "DiagnosticReport",  "AllergyIntolerance"};
    return types[static_cast<std::size_t>(input)];
}

bool is_open(json::Value delivered, Input input) {
    if (delivered.is_null()) return false;
    const std::string_view type = delivered["resourceType"].text();
    return type != "Bundle" && type != "OperationOutcome" && type != resource_type(input);
}

std::string_view next_page(json::Value bundle) {
    for (const json::Value link : bundle["link"].elements()) {
        if (link["relation"].text() != "next") continue;
        const std::string_view url = link["url"].text();
        if (url.substr(0, 8) == "https://" || url.substr(0, 7) == "http://") return url;
    }
    return {};
}

std::vector<json::Value> resources_of(json::Value page) {
    if (page["resourceType"].text() != "Bundle") return {page};
    std::vector<json::Value> resources;
    for (const json::Value entry : page["entry"].elements()) resources.push_back(entry["resource"]);
    return resources;
}

InputRead read_input(const InputPages& pages, FhirAccess access) {
    InputRead read;
    if (pages.fetched) read.report = {InputState::not_asked, true, pages.fetched->failure};
    const bool open = is_open(pages.delivered, pages.input);
    if (!open) {
        read.resources = read_delivered(pages);
    } else if (access == FhirAccess::possible) {
        read.resources = read_fetched(pages);
    } else {
        read.resources = unreadable(pages.delivered.exists() ? Shortfall::not_fhir : Shortfall::not_supplied);
    }
    const bool is_absent = !pages.delivered.exists() && !read.report.is_fetched;
    read.report.state = state_of(read.resources, is_absent);
    return read;
}

}  // namespace rectal_cds::cdshooks
