// TNM categories and stage groups (terminology.md 2): SNOMED CT codes, AJCC and UICC codes, or anchored text, as
// Observation.value[x] or Condition.stage.summary. AJCC and UICC codes are texts of the same form as written ones.
// Whether a category is clinical or pathological decides nothing here, so a missing prefix is no fault (pitfall 14).
#include <algorithm>
#include <utility>

#include "fhir/code_spelling.hpp"
#include "fhir/readers.hpp"
#include "fhir/text_forms.hpp"

namespace rectal_cds::fhir {

using domain::StageStatement;
using Kind = StageStatement::Kind;

namespace {

// A stage as it was stated: everything that one CodeableConcept, with the text beside it, says.
struct Stated {
    json::Value resource;
    std::optional<base::DateInterval> when;
    Concept value;
    std::vector<std::string_view> texts;
    std::vector<TnmText> categories;  // out of the texts
};

Stated read_stated(const Reading& reading, json::Value resource, std::optional<base::DateInterval> when,
                   json::Value codeable, std::string_view text) {
    Stated stated{resource, when, read_concept(reading.book, codeable), {}, {}};
    for (const json::Value coding : codeable["coding"].elements()) {
        const std::string_view system = trimmed(coding["system"].text());
        if (system == code_system::ajcc || system == code_system::uicc) stated.texts.push_back(trimmed(coding["code"].text()));
    }
    for (const std::string_view written : {stated.value.text, trimmed(text)}) {
        if (!written.empty()) stated.texts.push_back(written);
    }
    for (const std::string_view written : stated.texts) {
        const std::vector<TnmText> found = tnm_texts(written);
        stated.categories.insert(stated.categories.end(), found.begin(), found.end());
    }
    return stated;
}

std::string says(const char* subject, const Stated& stated) {
    const std::string_view text = stated.texts.empty() ? stated.value.shown : stated.texts.front();
    return std::string(subject) + ": " + std::string(text);
}

// What several codings and texts of one value answer to one question.
struct Answer {
    bool yes = false, no = false;
    void add(bool answer) { (answer ? yes : no) = true; }
};

// Adds the one answer, or the contradiction; nothing when there is none.
template <class Add>
void conclude(Reading& reading, const Stated& stated, const char* subject, const Answer& answer, Add add) {
    if (answer.yes && answer.no) {
        mark_unusable(reading, stated.resource, domain::Topic::stage, says(subject, stated), "Its codes contradict each other.");
    } else if (answer.yes || answer.no) {
        add(source_of(stated.resource, says(subject, stated), stated.when), answer.yes);
    }
}

// T4b or not: TX, and T4 without a letter, are neither.
void read_t(Reading& reading, const Stated& stated) {
    Answer t4b;
    if (stated.value.in(ValueSet::t_category_t4b)) t4b.add(true);
    if (stated.value.in(ValueSet::t_category_other)) t4b.add(false);
    for (const TnmText& tnm : stated.categories) {
        if (tnm.category == 'T' && tnm.value != "X" && tnm.value != "4") t4b.add(tnm.value == "4B");
    }
    conclude(reading, stated, "T category", t4b, [&](domain::Source source, bool answer) {
        reading.into.t_categories.push_back({std::move(source), answer});
    });
}

void read_m(Reading& reading, const Stated& stated, Kind kind) {
    Answer m1;
    bool after_treatment = false;
    if (stated.value.in(ValueSet::m_category_m1)) m1.add(true);
    if (stated.value.in(ValueSet::m_category_m0)) m1.add(false);
    for (const TnmText& tnm : stated.categories) {
        if (tnm.category == 'M' && tnm.value[0] != 'X') m1.add(tnm.value[0] == '1');
        after_treatment = after_treatment || (tnm.category == 'M' && tnm.after_treatment);
    }
    conclude(reading, stated, "M category", m1, [&](domain::Source source, bool answer) {
        reading.into.stages.push_back({std::move(source), kind, answer, after_treatment});
    });
}

void read_group(Reading& reading, const Stated& stated, Kind kind, const char* subject) {
    Answer four;
    if (stated.value.in(ValueSet::stage_iv)) four.add(true);
    if (stated.value.in(ValueSet::stage_below_iv)) four.add(false);
    for (const std::string_view text : stated.texts) {
        if (const auto is_four = is_stage_iv_text(text)) four.add(*is_four);
    }
    conclude(reading, stated, subject, four, [&](domain::Source source, bool answer) {
        reading.into.stages.push_back({std::move(source), kind, answer});
    });
}

bool newer(const std::optional<base::DateInterval>& a, const std::optional<base::DateInterval>& b) {
    return a && (!b || b->first < a->first);
}

}  // namespace

bool read_stage(Reading& reading, const ObservationAt& at) {
    const bool t = at.code.in(ValueSet::t_category_observation), m = at.code.in(ValueSet::m_category_observation);
    const bool group = at.code.in(ValueSet::stage_group_observation);
    if (!t && !m && !group) return false;
    const Stated stated = read_stated(reading, at.resource, at.when, at.holder["valueCodeableConcept"],
                                      at.holder["valueString"].text());
    const bool all_three = stated.categories.size() > 1;  // one text such as "cT4bN1M1a"
    if (t || all_three) read_t(reading, stated);
    if (m || all_three) read_m(reading, stated, Kind::m_category);
    if (group) read_group(reading, stated, Kind::stage_group, "stage group");
    return true;
}

void read_stage_summaries(Reading& reading, json::Value condition, std::optional<base::DateInterval> recorded) {
    for (const json::Value stage : condition["stage"].elements()) {
        std::optional<base::DateInterval> when;
        for (const json::Value assessment : stage["assessment"].elements()) {
            const auto assessed = date_of(resolve(reading, condition, assessment), {"effectiveDateTime", "effectivePeriod.end"});
            if (newer(assessed, when)) when = assessed;
        }
        const Stated stated = read_stated(reading, condition, when ? when : recorded, stage["summary"], {});
        read_t(reading, stated);
        read_m(reading, stated, Kind::stage_summary);
        read_group(reading, stated, Kind::stage_summary, "stage on the Condition");
    }
}

//  the summary is                       | it is dated
//  -------------------------------------+------------------------------------
//  of another opinion and later         | as the newest Observation: a conflict
//  anything else                        | as it was
void settle_stage_summaries(Reading& reading) {
    const StageStatement* newest = nullptr;
    for (const StageStatement& statement : reading.into.stages) {
        if (statement.kind == Kind::stage_summary) continue;
        if (!newest || newer(statement.source.when, newest->source.when)) newest = &statement;
    }
    if (!newest || !newest->source.when) return;
    for (StageStatement& statement : reading.into.stages) {
        const bool contradicts = statement.kind == Kind::stage_summary && statement.metastatic != newest->metastatic;
        if (contradicts && newer(statement.source.when, newest->source.when)) statement.source.when = newest->source.when;
    }
}

}  // namespace rectal_cds::fhir
