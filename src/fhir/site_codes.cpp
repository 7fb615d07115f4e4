#include "fhir/site_codes.hpp"

#include <optional>

#include "fhir/concept.hpp"
#include "fhir/knowledge.hpp"

namespace rectal_cds::fhir {

namespace {

using V = ValueSet;

Members sets_with_prefix(std::string_view prefix) {
    Members members;
    for (std::size_t i = 0; i < value_set_count; ++i) {
        if (std::string_view(id_of(static_cast<V>(i))).substr(0, prefix.size()) == prefix) members.set(i);
    }
    return members;
}

// Value sets of which a code may be in one only: answers to one question, and drugs.
const std::vector<Members>& alternatives() {
    static const std::vector<Members> all{
        sets_with_prefix("drug-"),
        sets_with_prefix("ctcae-grade-"),
        sets_with_prefix("metabolizer-"),
        set_of({V::result_positive, V::result_negative, V::result_none}),
        set_of({V::msi_high, V::msi_stable, V::msi_low}),
        set_of({V::ecog_0, V::ecog_1, V::ecog_2, V::ecog_3, V::ecog_4, V::ecog_5}),
        set_of({V::karnofsky_10, V::karnofsky_20, V::karnofsky_30, V::karnofsky_40, V::karnofsky_50, V::karnofsky_60,
                V::karnofsky_70, V::karnofsky_80, V::karnofsky_90, V::karnofsky_100}),
        set_of({V::t_category_t4b, V::t_category_other}),
        set_of({V::m_category_m0, V::m_category_m1}),
        set_of({V::stage_iv, V::stage_below_iv}),
        set_of({V::adenocarcinoma_histology, V::non_adenocarcinoma_histology}),
        set_of({V::disease_status_improved, V::disease_status_stable, V::disease_status_worsened, V::disease_status_undetermined}),
        set_of({V::resectable, V::potentially_resectable, V::unresectable}),
        set_of({V::primary_in_situ, V::primary_resected}),
        set_of({V::intent_curative, V::intent_palliative, V::intent_conversion}),
        set_of({V::rt_short_course, V::rt_long_course, V::rt_palliative}),
        set_of({V::pregnant, V::not_pregnant}),
        set_of({V::somatic, V::germline}),
        set_of({V::gene_kras, V::gene_nras, V::gene_braf, V::gene_erbb2, V::gene_dpyd, V::gene_ugt1a1}),
        set_of({V::mmr_protein_mlh1, V::mmr_protein_msh2, V::mmr_protein_msh6, V::mmr_protein_pms2}),
    };
    return all;
}

std::string named(const Members& members) {
    std::string names;
    for (std::size_t i = 0; i < value_set_count; ++i) {
        if (members.test(i)) names += (names.empty() ? "'" : "', '") + std::string(id_of(static_cast<V>(i)));
    }
    return names + "'";
}

bool is_known(const CodeBook& book, std::string_view system, std::string_view code) {
    const Membership found = book.look_up(system, code);
    return found.included.any() || found.excluded.any();
}

void check_alternatives(const Members& members, Faults& faults, const std::string& place) {
    for (const Members& group : alternatives()) {
        const Members both = members & group;
        if (both.count() > 1) faults.add(place, "A code with one meaning is expected; this one would stand for " + named(both) + ".");
    }
}

std::optional<ValueSet> set_with_url(std::string_view url) {
    const std::string base = std::string(canonical_base) + "/ValueSet/";
    return url.substr(0, base.size()) == base ? set_named(url.substr(base.size())) : std::nullopt;
}

// The set to which the site's codes are added: by the extension "adds-to", by our url, or by our id.
std::optional<ValueSet> target_of(json::Value root, Faults& faults) {
    const json::Value adds_to = find_extension(root, "adds-to");
    if (adds_to.exists()) {
        const auto set = set_with_url(adds_to["valueCanonical"].text());
        const std::string place = extension_place(root, "", structure_url("adds-to"), "valueCanonical");
        if (!set) faults.add(place, "The url of a value set of profiles/valuesets is expected.");
        return set;
    }
    const auto by_url = set_with_url(root["url"].text()), by_id = set_named(root["id"].text());
    if (by_url && by_id && *by_url != *by_id) {
        faults.add("url", "The url and the id of one value set are expected; these are of two.");
        return std::nullopt;
    }
    if (!by_url && !by_id) {
        faults.add("id", "The id or the url of a value set of profiles/valuesets is expected, or the extension '" +
                             structure_url("adds-to") + "' that names one.");
    }
    return by_url ? by_url : by_id;
}

void read_concepts(json::Value include, const std::string& place, ValueSet set, SiteCodes& codes, Faults& faults) {
    const json::Value concepts = include["concept"];
    const std::string_view system = include["system"].text();
    Membership membership;
    membership.included.set(static_cast<std::size_t>(set));
    for (std::size_t i = 0; i < concepts.size(); ++i) {
        const std::string here = member_place(element_place(member_place(place, "concept"), i), "code");
        const std::string_view code = trimmed(concepts.at(i)["code"].text());
        if (code.empty()) {
            faults.add(here, "A code is expected.");
        } else if (codes.book().look_up(system, code).excluded.test(static_cast<std::size_t>(set))) {
            faults.add(here, "Another code is expected: the value set excludes this one as a look-alike.");
        } else {
            codes.add(system, code, membership, faults, here);
        }
    }
}

void read_include(json::Value include, const std::string& place, std::optional<ValueSet> set, SiteCodes& codes, Faults& faults) {
    const bool has_system = !include["system"].text().empty();
    if (!has_system) faults.add(member_place(place, "system"), "A code system URI is expected.");
    for (const char* member : {"valueSet", "filter"}) {
        if (include[member].exists()) faults.add(member_place(place, member), "Nothing is expected here: a site lists its codes one by one.");
    }
    if (include["concept"].size() == 0) faults.add(member_place(place, "concept"), "At least one code is expected: a whole code system is too much.");
    if (set && has_system) read_concepts(include, place, *set, codes, faults);
}

}  // namespace

void check_site_resource(json::Value root, Faults& faults) {
    for (const char* member : {"implicitRules", "modifierExtension"}) {
        if (root[member].exists()) faults.add(member, "Nothing is expected here: it would change what the file means.");
    }
    if (root["status"].text() == "retired") faults.add("status", "A file that is not retired is expected.");
}

void SiteCodes::add(std::string_view system, std::string_view code, const Membership& membership, Faults& faults,
                    const std::string& place) {
    const std::string key = CodeBook::key(system, code);
    if (!is_known(book_, system, code)) foreign_.insert(key);
    added_.insert(key);
    const Membership now = book_.add(system, code, membership);
    check_alternatives(now.included & ~now.excluded, faults, place);
}

bool SiteCodes::is_ours(std::string_view system, std::string_view code) const {
    return is_known(book_, system, code) && foreign_.count(CodeBook::key(system, code)) == 0;
}

void read_site_value_set(const KnowledgeFile& file, SiteCodes& codes, std::vector<base::Error>& errors) {
    const Artefact artefact = open_resource(file, "ValueSet", errors);
    if (!artefact.root.exists()) return;
    Faults faults(file.path, errors);
    check_site_resource(artefact.root, faults);
    const auto set = target_of(artefact.root, faults);
    const json::Value compose = artefact.root["compose"], includes = compose["include"];
    if (compose["exclude"].exists()) faults.add("compose.exclude", "Nothing is expected here: a site adds codes and takes none away.");
    if (includes.size() == 0) faults.add("compose.include", "At least one code system with its codes is expected.");
    for (std::size_t i = 0; i < includes.size(); ++i) read_include(includes.at(i), element_place("compose.include", i), set, codes, faults);
}

}  // namespace rectal_cds::fhir
