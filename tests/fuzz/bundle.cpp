// Any bytes as the Bundle of observations in a sound call that drafts cetuximab: whatever they are, an anti-EGFR order
// is not passed over in silence unless the observations say that RAS is wild-type.
#include "cdshooks/respond.hpp"
#include "fuzz/target.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;

namespace {

// The example call with its observations cut out.
struct Frame {
    std::string before, after;
};

Frame frame() {
    const std::string text =
        testing::read_text(testing::source_folder() / "tests/examples/cetuximab-kras-g12d-order-sign.json");
    const auto document = json::Document::parse(text);
    const std::string name = "\"observations\"";
    const auto at = text.find(name);
    fuzz::require(document.ok() && at != std::string::npos, "the example has observations");
    const auto begin = text.find('{', at);
    std::size_t end = begin;
    for (int depth = 0; end < text.size(); ++end) {
        depth += text[end] == '{' ? 1 : text[end] == '}' ? -1 : 0;
        if (depth == 0) break;
    }
    return {text.substr(0, begin), text.substr(end + 1)};
}

}  // namespace

RECTAL_CDS_FUZZ_TARGET(bundle) {
    static const Frame around = frame();
    cdshooks::Call call;
    call.body = around.before + std::string(input) + around.after;
    call.today = *base::parse_day("2026-03-02");
    const cdshooks::Answer answer = cdshooks::respond(testing::real_knowledge(), std::move(call));
    const auto document = json::Document::parse(answer.body);
    fuzz::require(document.ok(), "every answer is JSON");
    fuzz::require(answer.status != 500, "no input is a fault of the service");
    if (answer.status != 200 || document.value().root()["cards"].size() > 0) return;
    fuzz::require(input.find("KRAS") != std::string_view::npos || input.find("Observation") != std::string_view::npos ||
                      answer.silence != cdshooks::Silence::none,
                  "an anti-EGFR order is not passed over in silence");
}
