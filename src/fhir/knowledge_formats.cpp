#include "fhir/knowledge_formats.hpp"

#include <utility>

#include "fhir/knowledge.hpp"

namespace rectal_cds::fhir {

namespace {

using Words = std::vector<std::string>;
using MemberList = std::vector<Member>;

constexpr const char* ucum = "http://unitsofmeasure.org";
const Words priorities{"routine", "urgent", "stat"};

Member text(const char* name) { return {name}; }
Member one_of(const char* name, Words words) { return {name, Kind::text, true, nullptr, std::move(words)}; }
Member of_kind(const char* name, Kind kind) { return {name, kind}; }
Member object(const char* name, Shape shape) {
    return {name, Kind::object, true, std::make_shared<const Shape>(std::move(shape))};
}
Member list(const char* name, Shape shape) {
    return {name, Kind::list, true, std::make_shared<const Shape>(std::move(shape))};
}
Member optional(Member member) {
    member.required = false;
    return member;
}

Extension optional(Extension extension) {
    extension.required = false;
    return extension;
}
Extension any_number(Extension extension) {
    extension.repeats = true;
    return optional(std::move(extension));
}
Extension valued(const char* name, Member value) { return {name, std::move(value)}; }
Extension nested(const char* name, std::vector<Extension> parts) { return {name, {}, true, false, std::move(parts)}; }

MemberList joined(MemberList first, const MemberList& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

// What every conformance resource says of itself.
MemberList described(const char* type) {
    return {one_of("resourceType", {type}),
            text("id"),
            text("url"),
            text("version"),
            text("name"),
            text("title"),
            one_of("status", {"draft", "active"}),
            of_kind("experimental", Kind::boolean),
            of_kind("date", Kind::date),
            text("publisher"),
            text("description")};
}

Member type_of(const char* system, const char* code) {
    return object("type", {{list("coding", {{one_of("system", {system}), one_of("code", {code})}})}});
}
Member plan_type(const char* code) {
    return type_of("http://terminology.hl7.org/CodeSystem/plan-definition-type", code);
}
Member library_type(const char* code) { return type_of("http://terminology.hl7.org/CodeSystem/library-type", code); }

const Shape coded{{list("coding", {{text("system"), text("code"), text("display")}}), text("text")}};
const Shape perhaps_coded{{optional(list("coding", {{text("system"), text("code"), text("display")}})), text("text")}};

Shape quantity(const Words& units) {
    return {{of_kind("value", Kind::number), one_of("unit", units), one_of("system", {ucum}), one_of("code", units)}};
}

// The thirteen source attributes of an evidence-based intervention, 45 CFR 170.315(b)(11)(iv)(A).
Extension source_attributes() {
    std::vector<Extension> parts;
    for (const char* attribute : {"bibliographic-citation", "developer", "funding", "release-and-revision-dates",
                                  "race", "ethnicity", "language", "sexual-orientation", "gender-identity", "sex",
                                  "date-of-birth", "social-determinants", "health-status-assessments"}) {
        parts.push_back(valued(attribute, text("valueString")));
    }
    return nested("source-attributes", std::move(parts));
}

Extension review_status() {
    return nested("review-status", {valued("step", one_of("valueCode", {"draft", "in-review", "approved"})),
                                    optional(valued("reviewer", text("valueString"))),
                                    optional(valued("since", of_kind("valueDate", Kind::date)))});
}

Member conditions() {
    const Shape expression{{one_of("language", {"text/cql-identifier"}), text("expression")}};
    return list("condition", {{one_of("kind", {"applicability"}), object("expression", expression)}});
}

Shape suggestion() {
    const Member removal = optional(type_of("http://terminology.hl7.org/CodeSystem/action-type", "remove-event"));
    const Extension group = optional(valued("drafted-orders", text("valueCode")));
    const Shape part{{optional(text("definitionCanonical")), removal}, {group}};
    return {{text("title"), optional(conditions()), optional(one_of("precheckBehavior", {"yes"})),
             optional(text("definitionCanonical")), optional(list("action", part)), removal},
            {optional(valued("recommended-when", text("valueString"))), group}};
}

Shape card() {
    const Words hooks(hook_names.begin(), hook_names.end());
    return {{text("title"), text("description"), one_of("priority", priorities),
             list("trigger", {{one_of("type", {"named-event"}), one_of("name", hooks)}}), conditions(),
             optional(one_of("selectionBehavior", {"at-most-one", "any"})), optional(list("action", suggestion()))},
            {any_number(nested("escalation", {valued("fact", text("valueString")),
                                              valued("priority", one_of("valueCode", priorities))})),
             any_number(nested("audience-text",
                               {valued("audience", one_of("valueCode", {"nurse", "patient"})),
                                valued("summary", text("valueString")), valued("detail", text("valueMarkdown"))})),
             any_number(valued("override-reason", text("valueCode"))),
             optional(valued("free-text-required", of_kind("valueBoolean", Kind::boolean)))}};
}

Shape plan() {
    const std::string library = std::string(canonical_base) + "/Library/";
    const Shape citation{{one_of("type", {"citation"}), text("label"), one_of("resource", {library + "evidence"})}};
    const Shape period{{of_kind("start", Kind::date), of_kind("end", Kind::date)}};
    const MemberList own{plan_type("eca-rule"),
                         text("usage"),
                         {"library", Kind::texts, true, nullptr, {library + "vocabulary"}},
                         object("effectivePeriod", period),
                         list("relatedArtifact", citation),
                         list("action", card()),
                         optional(of_kind("approvalDate", Kind::date)),
                         optional(of_kind("lastReviewDate", Kind::date)),
                         optional(list("reviewer", {{text("name")}}))};
    const Words groups{"A", "B", "C", "D", "E", "F", "G", "H"};
    return {
        joined(described("PlanDefinition"), own),
        {valued("recommendation-group", one_of("valueCode", groups)), valued("evidence-grade", text("valueCode")),
         any_number(nested("seed-claim", {valued("claim", text("valueCode")), valued("verdict", text("valueString"))})),
         source_attributes(), valued("review-by", of_kind("valueDate", Kind::date)), review_status()}};
}

Shape dosage() {
    const Words units_of_time{"h", "d"};
    const Shape repeat{{optional(object("boundsDuration", quantity({"d"}))), optional(of_kind("count", Kind::whole)),
                        optional(of_kind("duration", Kind::number)), optional(one_of("durationUnit", units_of_time)),
                        optional(of_kind("frequency", Kind::whole)), optional(of_kind("period", Kind::number)),
                        optional(one_of("periodUnit", units_of_time))}};
    const Shape dose{{object("doseQuantity", quantity({"mg/m2", "mg/kg", "mg"}))}};
    return {{of_kind("sequence", Kind::whole), text("text"), object("timing", {{object("repeat", repeat)}}),
             object("route", perhaps_coded), list("doseAndRate", dose)}};
}

MemberList order(const char* kind) {
    return joined(described("ActivityDefinition"),
                  {one_of("kind", {kind}), one_of("intent", {"order"}), optional(text("usage"))});
}

Shape medication() {
    const MemberList own{object("productCodeableConcept", coded), list("dosage", dosage())};
    return {
        joined(order("MedicationRequest"), own),
        {nested("cycle",
                {valued("lengthDays", of_kind("valuePositiveInt", Kind::whole)), valued("days", text("valueString"))}),
         valued("dose-source", text("valueString")),
         optional(nested("absolute-dose", {valued("roundedToMg", of_kind("valuePositiveInt", Kind::whole)),
                                           optional(valued("maximumMg", of_kind("valuePositiveInt", Kind::whole)))}))}};
}

Shape service() {
    const MemberList own{optional(one_of("priority", {"routine", "urgent", "asap", "stat"})),
                         object("code", perhaps_coded), optional(list("bodySite", perhaps_coded))};
    return {joined(order("ServiceRequest"), own),
            {optional(
                nested("radiotherapy-prescription", {valued("totalDose", object("valueQuantity", quantity({"Gy"}))),
                                                     valued("fractions", of_kind("valueUnsignedInt", Kind::whole))}))}};
}

Shape evidence() {
    const Shape work{
        {one_of("type", {"citation"}), text("label"), text("display"), text("citation"), optional(text("url"))},
        {valued("seen", text("valueString"))}};
    return {joined(described("Library"), {library_type("asset-collection"), list("relatedArtifact", work)})};
}

Shape library(const char* type, std::vector<Extension> parts) {
    return {joined(described("Library"), {library_type(type)}), std::move(parts)};
}

Shape watch_list() {
    const Extension affects = any_number(valued("affects", text("valueCode")));
    return library("asset-collection",
                   {any_number(nested("pending-decision",
                                      {valued("subject", text("valueString")), valued("authority", text("valueString")),
                                       valued("expected", of_kind("valueDate", Kind::date)),
                                       valued("consequence", text("valueString")), affects,
                                       valued("source", text("valueCode"))}))});
}

Shape review_notes() {
    const Extension affects = any_number(valued("affects", text("valueCode")));
    const Extension fact = any_number(valued("fact", text("valueString")));
    return library(
        "asset-collection",
        {any_number(nested("open-question", {valued("question", text("valueString")), affects})),
         any_number(nested("threshold", {valued("subject", text("valueString")),
                                         optional(valued("seed", text("valueString"))),
                                         valued("reason", text("valueString")), fact})),
         any_number(valued("not-read", text("valueString")))});
}

Shape code_system() {
    const Shape definition{{text("code"), text("uri"), text("description"), one_of("type", {"string"})}};
    const Shape property{{one_of("code", {"id"}), text("valueString")}};
    const Shape entry{
        {text("code"), text("display"), optional(text("definition")), optional(list("property", property))}};
    return {joined(described("CodeSystem"),
                   {of_kind("caseSensitive", Kind::boolean), one_of("content", {"complete"}),
                    of_kind("count", Kind::whole), optional(list("property", definition)), list("concept", entry)})};
}

}  // namespace

bool reads(domain::Hook hook, domain::Input input) {
    if (input == domain::Input::allergies) return hook != domain::Hook::patient_view;
    if (input == domain::Input::diagnostic_reports) return hook == domain::Hook::patient_view;
    return true;
}

const Shape& plan_shape() {
    static const Shape shape = plan();
    return shape;
}

const Shape& regimen_shape() {
    static const Shape shape{
        joined(described("PlanDefinition"), {plan_type("order-set"), list("action", {{text("definitionCanonical")}})})};
    return shape;
}

const Shape& medication_shape() {
    static const Shape shape = medication();
    return shape;
}

const Shape& service_shape() {
    static const Shape shape = service();
    return shape;
}

const Shape& vocabulary_shape() {
    static const Shape shape = library(
        "logic-library",
        {any_number(nested("fact", {valued("name", text("valueString")), valued("meaning", text("valueString"))}))});
    return shape;
}

const Shape& evidence_shape() {
    static const Shape shape = evidence();
    return shape;
}

const Shape& watch_list_shape() {
    static const Shape shape = watch_list();
    return shape;
}

const Shape& review_notes_shape() {
    static const Shape shape = review_notes();
    return shape;
}

const Shape& code_system_shape() {
    static const Shape shape = code_system();
    return shape;
}

Shape discovery_shape(domain::Hook hook) {
    MemberList keys;
    for (int i = 0; i < domain::input_count; ++i) {
        const auto input = static_cast<domain::Input>(i);
        if (reads(hook, input)) keys.push_back(text(domain::name(input)));
    }
    const std::string hook_name(hook_names[static_cast<std::size_t>(hook)]);
    return {{one_of("hook", {hook_name}), one_of("id", {"rectal-cancer-" + hook_name}), text("title"),
             text("description"), object("prefetch", {keys}), text("usageRequirements")}};
}

}  // namespace rectal_cds::fhir
