// KRAS and NRAS, each over all its results, then combined (clinical.md 3.1, Biomarker status 1-5; local-codes.md D12,
// D13).
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "domain/changes.hpp"

using namespace rectal_cds::testing;
using rectal_cds::domain::GeneStatus;
using rectal_cds::domain::OpenTest;
using rectal_cds::domain::Ras;
using State = GeneStatus::State;

namespace {

// What is on record of one gene, and the state that it amounts to.
struct Record {
    const char* name;
    std::vector<Outcome> results;
    bool exon_2_wild_type;
    State state;
};

const std::vector<Record>& records() {
    static const std::vector<Record> all{
        {"nothing", {}, false, State::unknown},
        {"failed", {Outcome::no_result}, false, State::unknown},
        {"pending", {Outcome::pending}, false, State::pending},
        {"failed, repeat pending", {Outcome::no_result, Outcome::pending}, false, State::pending},
        {"exon 2 wild-type", {}, true, State::partial_wild_type},
        {"exon 2 wild-type, failed", {Outcome::no_result}, true, State::partial_wild_type},
        {"exon 2 wild-type, rest pending", {Outcome::pending}, true, State::pending},
        {"wild-type", {Outcome::wild_type}, false, State::wild_type},
        {"wild-type, exon 2 wild-type", {Outcome::wild_type}, true, State::wild_type},
        {"wild-type, repeat pending", {Outcome::wild_type, Outcome::pending}, false, State::wild_type},
        {"mutant", {Outcome::mutant}, false, State::mutant},
        {"mutant, repeat pending", {Outcome::mutant, Outcome::pending}, false, State::mutant},
        {"mutant, exon 2 wild-type", {Outcome::mutant}, true, State::mutant},
        {"mutant and wild-type", {Outcome::mutant, Outcome::wild_type}, false, State::conflict},
    };
    return all;
}

Change recorded(Gene gene_named, const Record& what) {
    return [gene_named, &what](Case& c) {
        for (const Outcome outcome : what.results) gene(gene_named, outcome)(c);
        if (what.exon_2_wild_type) exon_2_wild_type(gene_named)(c);
    };
}

// Rule 5 as the specification words it.
Ras combined(State kras, State nras) {
    const auto any = [&](State state) { return kras == state || nras == state; };
    if (any(State::mutant)) return Ras::mutant;
    if (any(State::conflict)) return Ras::conflict;
    if (kras == State::wild_type && nras == State::wild_type) return Ras::wild_type;
    if (any(State::pending)) return Ras::pending;
    if (any(State::wild_type) || any(State::partial_wild_type)) return Ras::partial_wild_type;
    return Ras::unknown;
}

State read_as(State state, bool all_read) { return state == State::wild_type && !all_read ? State::unknown : state; }

rectal_cds::domain::Molecular molecular(const Case& record) { return rectal_cds::domain::assess_molecular(record); }

}  // namespace

BOOST_AUTO_TEST_SUITE(ras)

