#include "fhir/knowledge.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "fhir/knowledge_approval.hpp"
#include "fhir/knowledge_discovery.hpp"
#include "fhir/knowledge_files.hpp"
#include "fhir/knowledge_formats.hpp"
#include "fhir/knowledge_governance.hpp"
#include "fhir/knowledge_libraries.hpp"
#include "fhir/knowledge_profiles.hpp"
#include "fhir/knowledge_wording.hpp"
#include "fhir/read_order.hpp"
#include "fhir/read_plan.hpp"
#include "guideline/judge.hpp"

namespace rectal_cds::fhir {

using base::Error;
using guideline::Recommendation;

namespace {

template <class Records> std::vector<std::string> keys_of(const Records& records) {
    std::vector<std::string> keys;
    keys.reserve(records.size());
    for (const auto& [key, unused] : records) keys.push_back(key);
    return keys;
}

template <class Records> auto find_by_id(const Records& records, std::string_view id) {
    const auto found =
        std::find_if(records.begin(), records.end(), [&](const auto& record) { return record.id == id; });
    return found == records.end() ? nullptr : &*found;
}

// Reads the files in the order in which they need each other.
class KnowledgeReader {
public:
    KnowledgeReader(const std::vector<KnowledgeFile>& files, std::vector<Error>& errors)
        : files_(files, errors), errors_(errors) {}

    Knowledge read() {
        const std::size_t before = errors_.size();
        into_.codes = read_value_sets(files_, errors_);
        codes_are_sound_ = errors_.size() == before;
        check_profiles(files_, errors_);
        read_lists();
        read_orders();
        read_regimens();
        read_plans();
        sort_by_topic();
        read_governance();
        read_services();
        read_template();
        settle_references();
        settle_version();
        return std::move(into_);
    }

private:
    // A resource of hooks/; its root is missing when it is not that.
    Artefact open(const KnowledgeFile& file, const char* type) {
        Artefact resource = open_resource(file, type, errors_);
        Faults faults(file.path, errors_);
        check_figures(resource.root, "", faults);
        return resource;
    }

    // A resource of which there is one; without root also when it is missing.
    Artefact open_single(FileKind kind, const char* type, const Shape& shape) {
        const KnowledgeFile* file = files_.single(kind);
        if (!file) return {};
        Artefact resource = open(*file, type);
        Faults faults(file->path, errors_);
        check_resource(resource, shape, faults);
        return resource;
    }

    void read_lists() {
        const Artefact vocabulary = open_single(FileKind::vocabulary, "Library", vocabulary_shape());
        Faults vocabulary_faults(vocabulary.path, errors_);
        check_vocabulary(vocabulary, vocabulary_faults);

        const Artefact evidence = open_single(FileKind::evidence, "Library", evidence_shape());
        Faults evidence_faults(evidence.path, errors_);
        evidence_ = read_evidence(evidence, evidence_faults);
        evidence_is_sound_ = evidence.sound;

        const Artefact reasons = open_single(FileKind::override_reasons, "CodeSystem", code_system_shape());
        Faults reason_faults(reasons.path, errors_);
        into_.override_reasons = read_override_reasons(reasons, reason_faults);
        reasons_are_sound_ = reasons.sound;

        const Artefact claims = open_single(FileKind::source_claims, "CodeSystem", code_system_shape());
        Faults claim_faults(claims.path, errors_);
        into_.governance.source_claims = read_source_claims(claims, claim_faults);
        claims_are_sound_ = claims.sound;
    }

    void define(const std::string& canonical, const Artefact& definition) {
        defined_[canonical] = {definition.path, base::parse_day(definition.root["date"].text()).value_or(base::Day{})};
    }

    void read_orders() {
        for (const KnowledgeFile* file : files_.all(FileKind::order)) {
            Artefact definition = open(*file, "ActivityDefinition");
            Faults faults(file->path, errors_);
            auto order = read_order(definition, codes_are_sound_ ? &into_.codes : nullptr, faults);
            define(order_canonical(definition.id), definition);
            if (!order) continue;
            into_.orders.emplace(definition.id, std::move(*order));
            into_.documents.push_back(definition.document);
        }
    }

