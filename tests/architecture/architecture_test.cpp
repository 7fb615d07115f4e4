// Reads every file of src/ and tests/ and fails with file and line on what breaks the rules. That each rule can fail is
// shown first, on small samples of wrong files.
#include "architecture/rules.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace fs = std::filesystem;
using namespace rectal_cds::architecture;

namespace {

// The order that the build links by, handed over as a macro by tests/CMakeLists.txt.
std::vector<std::string> layers() {
    std::istringstream names(RECTAL_CDS_LAYERS);
    return {std::istream_iterator<std::string>(names), {}};
}

std::vector<Breach> judge(std::string path, std::string text) {
    return include_breaches({std::move(path), std::move(text)}, layers());
}

fs::path source_dir() {
    const char* const place = std::getenv("RECTAL_CDS_SOURCE_DIR");
    BOOST_TEST_REQUIRE(place != nullptr, "RECTAL_CDS_SOURCE_DIR must name the checkout; ctest sets it.");
    return place;
}

std::vector<std::string> paths_below(const char* folder) {
    std::vector<std::string> paths;
    for (const auto& entry : fs::recursive_directory_iterator(source_dir() / folder)) {
        if (entry.is_regular_file()) paths.push_back(fs::relative(entry.path(), source_dir()).generic_string());
    }
    return paths;
}

SourceFile load(const std::string& path) {
    std::ifstream file(source_dir() / path, std::ios::binary);
    BOOST_TEST_REQUIRE(file.good(), path << " cannot be read.");
    return {path, {std::istreambuf_iterator<char>(file), {}}};
}

void report(const std::vector<Breach>& breaches) {
    for (const Breach& breach : breaches) BOOST_ERROR(breach);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_rules_can_fail)

BOOST_AUTO_TEST_CASE(a_lower_layer_must_not_include_a_higher_one) {
    const auto breaches = judge("src/json/value.cpp", "#include \"json/value.hpp\"\n\n#include \"fhir/reader.hpp\"\n");
    BOOST_TEST_REQUIRE(breaches.size() == 1U);
    BOOST_TEST(breaches[0] ==
               (Breach{"src/json/value.cpp", 3, "'json' must not include 'fhir', which stands above it."}));
}

BOOST_AUTO_TEST_CASE(every_layer_may_include_those_below_it_and_none_above) {
    const std::vector<std::string> order{"base",     "domain", "guideline", "json", "fhir",
                                         "cdshooks", "auth",   "store",     "http"};
    for (std::size_t includer = 0; includer < order.size(); ++includer) {
        for (std::size_t included = 0; included < order.size(); ++included) {
            const auto breaches =
                judge("src/" + order[includer] + "/a.cpp", "#include \"" + order[included] + "/b.hpp\"\n");
            BOOST_TEST(breaches.empty() == (included <= includer), order[includer] << " includes " << order[included]);
        }
    }
}

BOOST_AUTO_TEST_CASE(main_may_include_every_layer_and_no_layer_may_include_main) {
    BOOST_TEST(judge("src/main.cpp", "#include \"http/server.hpp\"\n#include \"command_serve.hpp\"\n").empty());
    BOOST_TEST(judge("src/http/server.cpp", "#include \"command_serve.hpp\"\n").size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_path_that_is_not_layer_slash_file_is_refused) {
    BOOST_TEST(judge("src/json/value.cpp", "#include \"../base/result.hpp\"\n").size() == 1U);
    BOOST_TEST(judge("src/json/value.cpp", "#include \"src/base/result.hpp\"\n").size() == 1U);
    BOOST_TEST(judge("src/json/value.cpp", "#include HEADER\n").size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_folder_outside_the_order_is_refused) {
    BOOST_TEST(judge("src/misc/a.cpp", "#include \"base/result.hpp\"\n").size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_third_party_header_outside_its_owner_is_refused) {
    const auto breaches =
        judge("src/fhir/reader.cpp", "#include <string>\n  #  include <rapidjson/document.h> // why\n");
    BOOST_TEST_REQUIRE(breaches.size() == 1U);
    BOOST_TEST(breaches[0] == (Breach{"src/fhir/reader.cpp", 2,
                                      "<rapidjson/document.h> belongs to 'json' and must not be named in 'fhir'."}));
    BOOST_TEST(judge("src/guideline/judge.cpp", "#include <boost/asio.hpp>\n").size() == 1U);
    BOOST_TEST(judge("src/http/server.cpp", "#include <CLI/CLI.hpp>\n").size() == 1U);
    BOOST_TEST(judge("src/cdshooks/card.cpp", "#include <spdlog/spdlog.h>\n").size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_third_party_header_in_its_owner_is_right) {
    BOOST_TEST(judge("src/json/document.cpp", "#include <rapidjson/document.h>\n#include <simdjson.h>\n").empty());
    BOOST_TEST(judge("src/cdshooks/card.cpp", "#include <kainjow/mustache.hpp>\n").empty());
    BOOST_TEST(judge("src/http/server.cpp", "#include <boost/beast.hpp>\n").empty());
    BOOST_TEST(judge("src/fetch/cpprest_transport.cpp", "#include <cpprest/http_client.h>\n").empty());
    BOOST_TEST(judge("src/main.cpp", "#include <CLI/CLI.hpp>\n#include <spdlog/spdlog.h>\n").empty());
}

BOOST_AUTO_TEST_CASE(an_unknown_library_or_an_unusable_standard_header_is_refused) {
    BOOST_TEST(judge("src/base/date.cpp", "#include <nlohmann/json.hpp>\n").size() == 1U);
    BOOST_TEST(judge("src/base/date.cpp", "#include <math.h>\n").size() == 1U);
    BOOST_TEST(judge("src/base/date.cpp", "#include <ranges>\n").size() == 1U);
    BOOST_TEST(judge("src/base/date.cpp", "#include <chrono>\n").empty());
}

BOOST_AUTO_TEST_CASE(a_commented_include_counts_for_nothing) {
    BOOST_TEST(judge("src/base/date.cpp", "// #include \"http/server.hpp\"\n").empty());
}

BOOST_AUTO_TEST_CASE(a_header_of_121_lines_and_a_source_of_301_are_too_long) {
    BOOST_TEST(length_breaches({"src/json/value.hpp", std::string(120, '\n')}).empty());
    BOOST_TEST(length_breaches({"src/json/value.hpp", std::string(121, '\n')}).size() == 1U);
    BOOST_TEST(length_breaches({"src/json/value.cpp", std::string(300, '\n')}).empty());
    BOOST_TEST(length_breaches({"tests/json/value_test.cpp", std::string(301, '\n')}).size() == 1U);
    BOOST_TEST(length_breaches({"src/json/README.md", std::string(999, '\n')}).empty());
}

BOOST_AUTO_TEST_CASE(a_room_without_a_readme_is_named) {
    const auto breaches =
        rooms_without_readme({"src/main.cpp", "src/base/README.md", "src/base/date.cpp", "src/json/value.cpp"});
    BOOST_TEST_REQUIRE(breaches.size() == 1U);
    BOOST_TEST(breaches[0].path == "src/json/README.md");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_tree)

BOOST_AUTO_TEST_CASE(includes_point_one_way_and_third_parties_stay_with_their_owner) {
    std::size_t files = 0;
    for (const std::string& path : paths_below("src")) {
        if (!path.ends_with(".hpp") && !path.ends_with(".cpp")) continue;
        report(include_breaches(load(path), layers()));
        ++files;
    }
    BOOST_TEST(files > 0U, "No source file was found to check.");
}

BOOST_AUTO_TEST_CASE(headers_and_sources_keep_within_their_length) {
    for (const char* folder : {"src", "tests"}) {
        for (const std::string& path : paths_below(folder)) {
            if (path.ends_with(".hpp") || path.ends_with(".cpp")) report(length_breaches(load(path)));
        }
    }
}

BOOST_AUTO_TEST_CASE(every_room_says_what_lives_there) { report(rooms_without_readme(paths_below("src"))); }

BOOST_AUTO_TEST_SUITE_END()