BOOST_AUTO_TEST_CASE(of_every_pair_of_gene_records_follows_the_rules) {
    for (const bool all_read : {true, false}) {
        for (const Record& kras : records()) {
            for (const Record& nras : records()) {
                Case record = patient({recorded(Gene::kras, kras), recorded(Gene::nras, nras)});
                if (!all_read) partly_read(Input::observations)(record);
                const auto found = molecular(record);
                const State k = read_as(kras.state, all_read), n = read_as(nras.state, all_read);
                BOOST_TEST_CONTEXT("KRAS " << kras.name << ", NRAS " << nras.name
                                           << (all_read ? "" : ", not all was read")) {
                    BOOST_TEST((found.kras.state == k));
                    BOOST_TEST((found.nras.state == n));
                    BOOST_TEST((found.ras == combined(k, n)));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(opens_exactly_one_of_the_three_cards_on_an_anti_egfr_order_unless_it_is_wild_type) {
    for (const Record& kras : records()) {
        for (const Record& nras : records()) {
            const Case record = patient({recorded(Gene::kras, kras), recorded(Gene::nras, nras)});
            int open = 0;
            for (const char* fact :
                 {"RAS mutant", "RAS results contradict each other", "RAS not established", "RAS wild-type"}) {
                open += truth(record, fact) == yes ? 1 : 0;
            }
            BOOST_TEST(open == 1, "KRAS " << kras.name << ", NRAS " << nras.name);
        }
    }
}

BOOST_AUTO_TEST_CASE(is_never_called_wild_type_out_of_silence) {
    BOOST_TEST(truth("RAS wild-type", {}) == unknown);
    BOOST_TEST(truth("RAS mutant", {}) == unknown);
    BOOST_TEST(truth("RAS not established", {}) == yes);
}

BOOST_AUTO_TEST_CASE(wild_type_needs_observations_that_were_read_completely_and_are_usable) {
    BOOST_TEST(truth("RAS wild-type", {ras_wild_type()}) == yes);
    BOOST_TEST(truth("RAS wild-type", {ras_wild_type(), partly_read(Input::observations)}) == unknown);
    BOOST_TEST(truth("RAS wild-type", {ras_wild_type(), unusable(Topic::kras)}) == unknown);
    BOOST_TEST(truth("RAS wild-type", {ras_wild_type(), unusable(Topic::nras)}) == unknown);
    BOOST_TEST(truth("RAS wild-type", {ras_wild_type(), unusable(Topic::braf)}) == yes);
}

BOOST_AUTO_TEST_CASE(mutant_stands_beside_what_could_not_be_read) {
    BOOST_TEST(truth("RAS mutant", {gene(Gene::kras, Outcome::mutant), partly_read(Input::observations),
                                    unusable(Topic::kras)}) == yes);
}

BOOST_AUTO_TEST_CASE(answers_no_only_when_all_was_read) {
    for (const char* fact : {"RAS wild-type", "RAS results contradict each other"}) {
        BOOST_TEST(truth(fact, {gene(Gene::kras, Outcome::mutant)}) == no, fact);
        BOOST_TEST(truth(fact, {gene(Gene::kras, Outcome::mutant), partly_read(Input::observations)}) == unknown, fact);
        BOOST_TEST(truth(fact, {gene(Gene::kras, Outcome::mutant), unusable(Topic::nras)}) == unknown, fact);
    }
    const Change contradictory = [](Case& c) {
        gene(Gene::kras, Outcome::mutant)(c), gene(Gene::kras, Outcome::wild_type)(c);
    };
    BOOST_TEST(truth("RAS mutant", {contradictory}) == no);
    BOOST_TEST(truth("RAS mutant", {contradictory, partly_read(Input::observations)}) == unknown);
}

BOOST_AUTO_TEST_CASE(mutant_of_one_gene_outweighs_a_contradiction_about_the_other) {
    const Change contradictory_nras = [](Case& c) {
        gene(Gene::nras, Outcome::mutant)(c), gene(Gene::nras, Outcome::wild_type)(c);
    };
    BOOST_TEST(truth("RAS mutant", {contradictory_nras, gene(Gene::kras, Outcome::mutant)}) == yes);
    BOOST_TEST(truth("RAS mutant", {contradictory_nras, gene(Gene::kras, Outcome::wild_type)}) == no);
}

BOOST_AUTO_TEST_CASE(mutant_is_not_cancelled_by_a_newer_wild_type) {
    const Change older_mutant = gene(Gene::kras, Outcome::mutant, days_ago(300)),
                 newer_wild_type = gene(Gene::kras, Outcome::wild_type, days_ago(2));
    BOOST_TEST(truth("RAS results contradict each other", {older_mutant, newer_wild_type}) == yes);
    BOOST_TEST(truth("RAS wild-type", {older_mutant, newer_wild_type, gene(Gene::nras, Outcome::wild_type)}) == no);
}

BOOST_AUTO_TEST_CASE(is_pending_while_a_ras_test_or_a_panel_is_open_but_not_while_another_test_is) {
    const auto state = [](OpenTest::Kind kind) { return molecular(patient({open_test(kind)})).ras; };
    BOOST_TEST((state(OpenTest::Kind::ras) == Ras::pending));
    BOOST_TEST((state(OpenTest::Kind::panel) == Ras::pending));
    BOOST_TEST((state(OpenTest::Kind::braf) == Ras::unknown));
    BOOST_TEST((state(OpenTest::Kind::mmr) == Ras::unknown));
}

BOOST_AUTO_TEST_CASE(evidence_is_what_decides) {
    const Case record = patient({gene(Gene::kras, Outcome::wild_type), gene(Gene::nras, Outcome::mutant)});
    const auto found = molecular(record);
    BOOST_TEST_REQUIRE(found.ras_evidence.size() == 1U);
    BOOST_TEST(found.ras_evidence[0] == &record.genes[1].source);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_ras_test)

namespace {
const char* const missing = "RAS test missing";
}

BOOST_AUTO_TEST_CASE(is_missing_when_unknown_partial_or_contradictory) {
    BOOST_TEST(truth(missing, {}) == yes);
    BOOST_TEST(truth(missing, {gene(Gene::kras, Outcome::no_result)}) == yes);
    BOOST_TEST(truth(missing, {exon_2_wild_type(Gene::kras)}) == yes);
    BOOST_TEST(truth(missing, {gene(Gene::kras, Outcome::wild_type)}) == yes);
    BOOST_TEST(truth(missing, {gene(Gene::kras, Outcome::wild_type), gene(Gene::kras, Outcome::mutant)}) == yes);
}

BOOST_AUTO_TEST_CASE(is_not_missing_when_settled_or_pending) {
    BOOST_TEST(truth(missing, {ras_wild_type()}) == no);
    BOOST_TEST(truth(missing, {gene(Gene::nras, Outcome::mutant)}) == no);
    BOOST_TEST(truth(missing, {gene(Gene::nras, Outcome::pending)}) == no);
    BOOST_TEST(truth(missing, {open_test(OpenTest::Kind::ras)}) == no);
}

BOOST_AUTO_TEST_CASE(is_not_called_missing_when_its_result_may_be_unread) {
    BOOST_TEST(truth(missing, {unread(Input::observations)}) == unknown);
    BOOST_TEST(truth(missing, {unusable(Topic::kras)}) == unknown);
    BOOST_TEST(truth(missing, {gene(Gene::kras, Outcome::wild_type), unusable(Topic::nras)}) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_g12c_exemption)

BOOST_AUTO_TEST_CASE(counts_only_as_the_only_ras_alteration) {
    BOOST_TEST(truth("KRAS G12C", {kras_g12c()}) == yes);
    BOOST_TEST(truth("KRAS G12C", {gene(Gene::kras, Outcome::mutant)}) == no);
    BOOST_TEST(truth("KRAS G12C", {kras_g12c(), gene(Gene::kras, Outcome::mutant)}) == no);
    BOOST_TEST(truth("KRAS G12C", {kras_g12c(), gene(Gene::nras, Outcome::mutant)}) == no);
    BOOST_TEST(truth("KRAS G12C", {kras_g12c(), gene(Gene::nras, Outcome::wild_type)}) == yes);
    BOOST_TEST(truth("KRAS G12C", {kras_g12c(), gene(Gene::kras, Outcome::wild_type)}) == no);
}

BOOST_AUTO_TEST_CASE(is_contradicted_by_a_wild_type_exon_2_and_by_no_other_test_of_it) {
    const auto of_exon_2_for_another_variant = [](Case& c) {
        c.genes.back().exon2_only = c.genes.back().other_variant = true;
    };
    BOOST_TEST(truth("KRAS G12C", {kras_g12c(), exon_2_wild_type(Gene::kras)}) == no);
    BOOST_TEST(truth("KRAS G12C", {kras_g12c(), gene(Gene::kras, Outcome::wild_type), of_exon_2_for_another_variant}) ==
               yes);
    BOOST_TEST(truth("KRAS G12C", {kras_g12c(), [](Case& c) { c.genes.back().exon2_only = true; }}) == yes);
}

BOOST_AUTO_TEST_CASE(exempts_an_antibody_only_together_with_its_inhibitor_drafted_or_active) {
    const char* const not_exempt = "KRAS G12C exemption does not apply";
    BOOST_TEST(truth(not_exempt, {kras_g12c()}) == yes);
    BOOST_TEST(truth(not_exempt, {kras_g12c(), drafts(Drug::sotorasib)}) == no);
    BOOST_TEST(truth(not_exempt, {kras_g12c(), drafts(Drug::adagrasib)}) == no);
    BOOST_TEST(truth(not_exempt, {kras_g12c(), ordered(Drug::sotorasib, 20)}) == no);
    BOOST_TEST(truth(not_exempt, {kras_g12c(), drafts_unselected(Drug::adagrasib)}) == no);
    BOOST_TEST(truth(not_exempt, {kras_g12c(), ordered(Drug::sotorasib, 20, false)}) == yes);
    BOOST_TEST(truth(not_exempt, {gene(Gene::kras, Outcome::mutant), drafts(Drug::sotorasib)}) == yes);
    BOOST_TEST(truth(not_exempt, {kras_g12c(), gene(Gene::nras, Outcome::mutant), drafts(Drug::sotorasib)}) == yes);
}

// It takes caution away, so it must be proven: an unread order list does not open it.
BOOST_AUTO_TEST_CASE(is_not_opened_by_orders_that_could_not_be_read) {
    const char* const not_exempt = "KRAS G12C exemption does not apply";
    BOOST_TEST(truth(not_exempt, {kras_g12c(), unread(Input::medication_requests)}) == yes);
    BOOST_TEST(truth(not_exempt, {kras_g12c(), unread(Input::medication_requests), drafts(Drug::sotorasib)}) == no);
}

BOOST_AUTO_TEST_SUITE_END()
