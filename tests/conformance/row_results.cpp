// Writes down what became of each row: one line "<row> passed|failed <suite>/<case>" in
// <build>/conformance-results/<suite>.rows, for tests/conformance/summary to count.
#include <boost/test/framework.hpp>
#include <boost/test/results_collector.hpp>
#include <boost/test/tree/observer.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

#include "conformance/service.hpp"
#include "support/running_service.hpp"

namespace rectal_cds::conformance {

namespace {

namespace ut = boost::unit_test;
namespace fs = std::filesystem;

class RowResults : public ut::test_observer {
public:
    void test_unit_start(const ut::test_unit& unit) override {
        if (unit.p_type != ut::TUT_SUITE || unit.p_parent_id == ut::INV_TEST_UNIT_ID) return;
        const fs::path folder = testing::program().parent_path() / "conformance-results";
        fs::create_directories(folder);
        suite_ = unit.p_name.get();
        file_.close();
        file_.open(folder / (suite_ + ".rows"), std::ios::trunc);
    }

    void test_unit_finish(const ut::test_unit& unit, unsigned long) override {
        if (!file_.is_open()) return;
        if (unit.p_type == ut::TUT_CASE) return write(unit);
        if (unit.p_name.get() != suite_) return;
        const JudgedBodies& judged = judged_bodies();
        const bool passed = ut::results_collector.results(unit.p_id).passed();  // what its fixture asserts as well
        file_ << "# " << suite_ << ' ' << (passed ? "passed" : "failed") << ": " << judged.answers << " answers, "
              << judged.errors << " errors, " << judged.discoveries << " discoveries judged\n";
        file_.close();
    }

    void test_unit_skipped(const ut::test_unit&, ut::const_string) override {}

private:
    void write(const ut::test_unit& unit) {
        const std::string name = unit.p_name.get();
        const bool passed = ut::results_collector.results(unit.p_id).passed();
        file_ << name.substr(0, name.find('_')) << (passed ? " passed " : " failed ") << suite_ << '/' << name << '\n'
              << std::flush;
    }

    std::string suite_;
    std::ofstream file_;
};

struct Registration {
    Registration() { ut::framework::register_observer(observer()); }
    static RowResults& observer() {
        static auto* const results = new RowResults;  // the framework tells its observers of its own end as well
        return *results;
    }
};

}  // namespace

BOOST_TEST_GLOBAL_CONFIGURATION(Registration);

}  // namespace rectal_cds::conformance
