// `cmake --install`: the program finds its knowledge wherever it was installed and from wherever it is run.
#include <boost/test/unit_test.hpp>

#include "support/child_process.hpp"
#include "support/real_knowledge.hpp"
#include "support/running_service.hpp"

using namespace rectal_cds::testing;
namespace fs = std::filesystem;

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

fs::path build_folder() { return program().parent_path(); }

boost::test_tools::assertion_result has_build_folder(boost::unit_test::test_unit_id) {
    return fs::exists(build_folder() / "cmake_install.cmake");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(installation)

BOOST_AUTO_TEST_CASE(the_installed_program_checks_evaluates_and_serves_from_another_folder,
                     *boost::unit_test::precondition(has_build_folder)) {
    TemporaryFolder prefix;
    const Finished installed = run({"cmake", "--install", build_folder().string(), "--prefix", prefix.path().string()});
    BOOST_TEST_REQUIRE(installed.exit_code == 0, installed.err);
    const fs::path installed_program = prefix.path() / "bin" / "rectal-cds";
    for (const char* file :
         {"bin/rectal-cds", "share/rectal-cds/hooks/README.md", "share/rectal-cds/profiles/README.md"}) {
        BOOST_TEST(fs::exists(prefix.path() / file), file);
    }

    TemporaryFolder elsewhere;
    const Finished check = run({installed_program.string(), "check"}, "", elsewhere.path());
    BOOST_TEST(check.exit_code == 0, check.out << check.err);
    BOOST_TEST(says(check.out, "no errors"));

    const fs::path request = source_folder() / "tests" / "examples" / "cetuximab-kras-g12d-order-sign.json";
    const Finished evaluated =
        run({installed_program.string(), "evaluate", "--today", "2026-03-02", request.string()}, "", elsewhere.path());
    BOOST_TEST(evaluated.exit_code == 0, evaluated.err);
    BOOST_TEST(says(evaluated.out, "antiEgfrRasMutant"));

    RunningService service({"--listen", "127.0.0.1:0"}, installed_program, elsewhere.path());
    BOOST_TEST(service.stop() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