    void read_regimens() {
        for (const KnowledgeFile* file : files_.all(FileKind::regimen)) {
            const std::size_t before = errors_.size();
            Artefact regimen = open(*file, "PlanDefinition");
            Faults faults(file->path, errors_);
            regimens_[regimen.id] = read_regimen(regimen, definitions_, faults);
            define(regimen_canonical(regimen.id), regimen);
            if (!regimen.sound) mention_definitions(file->text);
            a_use_is_lost_ = a_use_is_lost_ || loses_a_use(errors_, before, file->path);
        }
    }

    void read_plans() {
        const PlanSurroundings around{evidence_,    into_.orders, regimens_, citations_,
                                      definitions_, overrides_,   claims_};
        const std::size_t before_plans = errors_.size();
        for (const KnowledgeFile* file : files_.all(FileKind::plan)) {
            const std::size_t before = errors_.size();
            Artefact plan = open(*file, "PlanDefinition");
            Faults faults(file->path, errors_);
            auto recommendation = read_plan(plan, around, faults);
            plan_paths_[plan.id] = file->path;
            titles_[plan.id] = recommendation ? recommendation->title : "";
            plans_are_sound_ = plans_are_sound_ && plan.sound;
            if (!plan.sound) mention_definitions(file->text);
            a_use_is_lost_ = a_use_is_lost_ || loses_a_use(errors_, before, file->path);
            if (!recommendation) continue;
            check_approval_covers(defined_, *recommendation, file->text, faults);
            into_.recommendations.push_back(std::move(*recommendation));
        }
        plans_are_known_ = errors_.size() == before_plans;
    }

    // A file that could not be read whole still names what it needs.
    void mention_definitions(const std::string& text) {
        for (std::size_t at = 0; (at = text.find(canonical_base, at)) != std::string::npos;
             at += canonical_base.size()) {
            definitions_.mention(std::string_view(text).substr(at, text.find('"', at) - at));
        }
    }

    void sort_by_topic() {
        const Artefact code_system = open_single(FileKind::topics, "CodeSystem", code_system_shape());
        if (!code_system.root.exists()) return;
        Faults faults(code_system.path, errors_);
        const std::size_t before = errors_.size();
        const Topics topics = read_topics(code_system, titles_, faults);
        plans_are_known_ = plans_are_known_ && errors_.size() == before;
        a_use_is_lost_ = a_use_is_lost_ || topics.plan_missing;
        const auto rank = [&](const Recommendation& r) {
            return std::find(topics.plans.begin(), topics.plans.end(), r.id);
        };
        std::stable_sort(into_.recommendations.begin(), into_.recommendations.end(),
                         [&](const Recommendation& a, const Recommendation& b) { return rank(a) < rank(b); });
    }

    void read_governance() {
        Governance& governance = into_.governance;
        const Artefact watch_list = open_single(FileKind::watch_list, "Library", watch_list_shape());
        Faults watch_faults(watch_list.path, errors_);
        governance.watch_list = read_watch_list(watch_list, evidence_, plan_names_, citations_, watch_faults);

        const Artefact notes = open_single(FileKind::review_notes, "Library", review_notes_shape());
        Faults note_faults(notes.path, errors_);
        read_review_notes(governance, notes, plan_names_, note_faults);

        governance.golden_cases = read_golden_cases(files_, plan_names_, into_.documents, errors_);
        governance.weak_codes = read_weak_codes(files_);
        if (const KnowledgeFile* log = files_.single(FileKind::change_log)) governance.change_log = log->text;
    }

    void read_services() {
        for (const domain::Hook hook :
             {domain::Hook::patient_view, domain::Hook::order_select, domain::Hook::order_sign}) {
            const KnowledgeFile* file = files_.single(static_cast<FileKind>(hook));
            if (!file) continue;
            const Artefact entry = open_file(*file, errors_);
            Faults faults(file->path, errors_);
            check_figures(entry.root, "", faults);
            auto service = read_discovery(entry, hook, faults);
            if (!service) continue;
            const auto is_for_hook = [&](const Recommendation& r) { return guideline::is_for(r, hook); };
            const bool is_used = std::any_of(into_.recommendations.begin(), into_.recommendations.end(), is_for_hook);
            if (!is_used && plans_are_sound_) faults.add("hook", "A recommendation with this trigger is expected.");
            into_.services.push_back(std::move(*service));
            into_.documents.push_back(entry.document);
        }
    }

