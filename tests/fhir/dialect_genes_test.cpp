// RAS and BRAF results in every dialect, and the traps around them (terminology.md 3, pitfalls 18 to 23, 25, 26, 28, 45).
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "fhir/dialect_record.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using domain::Gene;
using domain::GeneResult;
using domain::Topic;
using Outcome = domain::GeneResult::Outcome;

namespace {

const std::string variant = loinc("69548-6"), kras_test = loinc("85509-8");
const std::string present = value(loinc("LA9633-4")), absent = value(loinc("LA9634-2"));

std::string hgnc(std::string_view code) { return coded("http://www.genenames.org", code); }
std::string hgvs(std::string_view change) { return coded("http://varnomen.hgvs.org", change); }
std::string part(std::string_view code, const std::string& codeable) { return "{\"code\": " + loinc(code) + ", " + value(codeable) + "}"; }
std::string gene(std::string_view id) { return part("48018-6", hgnc(id)); }
std::string parts(const std::string& components) { return "\"component\": [" + components + "]"; }

domain::Case read(std::initializer_list<std::string> observations) { return DialectRecord(observations).read(); }

// The only result of the gene; none when there is none or more than one.
std::optional<GeneResult> only(const domain::Case& record, Gene gene) {
    std::optional<GeneResult> found;
    for (const GeneResult& result : record.genes) {
        if (result.gene == gene) found = result;
    }
    const auto count = std::count_if(record.genes.begin(), record.genes.end(), [&](const auto& r) { return r.gene == gene; });
    return count == 1 ? found : std::nullopt;
}

bool is(const domain::Case& record, Gene gene, Outcome outcome) {
    const auto result = only(record, gene);
    return result && result->outcome == outcome;
}

// A result that decides nothing: none was obtained, or it is not understood.
bool is_undecided(const domain::Case& record, Gene gene) {
    return is(record, gene, Outcome::no_result) || is(record, gene, Outcome::unclear);
}

bool g12c(std::initializer_list<std::string> components, const char* gene_id = "HGNC:6407") {
    std::string all = gene(gene_id);
    for (const std::string& component : components) all += ", " + component;
    const domain::Case record = read({observation(variant, present + ", " + parts(all))});
    return std::any_of(record.genes.begin(), record.genes.end(), [](const GeneResult& r) { return r.g12c; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dialect_genes)

BOOST_AUTO_TEST_CASE(a_gene_counts_by_its_code_whatever_its_display_says) {
    const std::string swapped = R"({"coding": [{"system": "http://www.genenames.org", "code": "HGNC:6342", "display": "NRAS"}]})";
    BOOST_TEST(read({observation(variant, present + ", " + parts(part("48018-6", swapped)))}).genes.empty());  // 6342 is KIT
    const std::string nras = R"({"coding": [{"system": "http://www.genenames.org", "code": "HGNC:7989", "display": "KIT"}]})";
    BOOST_TEST(is(read({observation(variant, present + ", " + parts(part("48018-6", nras)))}), Gene::nras, Outcome::mutant));
}

BOOST_AUTO_TEST_CASE(several_genes_in_one_absent_speak_for_each_of_them) {
    const domain::Case separate = read({observation(variant, absent + ", " + parts(gene("HGNC:6407") + ", " + gene("7989") + ", " + gene("HGNC:1097")))});
    for (const Gene g : {Gene::kras, Gene::nras, Gene::braf}) BOOST_TEST(is(separate, g, Outcome::wild_type));
    const std::string seven = R"({"coding": [{"system": "http://www.genenames.org", "code": "6407"}, {"system": "http://www.genenames.org", "code": "7989"}, {"system": "http://www.genenames.org", "code": "11998"}]})";
    const domain::Case one_concept = read({observation(variant, absent + ", " + parts(part("48018-6", seven)))});
    for (const Gene g : {Gene::kras, Gene::nras}) BOOST_TEST(is(one_concept, g, Outcome::wild_type));
}

BOOST_AUTO_TEST_CASE(several_genes_in_one_present_tell_no_gene) {
    const std::string two = R"({"coding": [{"system": "http://www.genenames.org", "code": "6407"}, {"system": "http://www.genenames.org", "code": "11998"}]})";
    for (const std::string& genes : {gene("6407") + ", " + gene("7989"), gene("6407") + ", " + gene("11998"), part("48018-6", two)}) {
        const domain::Case record = read({observation(variant, present + ", " + parts(genes))});
        BOOST_TEST((record.genes.empty() && is_unusable(record, Topic::kras)));
    }
}

BOOST_AUTO_TEST_CASE(one_gene_named_in_two_systems_is_one_gene) {
    const std::string both = R"({"coding": [{"system": "https://www.ncbi.nlm.nih.gov/gene", "code": "3845"}, {"system": "http://www.genenames.org", "code": "HGNC:6407"}]})";
    BOOST_TEST(is(read({observation(variant, present + ", " + parts(part("48018-6", both)))}), Gene::kras, Outcome::mutant));
}

BOOST_AUTO_TEST_CASE(a_gene_by_text_or_by_an_unknown_system_is_not_dropped_but_said) {
    for (const std::string& unread : {text("KRAS"), coded("https://www.ncbi.nlm.nih.gov/gene", "3845")}) {
        const domain::Case record = read({observation(variant, present + ", " + parts(part("48018-6", unread)))});
        BOOST_TEST((record.genes.empty() && is_unusable(record, Topic::kras) && is_unusable(record, Topic::nras)));
    }
    const domain::Case by_title = read({observation(R"({"coding": [{"system": "http://loinc.org", "code": "69548-6"}], "text": "KRAS mutation"})", present)});
    BOOST_TEST((by_title.genes.empty() && is_unusable(by_title, Topic::kras)));
    BOOST_TEST(read({observation(variant, absent + ", " + parts(part("48018-6", text("KRAS"))))}).unusable.empty());  // never wild type
}

BOOST_AUTO_TEST_CASE(another_gene_says_nothing_of_ours) {
    const domain::Case record = read({observation(variant, present + ", " + parts(gene("HGNC:11998")))});
    BOOST_TEST((record.genes.empty() && record.unusable.empty()));
}

BOOST_AUTO_TEST_CASE(components_have_no_order) {
    BOOST_TEST(g12c({part("48005-3", hgvs("p.Gly12Cys"))}));
    const domain::Case record = read({observation(variant, present + ", " + parts(part("48005-3", hgvs("p.Gly12Cys")) + ", " + gene("6407")))});
    BOOST_TEST(only(record, Gene::kras)->g12c);
}

BOOST_AUTO_TEST_CASE(g12c_is_known_in_each_of_its_spellings) {
    for (const char* change : {"p.G12C", "p.Gly12Cys", "p.(Gly12Cys)", "p.(G12C)", "NP_004976.2:p.Gly12Cys", "P.g12c"}) {
        BOOST_TEST(g12c({part("48005-3", hgvs(change))}), change);
        BOOST_TEST(g12c({part("48005-3", text(change))}), change);
    }
    for (const char* change : {"c.34G>T", "NM_004985.5:c.34G>T", "NM_004985.5(KRAS):c.34G>T (p.Gly12Cys)"}) {
        BOOST_TEST(g12c({part("48004-6", hgvs(change))}), change);
        BOOST_TEST(g12c({part("81290-9", hgvs(change))}), change);  // a coding change in the genomic slot
    }
}

BOOST_AUTO_TEST_CASE(g12c_is_read_from_the_display_of_a_variation_code) {
    const std::string clinvar = R"json({"coding": [{"system": "http://www.ncbi.nlm.nih.gov/clinvar", "code": "12578", "display": "NM_004985.5(KRAS):c.34G>T (p.Gly12Cys)"}]})json";
    BOOST_TEST(g12c({part("81252-9", clinvar)}));
    const std::string g12d = R"json({"coding": [{"system": "http://www.ncbi.nlm.nih.gov/clinvar", "code": "12582", "display": "NM_004985.5(KRAS):c.35G>A (p.Gly12Asp)"}]})json";
    BOOST_TEST(!g12c({part("81252-9", g12d)}));
}

BOOST_AUTO_TEST_CASE(another_change_or_another_gene_is_not_kras_g12c) {
    for (const char* change : {"p.G12D", "p.G13C", "p.Gly12Val", "p.G12", "G12C", "p.G12C or p.G12D"}) BOOST_TEST(!g12c({part("48005-3", hgvs(change))}), change);
    BOOST_TEST(!g12c({part("48004-6", hgvs("NM_002524.4:c.34G>T"))}, "HGNC:7989"));  // NRAS has the same change
    BOOST_TEST(!g12c({part("48005-3", hgvs("p.G12C")), part("48005-3", hgvs("p.G12D"))}));
}

namespace {

std::string implication(std::string_view answer, const std::string& extra = "") {
    return observation(loinc("53037-8"), "\"derivedFrom\": [{\"reference\": \"Observation/v1\"}], " + extra + value(loinc(answer)), "i1");
}
const std::string kras_present = observation(variant, present + ", " + parts(gene("6407")), "v1");

}  // namespace

BOOST_AUTO_TEST_CASE(a_variant_of_uncertain_significance_is_not_a_mutation) {
    for (const char* answer : {"LA26333-7", "LA6675-8", "LA26334-5"}) {
        BOOST_TEST(is(read({kras_present, implication(answer)}), Gene::kras, Outcome::no_result), answer);
        const std::string inside = observation(variant, present + ", " + parts(gene("6407") + ", " + part("53037-8", loinc(answer))));
        BOOST_TEST(is(read({inside}), Gene::kras, Outcome::no_result), answer);
    }
    const std::string as_component = observation(text("diagnostic implication"), "\"derivedFrom\": [{\"reference\": \"https://ehr.example/fhir/Observation/v1\"}], " + parts(part("53037-8", loinc("LA26333-7"))), "i1");
    BOOST_TEST(is(read({kras_present, as_component}), Gene::kras, Outcome::no_result));
}

BOOST_AUTO_TEST_CASE(a_pathogenic_variant_and_one_without_a_statement_are_mutations) {
    for (const char* answer : {"LA6668-3", "LA26332-9"}) BOOST_TEST(is(read({kras_present, implication(answer)}), Gene::kras, Outcome::mutant), answer);
    BOOST_TEST(is(read({kras_present}), Gene::kras, Outcome::mutant));
    BOOST_TEST(is(read({kras_present, implication("LA26333-7", "\"status\": \"entered-in-error\", ")}), Gene::kras, Outcome::mutant));
    BOOST_TEST(is(read({kras_present, implication("LA26333-7"), observation(loinc("53037-8"), "\"derivedFrom\": [{\"reference\": \"Observation/v1\"}], " + value(loinc("LA6668-3")), "i2")}),
                  Gene::kras, Outcome::mutant));
}

BOOST_AUTO_TEST_CASE(a_germline_variant_is_no_mutation_of_the_tumour) {
    BOOST_TEST(read({observation(variant, present + ", " + parts(gene("6407") + ", " + part("48002-0", loinc("LA6683-2"))))}).genes.empty());
    BOOST_TEST(is(read({observation(variant, present + ", " + parts(gene("6407") + ", " + part("48002-0", loinc("LA6684-0"))))}), Gene::kras, Outcome::mutant));
}

BOOST_AUTO_TEST_CASE(answers_count_in_each_code_system) {
    for (const std::string& answer : {loinc("LA9633-4"), loinc("LA6576-8"), loinc("LA11882-0"), sct("10828004"), sct("52101004"), sct("260373001")}) {
        BOOST_TEST(is(read({observation(kras_test, value(answer))}), Gene::kras, Outcome::mutant), answer);
    }
    for (const std::string& answer : {loinc("LA9634-2"), loinc("LA6577-6"), loinc("LA11883-8"), sct("260385009"), sct("2667000"), sct("260415000")}) {
        BOOST_TEST(is(read({observation(kras_test, value(answer))}), Gene::kras, Outcome::wild_type), answer);
    }
    for (const std::string& answer : {loinc("LA11884-6"), loinc("LA18198-4"), sct("125154007"), sct("385432009"), sct("1220561009"),
                                      coded("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown")}) {
        BOOST_TEST(is(read({observation(kras_test, value(answer))}), Gene::kras, Outcome::no_result), answer);
    }
}

BOOST_AUTO_TEST_CASE(an_interpretation_stands_for_a_missing_value) {
    const auto interpreted = [](const char* code) {
        return "\"interpretation\": [" + coded("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", code) + "]";
    };
    for (const char* code : {"POS", "DET"}) BOOST_TEST(is(read({observation(kras_test, interpreted(code))}), Gene::kras, Outcome::mutant), code);
    for (const char* code : {"NEG", "ND"}) BOOST_TEST(is(read({observation(kras_test, interpreted(code))}), Gene::kras, Outcome::wild_type), code);
    BOOST_TEST(is_undecided(read({observation(kras_test, interpreted("A"))}), Gene::kras));
    const std::string local = "\"interpretation\": [" + coded("https://lab.example/interpretation", "W") + R"(], "note": [{"text": "KRAS wild type"}])";
    BOOST_TEST(is_undecided(read({observation(kras_test, local)}), Gene::kras));
    BOOST_TEST(read({observation(variant, local)}).genes.empty());
    BOOST_TEST(is(read({observation(kras_test, R"("dataAbsentReason": )" + coded("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown") + ", " + interpreted("NEG"))}),
                  Gene::kras, Outcome::no_result));
}

BOOST_AUTO_TEST_CASE(a_result_that_contradicts_itself_is_refused) {
    const std::string pos = "\"interpretation\": [" + coded("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "POS") + "]";
    const std::string both = R"({"coding": [{"system": "http://loinc.org", "code": "LA9634-2"}, {"system": "http://snomed.info/sct", "code": "10828004"}]})";
    const std::string coded_and_written = R"({"coding": [{"system": "http://loinc.org", "code": "LA9634-2"}], "text": "p.G12D"})";
    for (const std::string& members : {absent + ", " + pos, value(both), value(coded_and_written)}) {
        const domain::Case record = read({observation(kras_test, members)});
        BOOST_TEST((record.genes.empty() && is_unusable(record, Topic::kras)));
    }
    const domain::Case agree = read({observation(kras_test, present + ", \"interpretation\": [" + sct("10828004") + "]")});
    BOOST_TEST(is(agree, Gene::kras, Outcome::mutant));
}

BOOST_AUTO_TEST_CASE(a_list_of_what_was_tested_is_no_result_and_neither_is_another_specimen) {
    for (const char* code : {"21703-4", "21720-8", "53620-1", "53621-9", "85101-4", "85319-2", "21717-2"}) {
        const domain::Case record = read({observation(loinc(code), absent)});
        BOOST_TEST((record.genes.empty() && record.unusable.empty()), code);
    }
}

BOOST_AUTO_TEST_CASE(written_results_count_whole_and_anchored) {
    for (const char* words : {"Wild type", "wild-type", "no mutation detected", "Not detected", "NEGATIVE"}) {
        BOOST_TEST(is(read({observation(kras_test, "\"valueString\": \"" + std::string(words) + '"')}), Gene::kras, Outcome::wild_type), words);
    }
    for (const char* words : {"p.G12D", "p.Gly13Asp"}) BOOST_TEST(is(read({observation(kras_test, value(text(words)))}), Gene::kras, Outcome::mutant), words);
    for (const char* words : {"detected", "mutation not excluded", "no KRAS mutation", "insufficient sample", "indeterminate", "WT?", "see report", "KRAS wild type; NRAS p.Q61K"}) {
        BOOST_TEST(is_undecided(read({observation(kras_test, "\"valueString\": \"" + std::string(words) + '"')}), Gene::kras), words);
    }
    const domain::Case exon_2 = read({observation(kras_test, "\"valueString\": \"wild type (exon 2 only)\"")});
    BOOST_TEST((is(exon_2, Gene::kras, Outcome::wild_type) && only(exon_2, Gene::kras)->exon2_only));
}

BOOST_AUTO_TEST_CASE(braf_v600k_is_not_v600e) {
    BOOST_TEST(only(read({observation(loinc("58415-1"), present)}), Gene::braf)->v600e);
    BOOST_TEST(only(read({observation(loinc("85511-4"), value(text("p.Val600Glu")))}), Gene::braf)->v600e);
    BOOST_TEST(!only(read({observation(loinc("85511-4"), value(text("p.Val600Lys")))}), Gene::braf)->v600e);
    BOOST_TEST(read({observation(loinc("89861-9"), present)}).genes.empty());
}

BOOST_AUTO_TEST_CASE(a_result_under_way_is_pending_and_a_cancelled_one_absent) {
    for (const char* status : {"registered", "preliminary"}) {
        BOOST_TEST(is(read({observation(kras_test, "\"status\": \"" + std::string(status) + "\", " + absent)}), Gene::kras, Outcome::pending), status);
    }
    for (const char* status : {"cancelled", "entered-in-error"}) {
        const domain::Case record = read({observation(kras_test, "\"status\": \"" + std::string(status) + "\", " + absent)});
        BOOST_TEST((record.genes.empty() && record.unusable.empty()), status);
    }
}

namespace {

std::string report(const std::string& members, const char* code = "51969-4") {
    return R"({"resourceType": "DiagnosticReport", "id": "r1", "status": "final", "code": )" + loinc(code) + ", \"effectiveDateTime\": \"2026-02-20\", " + members + "}";
}
const std::string pdf = R"("presentedForm": [{"contentType": "application/pdf", "title": "NGS panel"}])";

}  // namespace

// A germline variant is no metaboliser status; the result is not missing either.
BOOST_AUTO_TEST_CASE(a_pharmacogene_variant_without_the_metaboliser_status_is_unusable) {
    const auto variant = [](const char* gene, const char* origin, const char* answer, const char* status = "final") {
        const auto component = [](const char* asks, const std::string& says) { return R"({"code": )" + loinc(asks) + R"(, "valueCodeableConcept": )" + says + "}"; };
        return read({observation(loinc("69548-6"), value(loinc(answer)) + ", \"status\": \"" + status + "\", \"component\": [" +
                                                       component("48018-6", coded("http://www.genenames.org", gene)) + ", " + component("48002-0", loinc(origin)) + "]")});
    };
    constexpr const char *germline = "LA6683-2", *somatic = "LA6684-0", *present = "LA9633-4", *absent_there = "LA9634-2";
    BOOST_TEST(is_unusable(variant("HGNC:3012", germline, present), Topic::dpyd));
    BOOST_TEST(is_unusable(variant("HGNC:12530", germline, present), Topic::ugt1a1));
    BOOST_TEST(variant("HGNC:3012", somatic, present).unusable.empty());
    BOOST_TEST(variant("HGNC:3012", germline, absent_there).unusable.empty());
    BOOST_TEST(variant("HGNC:3012", germline, present, "preliminary").unusable.empty());
    BOOST_TEST(variant("HGNC:8975", germline, present).unusable.empty());  // another gene
}

BOOST_AUTO_TEST_CASE(a_preliminary_result_decides_nothing_and_keeps_what_it_says) {
    const auto preliminary = [](const std::string& says) { return read({observation(kras_test, says + R"(, "status": "preliminary")")}).genes.at(0); };
    BOOST_TEST((preliminary(R"("valueString": "p.G12D")").outcome == domain::GeneResult::Outcome::pending));
    BOOST_TEST(preliminary(R"("valueString": "p.G12D")").says_mutant);
    BOOST_TEST(!preliminary(absent).says_mutant);
    BOOST_TEST(!preliminary(R"("valueString": "pending")").says_mutant);
    BOOST_TEST(!read({observation(kras_test, R"("valueString": "p.G12D")")}).genes.at(0).says_mutant);
}

BOOST_AUTO_TEST_CASE(a_genetic_report_that_is_only_a_document_is_said_to_be_unread) {
    const domain::Case record = read({report(pdf)});
    for (const Topic topic : {Topic::kras, Topic::nras, Topic::braf, Topic::mmr}) BOOST_TEST(is_unusable(record, topic));
    BOOST_TEST(read({report(pdf, "24627-2")}).unusable.empty());  // a CT is no such report
}

// A mutation that stands nowhere else must not go unseen, least of all beside an older wild-type.
BOOST_AUTO_TEST_CASE(a_contained_result_is_said_to_be_unread_unless_the_record_has_it_too) {
    const auto is_in_doubt = [](const std::string& contained, const std::string& recorded) {
        const std::string inner = R"({"resourceType": "Observation", "id": "o9", "status": "final", "code": )" + kras_test + ", " + contained + "}";
        const std::string holder = report(R"("contained": [)" + inner + R"(], "result": [{"reference": "#o9"}])");
        return is_unusable(recorded.empty() ? read({holder}) : read({observation(kras_test, recorded), holder}), Topic::kras);
    };
    BOOST_TEST((is_in_doubt(present, "") && is_in_doubt(present, absent) && is_in_doubt(absent, present)));
    BOOST_TEST(is_in_doubt(R"("valueString": "see the attached pages")", absent));
    BOOST_TEST((!is_in_doubt(absent, absent) && !is_in_doubt(present, present)));
    BOOST_TEST(!is_in_doubt(R"("dataAbsentReason": {"coding": [{"code": "not-performed"}]})", absent));
}

BOOST_AUTO_TEST_CASE(results_on_record_are_not_put_in_doubt_by_the_document) {
    const domain::Case record = read({observation(kras_test, absent), report(pdf)});
    BOOST_TEST((!is_unusable(record, Topic::kras) && is_unusable(record, Topic::nras)));
    const domain::Case linked = read({observation(kras_test, absent), report(pdf + R"(, "result": [{"reference": "Observation/o1"}])")});
    BOOST_TEST(linked.unusable.empty());
}

BOOST_AUTO_TEST_SUITE_END()
