// What of an input counts for whom, and what is said about the rest.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>

#include "cohort/export.hpp"
#include "json/writer.hpp"

using namespace rectal_cds;
using namespace rectal_cds::cohort_tests;

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::vector<std::string> together(std::initializer_list<std::vector<std::string>> parts) {
    std::vector<std::string> all;
    for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

// One line; the resources with the urn:uuid addresses that a record outside any server has.
std::string as_bundle(const std::vector<std::string>& resources, const std::string& id, const std::string& more = "") {
    std::string text = R"({"resourceType":"Bundle","type":"collection",)" + more + R"("entry":[)";
    for (const std::string& resource : resources) {
        const bool is_patient = says(resource, R"("resourceType":"Patient")");
        text += (is_patient ? R"({"fullUrl":"urn:uuid:p","resource":)" : R"({"resource":)");
        text += replaced(resource, "Patient/" + id + "\"", "urn:uuid:p\"") + "},";
    }
    text.back() = ']';
    return text + "}";
}

std::vector<std::string> without(const std::vector<std::string>& resources, std::string_view type) {
    std::vector<std::string> kept;
    for (const std::string& resource : resources) {
        if (!says(resource, "\"resourceType\":\"" + std::string(type) + "\"")) kept.push_back(resource);
    }
    return kept;
}

constexpr const char* doublet = "first-line-doublet-bevacizumab";

}  // namespace

BOOST_AUTO_TEST_SUITE(the_input_of_a_cohort)

BOOST_AUTO_TEST_CASE(a_patient_in_one_file_has_a_result) {
    const Judged judged = Export().write("all.ndjson", resources_of_example("a")).judge();
    BOOST_TEST_REQUIRE(judged.lines.size() == 1U);
    BOOST_TEST(says(judged.of("a"), doublet), judged.lines.front());
    BOOST_TEST(judged.outcome->all_well());
    BOOST_TEST(judged.outcome->tally.patients() == 1U);
}

BOOST_AUTO_TEST_CASE(neither_order_nor_files_nor_threads_change_the_results) {
    std::vector<std::string> all;
    for (int i = 0; i < 40; ++i) all = together({all, resources_of_example("p" + std::to_string(i))});
    const Judged plain = Export().write("all.ndjson", all).judge();
    BOOST_TEST_REQUIRE(plain.lines.size() == 40U);
    std::shuffle(all.begin(), all.end(), std::mt19937(7));
    Export scattered;
    const std::size_t third = all.size() / 3;
    scattered.write("z.ndjson", {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(third)});
    scattered.write("b.ndjson", {all.begin() + static_cast<std::ptrdiff_t>(third), all.end()});
    for (const unsigned threads : {1U, 4U}) {
        cohort::CohortOptions options = scattered.options();
        options.threads = threads;
        BOOST_TEST((scattered.judge(options, rules()).lines == plain.lines));
    }
}

BOOST_AUTO_TEST_CASE(a_bundle_for_each_patient_says_the_same_as_its_resources_a_line) {
    const auto a = resources_of_example("a");
    Export lines, bundles, files;
    lines.write("all.ndjson", a);
    bundles.write("all.ndjson", {as_bundle(a, "a")});
    files.write("a.json", {replaced(as_bundle(a, "a"), ",\"", ",\n\"")});
    const std::string expected = lines.judge().of("a");
    BOOST_TEST(says(expected, doublet));
    BOOST_TEST(bundles.judge().of("a") == expected);
    BOOST_TEST(files.judge().of("a") == expected);
}

BOOST_AUTO_TEST_CASE(a_line_that_is_no_json_is_named_and_counted_and_the_others_are_judged) {
    auto lines = resources_of_example("a");
    lines.insert(lines.begin() + 2, {"", "{\"resourceType\":\"Observation\",\"id\":\"secret-7\",", "[]", "\"text\""});
    const Judged judged = Export().write("all.ndjson", lines).judge();
    BOOST_TEST(says(judged.of("a"), doublet));
    BOOST_TEST_REQUIRE(judged.faults.size() == 3U);
    BOOST_TEST(judged.faults[0].rfind("all.ndjson:4: This cannot be read as JSON.", 0) == 0U, judged.faults[0]);
    BOOST_TEST(!says(judged.faults[0], "secret-7"));
    BOOST_TEST(judged.faults[1] == "all.ndjson:5: A JSON object is expected.");
    BOOST_TEST(judged.outcome->gathered.fault_count() == 3U);
    BOOST_TEST(!judged.outcome->all_well());
}

