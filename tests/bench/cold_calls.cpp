// 200 calls without prefetch, one after the other, against a FHIR server that takes 100 ms for each query: how long an
// EHR waits. Usage: bench_cold_calls [CALLS [DELAY-IN-MS]]; RECTAL_CDS_BINARY names the program (build/rectal-cds).
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "conformance/fake_ehr.hpp"
#include "support/example_requests.hpp"
#include "support/http_client.hpp"
#include "support/real_knowledge.hpp"
#include "support/running_service.hpp"

using namespace rectal_cds;
using Clock = std::chrono::steady_clock;

int main(int argc, char** argv) {
    const auto calls = static_cast<std::size_t>(argc > 1 ? std::atoi(argv[1]) : 200);
    const std::chrono::milliseconds delay(argc > 2 ? std::atoi(argv[2]) : 100);
    setenv("RECTAL_CDS_BINARY", "build/rectal-cds", 0);
    conformance::FakeEhr ehr;
    ehr.serve_prefetch_of(testing::patient_view());
    ehr.delay_everything(delay);
    testing::RunningService service({"--listen", "127.0.0.1:0", "--knowledge", testing::source_folder().string(),
                                     "--today", "2026-03-02", "--log-level", "off", "--fhir-server", ehr.fhir_base()},
                                    std::filesystem::absolute(testing::program()));
    const std::string request = testing::request_bytes("POST", "/cds-services/rectal-cancer-patient-view",
                                                       {{"Content-Type", "application/json"}},
                                                       conformance::fetching_from(ehr, testing::patient_view()));
    testing::HttpConnection connection(service.port());
    std::vector<double> took;
    std::size_t good = 0;
    for (std::size_t i = 0; i < calls; ++i) {
        const auto begin = Clock::now();
        good += connection.send(request).receive().status == 200 ? 1 : 0;
        took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    }
    std::sort(took.begin(), took.end());
    std::printf("cold calls: %zu of %zu answered 200, %zu queries, FHIR server %lld ms: p50 %.1f ms, p95 %.1f ms, most "
                "%.1f ms\n",
                good, calls, ehr.queries().size(), static_cast<long long>(delay.count()), took[calls / 2],
                took[calls * 95 / 100], took.back());
    return service.stop();
}
