// deploy/alerts.yml asks for nothing that the service does not tell: an alarm on a name of nobody's is never raised.
#include "blackbox/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <regex>

#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::blackbox;

namespace {

std::string alerts() { return testing::read_text(testing::source_folder() / "deploy" / "alerts.yml"); }

std::set<std::string> all_of(const std::string& text, const char* pattern) {
    const std::regex expression(pattern);
    std::set<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) found.insert((*at)[1]);
    return found;
}

// Families that begin with their first event, and how their source names them.
bool is_in_source(const std::string& quoted) {
    const std::string source = testing::read_text(testing::source_folder() / "src" / "service" / "metrics.cpp");
    return source.find('"' + quoted + '"') != std::string::npos;
}

bool is_told(const std::string& metrics, const std::string& name) {
    return metrics.find("# TYPE " + name + " ") != std::string::npos || is_in_source(name);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_alarms, ServiceFixture)

BOOST_AUTO_TEST_CASE(ask_for_metrics_and_labels_that_the_service_tells) {
    BOOST_TEST(view(testing::patient_view()).status == 200);
    const std::string metrics = get("/metrics").body, text = alerts();
    const auto names = all_of(text, R"(\b((?:cds|http_server|process)_[a-z_]+))");
    BOOST_TEST(names.size() > 12U);
    for (std::string name : names) {
        const auto suffix = name.rfind('_');
        if (name.ends_with("_bucket") || name.ends_with("_count")) name.resize(suffix);
        BOOST_TEST(is_told(metrics, name), name);
    }
    BOOST_TEST(!is_told(metrics, "cds_invented_total"));
    auto labels = all_of(text, R"(\$labels\.([a-z]+))");
    labels.merge(all_of(text, R"([{,]([a-z]+)[=!]~?\")"));
    labels.merge(all_of(text, R"(by \(([a-z]+)[,)])"));
    for (const std::string& label : labels) {
        if (label == "instance" || label == "job") continue;  // Prometheus' own
        BOOST_TEST((metrics.find(label + "=\"") != std::string::npos || is_in_source(label)), label);
    }
    BOOST_TEST(labels.contains("rule"));
    BOOST_TEST(labels.contains("call"));
}

BOOST_AUTO_TEST_SUITE_END()
