#include <cstdio>
#include <utility>

#include "cdshooks/governance.hpp"
#include "cdshooks/respond.hpp"
#include "commands.hpp"
#include "evaluate_text.hpp"
#include "knowledge_folder.hpp"
#include "request_files.hpp"
#include "wording_options.hpp"

namespace rectal_cds {

namespace {

// The hook of the request picks the service.
cdshooks::Answer answer(const fhir::Knowledge& knowledge, std::string body, const EvaluateOptions& options) {
    cdshooks::Call call;
    call.body = std::move(body);
    call.today = options.today.value_or(today_utc());
    call.seed_from_hook_instance = true;
    call.explain = options.explain || !options.only.empty();
    call.explain_only = options.only;
    call.audience = audience_settings(options.wording);
    call.wire.client = wire_settings(options.wording);
    return cdshooks::respond(knowledge, std::move(call));
}

// What --only names has to exist: a slip of the pen is not to read as "does not apply".
bool knows_all(const fhir::Knowledge& knowledge, const std::vector<std::string>& ids) {
    bool knows = true;
    for (const std::string& id : ids) {
        if (knowledge.recommendation(id)) continue;
        std::fprintf(stderr, "--only: There is no recommendation \"%s\"; hooks/REVIEW.md lists them.\n", id.c_str());
        knows = false;
    }
    return knows;
}

}  // namespace

int evaluate(const EvaluateOptions& options) {
    std::vector<base::Error> errors;
    fhir::Knowledge knowledge = load_knowledge(options.knowledge, errors, options.site);
    for (const base::Error& error : errors) std::fprintf(stderr, "%s\n", in_words(error).c_str());
    if (!errors.empty()) return 2;
    if (!knows_all(knowledge, options.only)) return 2;
    if (options.require_approved) fhir::keep_approved(knowledge);
    if (knowledge.recommendations.empty()) {
        std::fprintf(stderr, "Nothing can be judged: %s\n", cdshooks::content_description(knowledge).c_str());
        return 2;
    }
    bool refused = false, is_first = true;
    for (const std::string& file : options.files) {
        const auto text = read_all(file);
        if (!text) {
            std::fprintf(stderr, "%s: the file could not be read\n", file.c_str());
            return 2;
        }
        for (std::string& request : requests_in(*text)) {
            const cdshooks::Answer result = answer(knowledge, std::move(request), options);
            refused = refused || result.status >= 400;
            if (options.format == "text") std::printf("%s%s", is_first ? "" : "\n", in_words(result, options.only).c_str());
            else std::printf("%s\n", result.body.c_str());
            is_first = false;
        }
    }
    return refused ? 1 : 0;
}

}  // namespace rectal_cds
