// One request answered again and again, for a profiler: bench_one_answer [BYTES [HOOK [TIMES]]].
#include "bench/common/requests.hpp"
#include "bench/measure.hpp"
#include "cdshooks/respond.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;

int main(int argc, char** argv) {
    const std::size_t bytes = argc > 1 ? std::stoul(argv[1]) : 30'000;
    const bool is_signing = argc > 2 && std::string_view(argv[2]) == "order-sign";
    const int times = argc > 3 ? std::stoi(argv[3]) : 2'000;
    const fhir::Knowledge& knowledge = testing::real_knowledge();
    const std::string body = is_signing ? bench::order_sign_of(bytes) : bench::patient_view_of(bytes);
    std::size_t answer_bytes = 0;
    const double begin = bench::cpu_us();
    for (int i = 0; i < times; ++i) {
        cdshooks::Call call;
        call.body = body;
        call.today = base::parse_day("2026-03-02").value();
        answer_bytes = cdshooks::respond(knowledge, std::move(call)).body.size();
    }
    std::printf("%zu bytes in, %zu bytes out, %.1f us of CPU\n", body.size(), answer_bytes,
                (bench::cpu_us() - begin) / times);
    return 0;
}
