// The example site of profiles/README.md, whole: one order-sign call in local codes, with and without the site's files.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>

#include "cdshooks/respond.hpp"
#include "fhir/site.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
namespace fs = std::filesystem;

namespace {

fs::path example() { return source_folder() / "tests" / "fhir" / "site_example"; }

std::vector<fhir::KnowledgeFile> site_files() {
    std::vector<fhir::KnowledgeFile> files;
    for (const char* folder : {"valuesets", "conceptmaps"}) {
        for (const auto& entry : fs::directory_iterator(example() / "site" / folder)) {
            files.push_back({entry.path().lexically_relative(source_folder()).generic_string(), read_text(entry.path())});
        }
    }
    return files;
}

// Knowledge is not copied: the codes and orders of a site are its own.
fhir::Knowledge knowledge_with_site() {
    std::vector<base::Error> errors;
    std::vector<fhir::KnowledgeFile> files;
    for (const char* room : {"hooks", "profiles"}) {
        for (const auto& entry : fs::recursive_directory_iterator(source_folder() / room)) {
            const std::string kind = entry.path().extension().string();
            if (entry.is_regular_file() && (kind == ".json" || kind == ".mustache")) {
                files.push_back({entry.path().lexically_relative(source_folder()).generic_string(), read_text(entry.path())});
            }
        }
    }
    fhir::Knowledge knowledge = fhir::read_knowledge(files, errors);
    fhir::add_site(knowledge, site_files(), errors);
    for (const base::Error& error : errors) BOOST_ERROR(error.where << " " << error.what);
    return knowledge;
}

std::string answer(const fhir::Knowledge& knowledge) {
    cdshooks::Call call;
    call.body = read_text(example() / "order-sign.json");
    call.service = knowledge.service("rectal-cancer-order-sign");
    call.today = *base::parse_day("2026-03-02");
    call.seed_from_hook_instance = true;
    return cdshooks::respond(knowledge, std::move(call)).body;
}

bool holds(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(site_example)

BOOST_AUTO_TEST_CASE(the_files_of_the_example_hold_no_error) {
    const fhir::Knowledge knowledge = knowledge_with_site();
    BOOST_TEST(knowledge.site.orderables == 4U);  // two of the four are one item for two doses of oxaliplatin
    BOOST_TEST(knowledge.site.codes >= 6U);
}

BOOST_AUTO_TEST_CASE(cetuximab_and_a_kras_mutation_in_local_codes_give_the_critical_card) {
    const std::string with_site = answer(knowledge_with_site());
    BOOST_TEST(holds(with_site, "antiEgfrRasMutant"));
    BOOST_TEST(holds(with_site, "\"critical\""));
    BOOST_TEST(!holds(answer(real_knowledge()), "antiEgfrRasMutant"));
}

BOOST_AUTO_TEST_CASE(the_suggested_order_is_one_that_the_site_can_order) {
    const std::string with_site = answer(knowledge_with_site());
    BOOST_TEST(holds(with_site, "ONC-BEV-5"));
    BOOST_TEST(holds(with_site, "\"253337\""));
    BOOST_TEST(!holds(answer(real_knowledge()), "ONC-BEV-5"));
}

BOOST_AUTO_TEST_SUITE_END()
