#include "fhir/site_maps.hpp"

#include <algorithm>
#include <array>

#include "fhir/concept.hpp"

namespace rectal_cds::fhir {

namespace {

using Orders = std::unordered_map<std::string, OrderTemplate>;
using Words = std::array<std::string_view, 4>;

// R4 ConceptMap.group.element.target.equivalence says how the target stands to the source.
constexpr Words source_is_a_target{"equivalent", "equal", "wider", "subsumes"};
constexpr Words target_is_a_source{"equivalent", "equal", "narrower", "specializes"};

bool one_of(std::string_view word, const Words& words) { return std::find(words.begin(), words.end(), word) != words.end(); }

json::Value coded_part(const OrderTemplate& order) {
    return order.definition[order.medication ? "productCodeableConcept" : "code"];
}

// One mapping while it is being read.
struct Mapping {
    std::string_view source, code;  // system and code of the element
    std::string_view target_system;
    json::Value target;
    std::string code_place, target_place;
};

class ConceptMapReader {
public:
    ConceptMapReader(SiteCodes& codes, Orders& orders, Faults& faults) : codes_(codes), orders_(orders), faults_(faults) {}

    void read_group(json::Value group, const std::string& place) {
        for (const char* member : {"source", "target"}) {
            if (group[member].text().empty()) faults_.add(member_place(place, member), "A code system URI is expected.");
        }
        if (group["unmapped"].exists()) faults_.add(member_place(place, "unmapped"), "Nothing is expected here: only codes that are listed are mapped.");
        const json::Value elements = group["element"];
        const std::string list = member_place(place, "element");
        if (elements.size() == 0) faults_.add(list, "At least one code is expected.");
        if (group["source"].text().empty() || group["target"].text().empty()) return;
        for (std::size_t i = 0; i < elements.size(); ++i) read_element(group, elements.at(i), element_place(list, i));
    }

private:
    void read_element(json::Value group, json::Value element, const std::string& place) {
        const std::string_view code = trimmed(element["code"].text());
        const std::string code_place = member_place(place, "code"), list = member_place(place, "target");
        const json::Value targets = element["target"];
        if (code.empty()) return faults_.add(code_place, "A code is expected.");
        if (targets.size() == 0) return faults_.add(list, "At least one code is expected.");
        for (std::size_t i = 0; i < targets.size(); ++i) {
            read_target({group["source"].text(), code, group["target"].text(), targets.at(i), code_place, element_place(list, i)});
        }
    }

    void read_target(const Mapping& mapping) {
        for (const char* member : {"dependsOn", "product", "modifierExtension"}) {
            if (!mapping.target[member].exists()) continue;
            return faults_.add(member_place(mapping.target_place, member), "Nothing is expected here: a mapping that depends on something else is not read.");
        }
        const std::string_view equivalence = mapping.target["equivalence"].text();
        if (equivalence == "unmatched" || equivalence == "disjoint") return;
        const std::string_view code = trimmed(mapping.target["code"].text());
        const std::string place = member_place(mapping.target_place, "code");
        if (code.empty()) return faults_.add(place, "A code is expected.");
        const bool names_order = mapping.source == std::string(canonical_base) + "/ActivityDefinition";
        const auto orders = names_order ? order_named(mapping.code) : orders_with(mapping.source, mapping.code);
        if (names_order && orders.empty()) return faults_.add(mapping.code_place, "The id of an order of hooks/guideline/orders is expected.");
        const bool target_is_ours = codes_.is_ours(mapping.target_system, code);
        if (names_order || (!orders.empty() && !target_is_ours)) return add_orderable(mapping, orders, code);
        if (!target_is_ours) return faults_.add(place, "A code that a value set of profiles/valuesets knows is expected.");
        add_local_code(mapping, code);
    }

