// Case: a patient's rectal cancer as a tumour board says it, read from the record without judgement.
//
// Every statement keeps its Source. Statuses that do not count (entered-in-error, cancelled, refuted,
// not-done ...) never arrive here; what counts but could not be understood arrives as `unusable`, so
// that no absence is concluded from it. Dates after tomorrow are unusable (decisions.md 39).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/truth.hpp"
#include "domain/drug.hpp"
#include "domain/measurement.hpp"
#include "domain/source.hpp"
#include "domain/statements.hpp"
#include "domain/treatment.hpp"

namespace rectal_cds::domain {

enum class Hook : unsigned char { patient_view, order_select, order_sign };

// A resource that speaks of `topic` but may not be used: unknown status, modifierExtension, no subject,
// no or contradictory unit, implausible value, date in the future.
struct Unusable {
    Source source;
    Topic topic;
    std::string problem;  // a full sentence without patient data: "The unit is missing."
};

struct Case {
    Hook hook = Hook::patient_view;
    base::Day today{};
    std::array<Readability, input_count> readability{};  // all complete
    std::array<Shortfall, input_count> shortfall{};      // why not

    // Patient
    std::optional<base::DateInterval> birth;
    bool deceased = false;
    enum class Sex : unsigned char { unknown, female, male } sex = Sex::unknown;

    // Condition
    std::vector<Primary> primaries;
    std::vector<Secondary> secondaries;
    std::vector<OtherPrimary> other_primaries;
    std::vector<Problem> problems;

    // Observation
    std::vector<StageStatement> stages;
    std::vector<TCategory> t_categories;
    std::vector<GeneResult> genes;
    std::vector<MmrResult> mmr;
    std::vector<Metabolizer> metabolizers;
    std::vector<Measurement> measurements;
    std::vector<Measurement> preliminary;    // decide nothing
    std::vector<Source> filtration_rates;    // estimated: named where no clearance is known, never judged
    std::vector<DiseaseStatus> disease_statuses;
    std::vector<Resectability> resectability;
    std::vector<Intent> intents;  // also from extensions on MedicationRequest and Procedure
    std::vector<Pregnancy> pregnancy;
    std::vector<Mark> marks;

    // Medications
    std::vector<Dose> doses;            // administrations, and orders where a drug has none
    std::vector<MedicationOrder> orders;  // orders of record that count as exposure or are active
    std::vector<Allergy> allergies;
    std::vector<ClassAllergy> class_allergies;

    // Procedures, services, images
    std::vector<Intervention> done;
    std::vector<Intervention> booked;
    std::vector<OpenTest> open_tests;
    std::vector<ActiveService> active_services;
    std::vector<Source> images;  // CT, MRI or PET, final

    // The order being written. At order-select, `drafts` holds the selected orders and
    // `other_drafts` the rest of the session, read as if active (local-codes.md D20).
    std::vector<DraftDrug> drafts;
    std::vector<DraftDrug> other_drafts;
    std::vector<Intervention> draft_interventions;
    std::vector<Intervention> other_draft_interventions;
    std::vector<std::string> unrecognised_drafts;  // text of drafted orders that names a known drug without a code
    // How many resources of an input carry no code that the reader knows, and so could speak of anything.
    std::array<int, input_count> uncoded{};
    int uncoded_drafts = 0;  // of the drafted medications
    int unread_drafts = 0;  // drafted orders whose Medication was neither delivered nor to be had
    bool selection_unmatched = false;

    std::vector<Unusable> unusable;

    Readability readable(Input input) const { return readability[static_cast<std::size_t>(input)]; }
    Shortfall shortfall_of(Input input) const { return shortfall[static_cast<std::size_t>(input)]; }
    bool complete(Input input) const { return readable(input) == Readability::complete; }
    bool order_hook() const { return hook != Hook::patient_view; }
};

}  // namespace rectal_cds::domain
