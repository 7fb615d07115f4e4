#include "cases/one_change.hpp"

#include <chrono>
#include <set>
#include <stdexcept>

#include "base/date.hpp"
#include "cases/golden_case.hpp"
#include "support/example_requests.hpp"
#include "support/hook_call.hpp"
#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::testing {

namespace {

using Entries = std::vector<std::string>;  // Bundle.entry, as JSON

json::Document parsed(const std::string& request) {
    auto document = json::Document::parse(request);
    if (!document) throw std::runtime_error("A request that is JSON is expected.");
    return std::move(document).value();
}

// Those of the key whose resource has none of the codes.
Entries entries_without(const std::string& request, const std::string& key,
                        const std::set<std::string, std::less<>>& codes) {
    const json::Document document = parsed(request);
    Entries kept;
    for (const json::Value entry : document.root()["prefetch"][key]["entry"].elements()) {
        bool is_meant = false;
        for (const json::Value coding : entry["resource"]["code"]["coding"].elements())
            is_meant = is_meant || codes.count(coding["code"].text()) != 0;
        json::Writer writer;
        if (!is_meant) kept.push_back(writer.value(entry).take());
    }
    return kept;
}

std::string with_entries(const std::string& request, const std::string& key, const Entries& entries) {
    std::string list;
    for (const std::string& entry : entries) list += (list.empty() ? "" : ",") + entry;
    return with(request, "/prefetch/" + key,
                R"({"resourceType":"Bundle","type":"searchset","total":)" + std::to_string(entries.size()) +
                    R"(,"entry":[)" + list + "]}");
}

// With one more resource, about the patient of the request; `members` are those beside type, id and subject.
std::string with_one_more(const std::string& request, const std::string& key, const std::string& type,
                          const std::string& members) {
    Entries entries = entries_without(request, key, {});
    const json::Document document = parsed(request);
    const std::string patient(document.root()["context"]["patientId"].text());
    entries.push_back(R"({"resource":{"resourceType":")" + type +
                      R"(","id":"one-change","subject":{"reference":"Patient/)" + patient + R"("},)" + members + "}}");
    return with_entries(request, key, entries);
}

std::string with_result(const std::string& request, const std::string& today, const std::string& system,
                        const std::string& code, const std::string& value) {
    return with_one_more(request, "observations", "Observation",
                         R"("status":"final","effectiveDateTime":")" + today + R"(","code":{"coding":[{"system":")" +
                             system + R"(","code":")" + code + R"("}]},)" + value);
}

constexpr const char* loinc = "http://loinc.org";
constexpr const char* own = "https://rectal-cds.example/fhir/CodeSystem/rectal-cds";

constexpr const char* observations = "observations";
constexpr const char* procedures = "procedures";
constexpr const char* requests = "medicationRequests";
constexpr const char* administrations = "medicationAdministrations";
constexpr const char* orders = "serviceRequests";
constexpr const char* reports = "diagnosticReports";
constexpr const char* allergies = "allergies";
constexpr const char* conditions = "conditions";

std::string as_it_is(const std::string& request, const std::string&) { return request; }

std::string dead(const std::string& request, const std::string&) {
    return with(request, "/prefetch/patient/deceasedBoolean", "true");
}

std::string seventeen(const std::string& request, const std::string& today) {
    const std::string born = std::to_string(std::stoi(today.substr(0, 4)) - 18) + "-12-31";
    return with(request, "/prefetch/patient/birthDate", '"' + born + '"');
}

std::string without_birth_date(const std::string& request, const std::string&) {
    return without(request, "/prefetch/patient/birthDate");
}

std::string primary_refuted(const std::string& request, const std::string&) {
    return with_entries(request, "conditions", entries_without(request, "conditions", {"C20", "254582000"}));
}

// Neither metastases nor a statement on them.
std::string without_m(const std::string& request, const std::string&) {
    const std::string changed =
        with_entries(request, "conditions", entries_without(request, "conditions", {"C78.7", "94381002"}));
    return with_entries(changed, "observations", entries_without(changed, "observations", {"21907-1", "399387003"}));
}

std::string m0(const std::string& request, const std::string& today) {
    return with_result(without_m(request, today), today, loinc, "21907-1", R"("valueCodeableConcept":{"text":"cM0"})");
}

std::string hospice(const std::string& request, const std::string& today) {
    return with_result(request, today, own, "hospice-enrolment",
                       R"("valueCodeableConcept":{"coding":[{"system":")" + std::string(own) +
                           R"(","code":"enrolled"}]})");
}

std::string perforation(const std::string& request, const std::string&) {
    return with_one_more(
        request, "conditions", "Condition",
        R"("clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},)"
        R"("code":{"coding":[{"system":"http://snomed.info/sct","code":"51875005"}]})");
}

std::string ecog_4(const std::string& request, const std::string& today) {
    return with_result(request, today, loinc, "89247-1", R"("valueInteger":4)");
}

