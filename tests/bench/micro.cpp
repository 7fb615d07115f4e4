// One answer taken apart: reading JSON, checking, mapping FHIR to the case, judging, writing cards; for requests of 3
// KB to 3 MB, and for 10 to 1,000 recommendations. CPU time of one thread; ratios are against reading the JSON alone.
#include <optional>

#include "bench/common/requests.hpp"
#include "bench/measure.hpp"
#include "cdshooks/judgement.hpp"
#include "cdshooks/prefetch.hpp"
#include "cdshooks/respond.hpp"
#include "fhir/read_case.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::bench;

namespace {

cdshooks::Call call_of(const fhir::Knowledge& knowledge, const std::string& body, domain::Hook hook) {
    cdshooks::Call call;
    call.body = body;
    call.today = base::parse_day("2026-03-02").value();
    for (const fhir::Service& service : knowledge.services) {
        if (service.hook == hook) call.service = &service;
    }
    return call;
}

struct Stages {
    std::size_t bytes = 0;
    double parse = 0, prepare = 0, assemble = 0, map = 0, judge = 0, all = 0;
    double ratio() const { return all / parse; }
};

Stages measure(const fhir::Knowledge& knowledge, const std::string& body, domain::Hook hook) {
    Stages stages;
    stages.bytes = body.size();
    stages.parse = cpu_per_call([&] { json::Document::parse(body); });
    stages.prepare = cpu_per_call([&] { cdshooks::prepare(knowledge, call_of(knowledge, body, hook)); });
    auto prepared = cdshooks::prepare(knowledge, call_of(knowledge, body, hook));
    const auto& read = std::get<cdshooks::Prepared>(prepared);
    const std::vector<cdshooks::Fetched> none;
    stages.assemble = cpu_per_call([&] { cdshooks::assemble(read, none, cdshooks::FhirAccess::none); });
    const auto assembled = cdshooks::assemble(read, none, cdshooks::FhirAccess::none);
    stages.map = cpu_per_call([&] { fhir::read_case(knowledge.codes, assembled.record); });
    const domain::Case record = fhir::read_case(knowledge.codes, assembled.record);
    stages.judge = cpu_per_call([&] {
        domain::Facts facts(record);
        cdshooks::judge(knowledge, read, facts);
    });
    stages.all = cpu_per_call([&] { cdshooks::respond(knowledge, call_of(knowledge, body, hook)); });
    return stages;
}

void print(const Stages& stages) {
    const double render = std::max(0.0, stages.all - stages.prepare - stages.assemble - stages.map - stages.judge);
    std::printf("%9zu  %8.1f  %8.1f  %8.1f  %8.1f  %8.1f  %8.1f  %8.1f  %6.2f\n", stages.bytes, stages.parse,
                stages.prepare - stages.parse, stages.assemble, stages.map, stages.judge, render, stages.all,
                stages.ratio());
}

// The real recommendations, again and again under other ids.
fhir::Knowledge with_recommendations(std::size_t count) {
    fhir::Knowledge knowledge = testing::real_knowledge();
    const auto real = knowledge.recommendations;
    knowledge.recommendations.clear();
    for (std::size_t i = 0; i < count; ++i) {
        auto one = real[i % real.size()];
        if (i >= real.size()) one.id += "-" + std::to_string(i / real.size());
        knowledge.recommendations.push_back(std::move(one));
    }
    return knowledge;
}

}  // namespace

int main() {
    print_machine();
    const fhir::Knowledge& knowledge = testing::real_knowledge();
    std::printf("CPU us of an answer, %zu recommendations known\n", knowledge.recommendations.size());
    double worst = 0;
    for (const auto& [name, hook] :
         {std::pair("patient-view", domain::Hook::patient_view), std::pair("order-sign", domain::Hook::order_sign)}) {
        std::printf("%s\n    bytes     parse     check  assemble       map     judge    render       all   all/parse\n",
                    name);
        for (const std::size_t size : {3'000U, 30'000U, 300'000U, 3'000'000U}) {
            const std::string body = hook == domain::Hook::patient_view ? patient_view_of(size) : order_sign_of(size);
            const Stages stages = measure(knowledge, body, hook);
            print(stages);
            if (size == 30'000U) worst = std::max(worst, stages.ratio());
        }
    }
    std::printf("patient-view of 30 KB by the number of recommendations\n    number  judge us    all us\n");
    const std::string body = patient_view_of(30'000);
    for (const std::size_t count : {10U, 70U, 300U, 1'000U}) {
        const Stages stages = measure(with_recommendations(count), body, domain::Hook::patient_view);
        std::printf("%10zu  %8.1f  %8.1f\n", count, stages.judge, stages.all);
    }
    print_goal(worst <= 2, "an answer to 30 KB costs at most 2 times the reading of its JSON", number(worst));
    return 0;
}
