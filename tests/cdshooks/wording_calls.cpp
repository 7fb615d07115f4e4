#include "cdshooks/wording_calls.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::testing {

namespace fs = std::filesystem;

namespace {

HookCall call_of(const fs::path& file, std::string name) {
    const json::Document document = parsed(read_text(file));
    const json::Value root = document.root();
    json::Writer writer;
    return {std::move(name), writer.value(root["request"]).take(), std::string(root["request"]["hook"].text()),
            base::parse_day(root["today"].text()).value()};
}

// What this room decides of a card: its words, its suggestions and how they can be chosen. The clinical basis below the
// text has golden cases of its own (tests/cases).
std::string outline(const std::string& body) {
    const json::Document document = parsed(body);
    json::Writer writer(json::Writer::Layout::pretty);
    writer.begin_object().key("cards").begin_array();
    for (const json::Value card : document.root()["cards"].elements()) {
        const std::string_view detail = card["detail"].text();
        writer.begin_object().member("summary", card["summary"].text()).member("indicator", card["indicator"].text());
        writer.member("text", detail.substr(0, detail.find("\n\n**Why this card appears**")));
        for (const char* member : {"suggestions", "selectionBehavior"})
            if (card[member].exists()) writer.member(member, card[member]);
        writer.end_object();
    }
    writer.end_array().end_object();
    return writer.take() + "\n";
}

}  // namespace

json::Document parsed(const std::string& text) {
    auto document = json::Document::parse(text);
    BOOST_TEST_REQUIRE(document.ok(), "The text is not JSON.");
    return std::move(document).value();
}

HookCall HookCall::by(const std::string& user) const {
    HookCall other = *this;
    const std::string member = "\"userId\":\"";
    const auto begin = other.body.find(member) + member.size();
    other.body.replace(begin, other.body.find('"', begin) - begin, user);
    return other;
}

const std::vector<HookCall>& scenario_calls() {
    static const std::vector<HookCall> calls = [] {
        std::vector<HookCall> all;
        for (const auto& entry : fs::directory_iterator(source_folder() / "tests" / "scenarios" / "files")) {
            if (entry.path().extension() == ".json") all.push_back(call_of(entry.path(), entry.path().stem().string()));
        }
        std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
        return all;
    }();
    return calls;
}

HookCall case_call(const std::string& folder) {
    return call_of(source_folder() / "tests" / "cases" / folder / "case.json", folder);
}

const std::vector<HookCall>& golden_calls() {
    static const std::vector<HookCall> calls = [] {
        std::vector<HookCall> all;
        const fs::path root = source_folder() / "tests" / "cases";
        for (const auto& entry : fs::recursive_directory_iterator(root)) {
            if (entry.path().filename() != "case.json") continue;
            all.push_back(call_of(entry.path(), entry.path().parent_path().lexically_relative(root).generic_string()));
        }
        std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
        return all;
    }();
    return calls;
}

cdshooks::Call made_call(const HookCall& call) {
    cdshooks::Call made;
    made.body = call.body;
    made.service = real_knowledge().service("rectal-cancer-" + call.hook);
    made.today = call.today;
    made.seed_from_hook_instance = true;
    return made;
}

cdshooks::Answer answer_to(cdshooks::Call call) { return cdshooks::respond(real_knowledge(), std::move(call)); }

cdshooks::Answer answer(const HookCall& call, const cdshooks::AudienceSettings& audience,
                        const cdshooks::WireProfile& profile) {
    cdshooks::Call made = made_call(call);
    made.audience = audience;
    made.wire = cdshooks::pinned(profile);
    return answer_to(std::move(made));
}

void check_golden(const cdshooks::Answer& answer, const std::string& name) {
    const fs::path file = source_folder() / "tests" / "cdshooks" / "answers" / (name + ".json");
    const std::string found = outline(answer.body), expected = fs::exists(file) ? read_text(file) : "";
    const char* const wish = std::getenv("RECTAL_CDS_APPROVE");
    if (wish && std::string(wish) == "1") {
        fs::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << found;
        return;
    }
    BOOST_TEST(expected == found, name << ": the answer differs from " << file.filename().string());
}

}  // namespace rectal_cds::testing