std::string kras_mutant(const std::string& request, const std::string& today) {
    return with_result(request, today, loinc, "21702-6", R"("valueString":"p.G12D")");
}

std::string braf_mutant(const std::string& request, const std::string& today) {
    return with_result(request, today, loinc, "58483-9", R"("valueString":"p.V600E")");
}

std::string msi_high(const std::string& request, const std::string& today) {
    return with_result(request, today, loinc, "43368-0", R"("valueString":"MSI-H")");
}

std::string worsened(const std::string& request, const std::string& today) {
    return with_result(request, today, loinc, "97509-4",
                       R"("valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"271299001"}]})");
}

std::string no_therapy(const std::string& request, const std::string&) {
    return with_entries(with_entries(request, "medicationRequests", {}), "medicationAdministrations", {});
}

std::string stage_iv_for_60_days(const std::string& request, const std::string& today) {
    const base::Day then = base::parse_day(today).value() - std::chrono::days(60);
    return with_result(request, base::iso(then), loinc, "21907-1", R"("valueCodeableConcept":{"text":"cM1a"})");
}

bool is_for_orders(const std::string& request) { return parsed(request).root()["context"]["draftOrders"].exists(); }

// Every draft is selected.
std::string at_order_select(const std::string& request, const std::string&) {
    if (!is_for_orders(request)) return request;
    std::string selections;
    const json::Document document = parsed(request);
    for (const json::Value entry : document.root()["context"]["draftOrders"]["entry"].elements()) {
        const json::Value draft = entry["resource"];
        selections += (selections.empty() ? "\"" : ",\"") + std::string(draft["resourceType"].text()) + "/" +
                      std::string(draft["id"].text()) + '"';
    }
    return with(with(request, "/hook", R"("order-select")"), "/context/selections", '[' + selections + ']');
}

std::string at_order_sign(const std::string& request, const std::string&) {
    if (!is_for_orders(request)) return request;
    const std::string changed = with(request, "/hook", R"("order-sign")");
    return parsed(request).root()["context"]["selections"].exists() ? without(changed, "/context/selections") : changed;
}

// One more entry is said to exist than was delivered.
template <const char* const& key> std::string in_part(const std::string& request, const std::string&) {
    const std::size_t count = entries_without(request, key, {}).size();
    return with(request, std::string("/prefetch/") + key + "/total", std::to_string(count + 1));
}

std::string unreadable(const std::string& request, const char* key) {
    return with(request, std::string("/prefetch/") + key,
                R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"exception"}]})");
}

template <const char* const& key> std::string unread(const std::string& request, const std::string&) {
    return unreadable(request, key);
}

}  // namespace

const std::vector<Change>& one_changes() {
    static const std::vector<Change> changes{{"as it is", as_it_is},
                                             {"dead", dead},
                                             {"aged 17", seventeen},
                                             {"no birth date", without_birth_date},
                                             {"no rectal cancer", primary_refuted},
                                             {"M0", m0},
                                             {"M not stated", without_m},
                                             {"hospice", hospice},
                                             {"perforation", perforation},
                                             {"ECOG 4", ecog_4},
                                             {"also KRAS mutant", kras_mutant},
                                             {"also BRAF V600E", braf_mutant},
                                             {"also MSI-H", msi_high},
                                             {"worsened", worsened},
                                             {"nothing given", no_therapy},
                                             {"stage IV for 60 days", stage_iv_for_60_days},
                                             {"at order-select", at_order_select},
                                             {"at order-sign", at_order_sign},
                                             {"in part: conditions", in_part<conditions>},
                                             {"in part: observations", in_part<observations>},
                                             {"unread: conditions", unread<conditions>},
                                             {"unread: observations", unread<observations>},
                                             {"unread: procedures", unread<procedures>},
                                             {"unread: medication requests", unread<requests>},
                                             {"unread: administrations", unread<administrations>},
                                             {"unread: service requests", unread<orders>},
                                             {"unread: reports", unread<reports>},
                                             {"unread: allergies", unread<allergies>}};
    return changes;
}

std::string answered(const fhir::Knowledge& knowledge, const std::string& request, const std::string& today,
                     const std::string& id) {
    const json::Document document = parsed(request);
    const CallResult result = call(knowledge, document.root(), today, true);
    if (result.status != 200) return std::to_string(result.status);
    const json::Document answer = parsed(result.body);
    const auto fired = indicators(answer.root());
    if (const auto found = fired.find(id); found != fired.end()) return found->second;
    const std::string truth = applies(answer.root(), id);
    return truth.empty() ? "-" : truth == "yes" ? "yields" : truth;
}

std::string first_case(const std::string& id, const std::string& verdict) {
    for (const GoldenCase& golden : golden_cases()) {
        if (golden.recommendation == id && golden.verdict() == verdict) return read_text(golden.folder / "case.json");
    }
    throw std::runtime_error("There is no case in which " + id + " is " + verdict + ".");
}

}  // namespace rectal_cds::testing