BOOST_AUTO_TEST_CASE(a_resource_that_names_no_patient_is_a_fault_and_nobodys) {
    auto lines = resources_of_example("a");
    lines.push_back(R"({"resourceType":"Condition","id":"c9","code":{"text":"x"}})");
    lines.push_back(R"({"resourceType":"Condition","id":"c8","subject":{"reference":"Group/g"}})");
    lines.push_back(R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"exception"}]})");
    const Judged judged = Export().write("all.ndjson", lines).judge();
    BOOST_TEST(judged.faults.size() == 3U);
    BOOST_TEST(judged.of("a") == Export().write("all.ndjson", resources_of_example("a")).judge().of("a"));
}

BOOST_AUTO_TEST_CASE(a_type_without_a_file_is_not_supplied_unless_it_is_said_to_have_been_exported) {
    Export folder;
    folder.write("all.ndjson", without(resources_of_example("a"), "Procedure"));
    const Judged judged = folder.judge();
    BOOST_TEST(says(judged.of("a"), R"("procedures":"absent")"), judged.of("a"));
    const auto& missing = judged.outcome->not_exported;
    BOOST_TEST(std::count(missing.begin(), missing.end(), "Procedure") == 1);
    cohort::CohortOptions options = folder.options();
    options.exported = {"Procedure"};
    BOOST_TEST(says(folder.judge(options, rules()).of("a"), R"("procedures":"empty")"));
    folder.write("1.Procedure.000.ndjson", {});
    BOOST_TEST(says(folder.judge().of("a"), R"("procedures":"empty")"));
}

BOOST_AUTO_TEST_CASE(of_two_copies_the_latest_counts_in_whatever_order_they_come) {
    const std::string old =
        R"({"resourceType":"Patient","id":"a","meta":{"lastUpdated":"2026-01-01T23:30:00+02:00"},"deceasedBoolean":true,"birthDate":"1968-01-20"})";
    const std::string fresh =
        R"({"resourceType":"Patient","id":"a","meta":{"lastUpdated":"2026-01-01T22:00:00Z"},"birthDate":"1968-01-20"})";
    const auto rest = without(resources_of_example("a"), "Patient");
    const Judged one = Export().write("all.ndjson", together({rest, {old, fresh}})).judge();
    const Judged other = Export().write("all.ndjson", together({{fresh, old}, rest})).judge();
    BOOST_TEST(one.of("a") == other.of("a"));
    BOOST_TEST(says(one.of("a"), doublet), one.of("a"));
    BOOST_TEST(says(one.of("a"), R"("otherCopies":1)"));
    const std::string later = replaced(old, "2026-01-01T23", "2026-01-02T23");
    BOOST_TEST(says(Export().write("all.ndjson", together({rest, {later, fresh}})).judge().of("a"),
                    R"("silence":"deceased")"));
}

BOOST_AUTO_TEST_CASE(a_bundle_with_a_further_page_makes_its_patient_incomplete_and_no_other) {
    const auto a = resources_of_example("a"), b = resources_of_example("b");
    const std::string more = R"("link":[{"relation":"next","url":"https://x.example/2"}],)";
    const Judged judged = Export().write("all.ndjson", {as_bundle(a, "a", more), as_bundle(b, "b")}).judge();
    BOOST_TEST(says(judged.of("a"), R"("incomplete":true)"), judged.of("a"));
    BOOST_TEST(says(judged.of("a"), R"("observations":"incomplete")"));
    BOOST_TEST(!says(judged.of("b"), "incomplete"));
}