    bool says(const Mapping& mapping, const Words& words) {
        if (one_of(mapping.target["equivalence"].text(), words)) return true;
        std::string expected;
        for (const std::string_view word : words) expected += "'" + std::string(word) + "', ";
        faults_.add(member_place(mapping.target_place, "equivalence"), expected + "'unmatched' or 'disjoint' is expected.");
        return false;
    }

    void add_local_code(const Mapping& mapping, std::string_view target) {
        if (!says(mapping, source_is_a_target)) return;
        if (codes_.is_ours(mapping.source, mapping.code)) {
            return faults_.add(mapping.code_place, "A code of the site is expected: this one is known and keeps its meaning.");
        }
        const Membership meaning = codes_.book().look_up(mapping.target_system, target);
        codes_.add(mapping.source, mapping.code, meaning, faults_, mapping.code_place);
    }

    std::vector<OrderTemplate*> order_named(std::string_view id) {
        const auto found = orders_.find(std::string(id));
        return found == orders_.end() ? std::vector<OrderTemplate*>{} : std::vector<OrderTemplate*>{&found->second};
    }

    std::vector<OrderTemplate*> orders_with(std::string_view system, std::string_view code) {
        std::vector<OrderTemplate*> found;
        const std::string key = CodeBook::key(system, code);
        for (auto& [id, order] : orders_) {
            for (const json::Value coding : coded_part(order)["coding"].elements()) {
                if (CodeBook::key(coding["system"].text(), coding["code"].text()) != key) continue;
                found.push_back(&order);
                break;
            }
        }
        return found;
    }

    // The item also means what the order's own codes mean, so that an order for it is recognised when it comes back.
    void add_orderable(const Mapping& mapping, const std::vector<OrderTemplate*>& orders, std::string_view code) {
        if (!says(mapping, target_is_a_source)) return;
        const std::string place = member_place(mapping.target_place, "code");
        Membership meaning;
        for (OrderTemplate* order : orders) {
            const auto of_this_system = [&](const Coding& coding) { return coding.system == mapping.target_system; };
            if (std::any_of(order->site_codings.begin(), order->site_codings.end(), of_this_system)) {
                faults_.add(place, "One item of a code system for each order is expected; '" + order->id + "' has one already.");
                continue;
            }
            const std::string_view display = trimmed(mapping.target["display"].text());
            order->site_codings.push_back({std::string(mapping.target_system), std::string(code), std::string(display)});
            order->keys.push_back(CodeBook::key(mapping.target_system, code));
            for (const json::Value coding : coded_part(*order)["coding"].elements()) {
                meaning.included |= codes_.book().look_up(coding["system"].text(), coding["code"].text()).included;
            }
        }
        settle_meaning(mapping, code, meaning, place);
    }

    void settle_meaning(const Mapping& mapping, std::string_view code, const Membership& meaning, const std::string& place) {
        if (meaning.included.none()) return;
        if (!codes_.is_ours(mapping.target_system, code)) return codes_.add(mapping.target_system, code, meaning, faults_, place);
        const Members known = codes_.book().look_up(mapping.target_system, code).included;
        if ((known & meaning.included).none()) faults_.add(place, "An item for this order is expected: the code is known and means something else.");
    }

    SiteCodes& codes_;
    Orders& orders_;
    Faults& faults_;
};

}  // namespace

void read_site_concept_map(const KnowledgeFile& file, SiteCodes& codes, Orders& orders, std::vector<base::Error>& errors) {
    const Artefact artefact = open_resource(file, "ConceptMap", errors);
    if (!artefact.root.exists()) return;
    Faults faults(file.path, errors);
    check_site_resource(artefact.root, faults);
    const json::Value groups = artefact.root["group"];
    if (groups.size() == 0) faults.add("group", "At least one pair of code systems is expected.");
    ConceptMapReader reader(codes, orders, faults);
    for (std::size_t i = 0; i < groups.size(); ++i) reader.read_group(groups.at(i), element_place("group", i));
}

}  // namespace rectal_cds::fhir
