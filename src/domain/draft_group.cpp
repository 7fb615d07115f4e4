#include "domain/draft_group.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace rectal_cds::domain {

namespace {

struct Group {
    std::string_view name;
    bool (*drug)(Drug);  // null for services
    Intervention::Kind service = Intervention::kind_count;
};

template <Drug drug>
bool is(Drug d) {
    return d == drug;
}
bool anti_egfr(Drug d) { return is_anti_egfr(d); }
bool checkpoint_inhibitor(Drug d) { return is_checkpoint_inhibitor(d); }
bool fluoropyrimidine(Drug d) { return is_fluoropyrimidine(d); }
bool antineoplastic(Drug d) { return is_antineoplastic(d); }

constexpr std::array groups{
    Group{"anti-egfr", anti_egfr},
    Group{"bevacizumab", is<Drug::bevacizumab>},
    Group{"checkpoint-inhibitor", checkpoint_inhibitor},
    Group{"fluoropyrimidine", fluoropyrimidine},
    Group{"fluorouracil", is<Drug::fluorouracil>},
    Group{"capecitabine", is<Drug::capecitabine>},
    Group{"oxaliplatin", is<Drug::oxaliplatin>},
    Group{"irinotecan", is<Drug::irinotecan>},
    Group{"antineoplastic", antineoplastic},
    Group{"stent", nullptr, Intervention::stent},
    Group{"primary-resection", nullptr, Intervention::rectal_resection},
    Group{"radiotherapy", nullptr, Intervention::radiotherapy},
};

const Group* find(std::string_view name) {
    const auto found = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.name == name; });
    return found == groups.end() ? nullptr : &*found;
}

bool contains(const Group& group, const DraftDrug& draft) { return group.drug && group.drug(draft.drug); }

// Radiotherapy: of the pelvis only. What irradiates another site is no matter of this service.
bool contains(const Group& group, const Intervention& draft) {
    if (group.drug || !draft.kinds[group.service]) return false;
    return group.service != Intervention::radiotherapy || (draft.radiation && draft.radiation->pelvic);
}

}  // namespace

bool is_draft_group(std::string_view name) { return find(name) != nullptr; }

std::vector<const Source*> removable_drafts(const Case& record, std::string_view name) {
    std::vector<const Source*> found;
    const Group* group = find(name);
    const auto collect = [&](const auto& drafts) {
        for (const auto& draft : drafts) {
            if (group && draft.removable && contains(*group, draft)) found.push_back(&draft.source);
        }
    };
    collect(record.drafts);
    collect(record.draft_interventions);
    return found;
}

bool all_removable(const Case& record, std::string_view name) {
    const Group* group = find(name);
    if (!group) return false;
    const auto stays = [&](const auto& draft) { return contains(*group, draft) && !draft.removable; };
    const bool some_stay = std::any_of(record.drafts.begin(), record.drafts.end(), stays) ||
                           std::any_of(record.draft_interventions.begin(), record.draft_interventions.end(), stays);
    return !some_stay && !removable_drafts(record, name).empty();
}

void remove_drafts(Case& record, std::string_view name) {
    const Group* group = find(name);
    if (!group) return;
    std::vector<std::string> removed;
    const auto remove = [&](auto& drafts) {
        const auto first = std::stable_partition(drafts.begin(), drafts.end(), [&](const auto& draft) { return !contains(*group, draft); });
        for (auto draft = first; draft != drafts.end(); ++draft) removed.push_back(draft->source.reference);
        drafts.erase(first, drafts.end());
    };
    remove(record.drafts);
    remove(record.draft_interventions);
    auto& services = record.active_services;
    services.erase(std::remove_if(services.begin(), services.end(), [&](const ActiveService& service) {
        return std::find(removed.begin(), removed.end(), service.source.reference) != removed.end();
    }), services.end());
}

}  // namespace rectal_cds::domain
