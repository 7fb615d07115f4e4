#include "fhir/draft_of.hpp"

#include <algorithm>

#include "fhir/readers.hpp"

namespace rectal_cds::fhir {

namespace {

constexpr int equivalent_within_days = 30;

bool shares_a_key(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
}

}  // namespace

void add_as_draft(const CodeBook& book, const OrderTemplate& order, domain::Case& record) {
    if (order.drug) {
        record.drafts.push_back({{"suggested", std::string(domain::name(*order.drug)) + " as suggested", std::nullopt}, *order.drug});
        return;
    }
    static const Record nothing;
    Reading reading{book, nothing, record};
    domain::Intervention service = read_intervention(reading, order.definition, read_concept(book, order.definition["code"]), std::nullopt);
    if (service.kinds.any()) record.draft_interventions.push_back(std::move(service));
}

bool already_ordered(const OrderTemplate& order, const domain::Case& record) {
    if (order.drug) {
        const auto same = [&](const auto& item) { return item.drug == *order.drug; };
        const bool drafted = std::any_of(record.drafts.begin(), record.drafts.end(), same) ||
                             std::any_of(record.other_drafts.begin(), record.other_drafts.end(), same);
        return drafted || std::any_of(record.orders.begin(), record.orders.end(), [&](const auto& o) { return o.active && same(o); });
    }
    return std::any_of(record.active_services.begin(), record.active_services.end(), [&](const domain::ActiveService& service) {
        const bool recent = !service.source.when || base::days_between(service.source.when->last, record.today) <= equivalent_within_days;
        return recent && shares_a_key(order.keys, service.keys);
    });
}

}  // namespace rectal_cds::fhir