    void read_template() {
        const KnowledgeFile* file = files_.single(FileKind::card_template);
        if (!file) return;
        into_.card_template = file->text;
        if (!shows_untraced_figure(file->text)) return;
        Faults(file->path, errors_).add("", "A text without the range 17.5 to 22.5 % is expected.");
    }

    void settle(References& used, FileKind kind, bool is_sound, const std::vector<std::string>& defined,
                const char* what) {
        const KnowledgeFile* file = files_.single(kind);
        const bool has_nameless = std::find(defined.begin(), defined.end(), "") != defined.end();
        if (!file || has_nameless || (!is_sound && defined.empty())) return;
        if (!is_sound) used.forgive_names_in(file->text);
        used.report_undefined(defined, what, errors_);
    }

    void settle_references() {
        const std::vector<std::string> defined = keys_of(defined_);
        definitions_.report_undefined(defined, "The canonical of an order or regimen", errors_);
        settle(citations_, FileKind::evidence, evidence_is_sound_, keys_of(evidence_),
               "The key of a work in evidence.json");
        settle(overrides_, FileKind::override_reasons, reasons_are_sound_, keys_of(into_.override_reasons),
               "The code of an override reason");
        std::vector<std::string> claims;
        for (const SourceClaim& claim : into_.governance.source_claims) claims.push_back(claim.code);
        settle(claims_, FileKind::source_claims, claims_are_sound_, claims, "The code of a claim in seed-claim.json");
        if (plans_are_known_) plan_names_.report_undefined(keys_of(titles_), "The id of a recommendation", errors_);
        if (a_use_is_lost_) return;
        for (const std::string& canonical : definitions_.unused(defined)) {
            Faults(defined_[canonical].path, errors_)
                .add("url", "A recommendation or regimen that refers to this is expected; there is none.");
        }
    }

    // All plans share one version: that of most of them.
    void settle_version() {
        std::map<std::string, std::size_t> plans;
        for (const Recommendation& r : into_.recommendations) {
            if (!r.version.empty() && ++plans[r.version] > plans[into_.version]) into_.version = r.version;
            into_.date = std::max(into_.date, r.date);
        }
        for (const Recommendation& r : into_.recommendations) {
            if (r.version.empty() || r.version == into_.version) continue;
            Faults(plan_paths_[r.id], errors_)
                .add("version", "The version that the plans share is expected: '" + into_.version + "'.");
        }
    }

    KnowledgeFiles files_;
    std::vector<Error>& errors_;
    Knowledge into_;

    bool codes_are_sound_ = false;
    bool evidence_is_sound_ = false;
    bool reasons_are_sound_ = false;
    bool claims_are_sound_ = false;
    bool plans_are_known_ = false;  // no fault in the plans or their topics: every id of theirs is right
    bool plans_are_sound_ = true;
    bool a_use_is_lost_ = false;  // of an order or regimen, by a fault that has been reported

    std::unordered_map<std::string, guideline::Citation> evidence_;
    Regimens regimens_;
    std::map<std::string, std::string> titles_;      // of the plans, by id
    std::map<std::string, std::string> plan_paths_;  // by id
    Definitions defined_;
    References citations_, definitions_, overrides_, claims_, plan_names_;
};

}  // namespace

const Service* Knowledge::service(std::string_view id) const { return find_by_id(services, id); }

const Recommendation* Knowledge::recommendation(std::string_view id) const { return find_by_id(recommendations, id); }

Knowledge read_knowledge(const std::vector<KnowledgeFile>& files, std::vector<Error>& errors) {
    const auto first = static_cast<std::ptrdiff_t>(errors.size());
    Knowledge knowledge = KnowledgeReader(files, errors).read();
    const auto file_of = [](const Error& error) {
        return std::string_view(error.where).substr(0, error.where.find(": "));
    };
    std::stable_sort(errors.begin() + first, errors.end(),
                     [&](const Error& a, const Error& b) { return file_of(a) < file_of(b); });
    return knowledge;
}

}  // namespace rectal_cds::fhir
