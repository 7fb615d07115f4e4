#include "cohort/patient_call.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "cdshooks/request.hpp"
#include "cdshooks/uuid.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cohort {

namespace {

auto order_of(const Piece& piece) { return std::tie(piece.kind, piece.id, piece.updated, piece.text, piece.full_url); }

// Sorts, and leaves one copy of each id: the latest. Answers how many other copies were left out.
std::size_t keep_latest(std::vector<Piece>& pieces) {
    std::sort(pieces.begin(), pieces.end(),
              [](const Piece& one, const Piece& other) { return order_of(one) < order_of(other); });
    std::size_t other_copies = 0;
    std::vector<Piece> kept;
    for (const Piece& piece : pieces) {
        const bool is_copy =
            !piece.id.empty() && !kept.empty() && kept.back().kind == piece.kind && kept.back().id == piece.id;
        if (is_copy && kept.back().text != piece.text) ++other_copies;
        if (is_copy)
            kept.back() = piece;
        else
            kept.push_back(piece);
    }
    pieces = std::move(kept);
    return other_copies;
}

// One request, while it is written.
class Body {
public:
    Body(const std::vector<Piece>& pieces, const CallRules& rules, bool is_incomplete)
        : pieces_(pieces), rules_(rules), is_incomplete_(is_incomplete) {}

    // `medications`: encoded pieces that nobody owns.
    std::string write(std::string_view patient, const std::vector<std::string>& medications) {
        writer_.begin_object().member("hook", cdshooks::name(rules_.hook));
        writer_.member("hookInstance", cdshooks::UuidSource({hash_of(patient), 0}).next());
        if (!rules_.fhir_base.empty()) writer_.member("fhirServer", rules_.fhir_base);
        writer_.key("context").begin_object().member("userId", "Practitioner/cohort").member("patientId", patient);
        if (rules_.hook != domain::Hook::patient_view) write_drafts();
        writer_.end_object().key("prefetch").begin_object();
        for (std::uint8_t kind = 0; kind < domain::input_count; ++kind) write_input(kind, medications);
        writer_.end_object().end_object();
        return writer_.take();
    }

private:
    void begin_bundle(const char* type) {
        writer_.begin_object().member("resourceType", "Bundle").member("type", type);
    }

    void write_entry(const Piece& piece, const char* mode) {
        writer_.begin_object();
        if (!piece.full_url.empty()) writer_.member("fullUrl", piece.full_url);
        writer_.key("resource").verbatim(piece.text);
        if (mode) writer_.key("search").begin_object().member("mode", mode).end_object();
        writer_.end_object();
    }

    void write_drafts() {
        writer_.key("draftOrders");
        begin_bundle("collection");
        writer_.key("entry").begin_array();
        for (const Piece& piece : pieces_) {
            if (piece.is_draft) write_entry(piece, nullptr);
        }
        writer_.end_array().end_object();
    }

    void write_input(std::uint8_t kind, const std::vector<std::string>& medications) {
        const auto input = static_cast<domain::Input>(kind);
        if (rules_.held[kind] == Held::unreadable) return write_failure(domain::name(input));
        if (input == domain::Input::patient) return write_patient();
        if (!rules_.is_exported[kind]) return;
        writer_.key(domain::name(input));
        begin_bundle("searchset");
        if (is_incomplete_ || rules_.held[kind] == Held::in_part) write_next_page();
        writer_.key("entry").begin_array();
        for (const Piece& piece : pieces_) {
            if (piece.kind == kind && !piece.is_draft) write_entry(piece, nullptr);
        }
        if (input == domain::Input::medication_requests) write_medications(medications);
        writer_.end_array().end_object();
    }

    // As a server answers a search that failed: what would be there is unknown.
    void write_failure(const char* key) {
        writer_.key(key).begin_object().member("resourceType", "OperationOutcome").key("issue").begin_array();
        writer_.begin_object().member("severity", "error").member("code", "exception").end_object();
        writer_.end_array().end_object();
    }

    void write_patient() {
        for (const Piece& piece : pieces_) {
            if (piece.kind != 0) continue;
            writer_.key("patient");
            if (piece.full_url.empty()) {
                writer_.verbatim(piece.text);
                return;
            }
            begin_bundle("searchset");
            writer_.key("entry").begin_array();
            write_entry(piece, nullptr);
            writer_.end_array().end_object();
            return;
        }
    }

    void write_medications(const std::vector<std::string>& medications) {
        for (const Piece& piece : pieces_) {
            if (piece.kind == Piece::medication_kind) write_entry(piece, "include");
        }
        for (const std::string& bytes : medications) {
            std::string_view rest = bytes;
            if (const auto piece = decode(rest)) write_entry(*piece, "include");
        }
    }

    void write_next_page() {
        writer_.key("link").begin_array().begin_object().member("relation", "next").end_object().end_array();
    }

    const std::vector<Piece>& pieces_;
    const CallRules& rules_;
    bool is_incomplete_;
    json::Writer writer_;
};

std::vector<std::string> referenced(const std::vector<Piece>& pieces,
                                    const std::function<std::optional<std::string>(const std::string&)>& medication) {
    std::set<std::string> wanted;
    for (const Piece& piece : pieces) {
        if (!piece.medication.empty()) wanted.emplace(piece.medication);
    }
    for (const Piece& piece : pieces) {
        if (piece.kind == Piece::medication_kind) wanted.erase("Medication/" + std::string(piece.id));
    }
    std::vector<std::string> found;
    for (const std::string& reference : wanted) {
        if (auto bytes = medication(reference)) found.push_back(std::move(*bytes));
    }
    return found;
}

}  // namespace

PatientCall patient_call(std::string_view patient, std::vector<Piece> pieces, const CallRules& rules,
                         const std::function<std::optional<std::string>(const std::string&)>& medication) {
    PatientCall call;
    call.other_copies = keep_latest(pieces);
    for (const Piece& piece : pieces) {
        call.drafts += piece.is_draft ? 1 : 0;
        call.is_incomplete = call.is_incomplete || piece.kind == Piece::loss_kind;
    }
    call.body = Body(pieces, rules, call.is_incomplete).write(patient, referenced(pieces, medication));
    return call;
}

}  // namespace rectal_cds::cohort