BOOST_AUTO_TEST_CASE(another_servers_patient_with_the_same_id_is_not_this_one) {
    auto lines = resources_of_example("a");
    for (std::string& line : lines) line = replaced(line, "\"Patient/a\"", "\"https://one.example/fhir/Patient/a\"");
    lines.push_back(
        R"({"resourceType":"Condition","id":"x","subject":{"reference":"https://two.example/fhir/Patient/a"}})");
    Export folder;
    folder.write("all.ndjson", lines);
    cohort::JudgeRules judging = rules();
    judging.call.fhir_base = "https://one.example/fhir";
    const Judged judged = folder.judge(folder.options(), judging);
    BOOST_TEST(says(judged.of("a"), doublet));
    BOOST_TEST_REQUIRE(judged.faults.size() == 1U);
    BOOST_TEST(says(judged.faults[0], "all.ndjson:" + std::to_string(lines.size()) + ": "));
    const Judged unnamed = folder.judge();
    BOOST_TEST(unnamed.faults.size() == lines.size() - 1);  // all but the Patient
    BOOST_TEST(!says(unnamed.of("a"), doublet));
}

BOOST_AUTO_TEST_CASE(patients_whose_ids_begin_alike_are_kept_apart) {
    Export folder;
    folder.write("all.ndjson",
                 together({resources_of_example("1"), without(resources_of_example("11"), "Observation")}));
    const Judged judged = folder.judge();
    BOOST_TEST(judged.lines.size() == 2U);
    BOOST_TEST(says(judged.of("1"), doublet));
    BOOST_TEST(!says(judged.of("1"), "biomarkers-pending"));
    BOOST_TEST(says(judged.of("11"), "biomarkers-pending"), judged.of("11"));
}

BOOST_AUTO_TEST_CASE(a_record_without_its_patient_is_refused_and_counted) {
    const Judged judged = Export().write("all.ndjson", without(resources_of_example("a"), "Patient")).judge();
    BOOST_TEST(says(judged.of("a"), R"("status":412)"), judged.of("a"));
    BOOST_TEST(judged.outcome->tally.refused() == 1U);
    BOOST_TEST(!judged.outcome->all_well());
}

BOOST_AUTO_TEST_CASE(a_line_above_the_limit_is_a_fault_and_not_cut_in_silence) {
    auto lines = resources_of_example("a");
    lines.push_back(R"({"resourceType":"Condition","id":"big","subject":{"reference":"Patient/a"},"x":")" +
                    std::string(3'000'000, 'x') + "\"}");
    lines.push_back(R"({"resourceType":"Encounter","id":"e"})");
    Export folder;
    folder.write("all.ndjson", lines);
    cohort::CohortOptions options = folder.options();
    options.max_patient_bytes = 2'000'000;
    const Judged judged = folder.judge(options, rules());
    BOOST_TEST_REQUIRE(judged.faults.size() == 1U);
    BOOST_TEST(says(judged.faults[0], ":" + std::to_string(lines.size() - 1) + ": "), judged.faults[0]);
    BOOST_TEST(judged.outcome->gathered.census.not_read.at("Encounter") == 1U);
    BOOST_TEST(says(judged.of("a"), doublet));
}

BOOST_AUTO_TEST_CASE(a_medication_in_a_file_of_its_own_is_found) {
    const std::string order =
        R"({"resourceType":"MedicationRequest","id":"m","status":"draft","intent":"order","subject":{"reference":"Patient/a"},"medicationReference":{"reference":"Medication/cet"}})";
    const std::string drug =
        R"({"resourceType":"Medication","id":"cet","code":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"318341"}]}})";
    Export with, without_it;
    with.write("all.ndjson", together({resources_of_example("a"), {order}})).write("Medication.ndjson", {drug});
    without_it.write("all.ndjson", together({resources_of_example("a"), {order}}));
    cohort::JudgeRules judging = rules();
    judging.call.hook = domain::Hook::order_sign;
    BOOST_TEST(says(with.judge(with.options(), judging).of("a"), "anti-egfr-ras-mutant"));
    BOOST_TEST(
        !says(without_it.judge(without_it.options(), judging).of("a"), "\"cards\":[{\"id\":\"anti-egfr-ras-mutant\""));
}

BOOST_AUTO_TEST_CASE(who_has_no_draft_order_is_counted_and_not_judged_at_signing) {
    Export folder;
    folder.write("all.ndjson", resources_of_example("a"));
    cohort::JudgeRules judging = rules();
    judging.call.hook = domain::Hook::order_sign;
    BOOST_TEST(folder.judge(folder.options(), judging).of("a") == R"({"patient":"a","status":204})");
}

BOOST_AUTO_TEST_SUITE_END()
