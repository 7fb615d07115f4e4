#include "pages/pages.hpp"

#include <algorithm>
#include <array>
#include <exception>

#include "auth/page_token.hpp"
#include "pages/catalogue_page.hpp"
#include "pages/feedback_page.hpp"
#include "pages/home_page.hpp"
#include "pages/recommendation_page.hpp"
#include "pages/responses.hpp"
#include "pages/simulate.hpp"
#include "pages/why_page.hpp"
#include "service/media_type.hpp"

namespace rectal_cds::pages {

using http::Response;
using std::chrono::steady_clock;

// One request on its way to its page.
struct Pages::Visit {
    http::Request request;
    std::string path;  // without the base
    http::Respond respond;
    std::shared_ptr<const service::Content> content;
    steady_clock::time_point begun = steady_clock::now();
};

namespace {

constexpr std::string_view simulate_path = "/api/simulate", samples_path = "/api/samples", feedback_path = "/feedback";
constexpr std::string_view one_recommendation = "/recommendations/";
constexpr std::array<std::string_view, 5> exact{"/", "/about", "/simulator", simulate_path, samples_path};
constexpr std::array<std::string_view, 5> folders{"/recommendations", "/assets", "/why", samples_path, feedback_path};

bool is_in(std::string_view path, std::string_view folder) {
    return path == folder || (path.starts_with(folder) && path[folder.size()] == '/');
}

// The kind of page, for logs and metrics: nothing that a caller chose.
std::string route_of(std::string_view path) {
    for (const std::string_view folder : folders) {
        if (path != folder && is_in(path, folder)) return std::string(folder) + "/{}";
    }
    return std::string(path);
}

bool gets(const http::Request& request) { return request.method == "GET" || request.method == "HEAD"; }

}  // namespace

std::string why_address(const std::string& base, const std::string& uuid, const auth::LinkSigner* signer,
                        auth::Time now) {
    const std::string path = "/why/" + uuid;
    if (!signer) return base + path;
    const auto signature = signer->sign(path, std::chrono::ceil<std::chrono::seconds>(now + ReasonMemory::life));
    return base + path + "?e=" + signature.ends + "&s=" + signature.code;
}

std::string_view Pages::without_base(std::string_view path) const {
    const std::string& base = settings_.base_path;
    const bool is_below = !base.empty() && path.starts_with(base) && path.substr(base.size()).starts_with('/');
    return is_below ? path.substr(base.size()) : path;
}

bool Pages::is_page(std::string_view path) const {
    path = without_base(path);
    if (std::find(exact.begin(), exact.end(), path) != exact.end()) return true;
    return std::any_of(folders.begin(), folders.end(), [&](std::string_view folder) { return is_in(path, folder); });
}

FeedbackAccess Pages::access_of(const http::Request& request) const {
    const auto given = request.header("Authorization");
    if (parts_.pages_token && given && auth::presents(*given, *parts_.pages_token)) return FeedbackAccess::all;
    if (!settings_.is_sandbox || !parts_.store) return FeedbackAccess::none;
    return settings_.comments_are_open ? FeedbackAccess::all : FeedbackAccess::counts;
}

View Pages::view_of(const Visit& visit) const {
    const auto last_day = std::chrono::floor<std::chrono::days>(parts_.clocks.now());
    return {*visit.content, settings_, visit.request, parts_.clocks.today(), last_day};
}

Page Pages::explanation(const View& view, std::string_view path, std::string_view card) const {
    using Verdict = auth::LinkSigner::Verdict;
    if (parts_.signer) {
        const auth::LinkSigner::Signature given{parameter(view.request, "e"), parameter(view.request, "s")};
        const auto now = std::chrono::floor<std::chrono::seconds>(parts_.clocks.now());
        const Verdict verdict = parts_.signer->check(path, given, now);
        if (verdict == Verdict::expired) return ended_link_page();
        if (verdict == Verdict::wrong) return unknown_card_page();
    }
    const auto now = ReasonMemory::Clock::now();
    auto found = parts_.reasons.find(std::string(card), now);
    if (!found) found = simulated_->find(std::string(card), now);
    return found ? why_page(view, *found) : unknown_card_page();
}

Page Pages::page_at(const View& view, std::string_view path) const {
    constexpr std::string_view why = "/why/";
    if (path == "/") return home_page(view);
    if (path == "/about") return about_page(view);
    if (path == "/recommendations") return catalogue_page(view);
    if (path == "/simulator" && settings_.has_simulator) return simulator_page(view);
    if (path.starts_with(one_recommendation))
        return recommendation_page(view, path.substr(one_recommendation.size()), closed_use_section(view));
    if (path.starts_with(why)) return explanation(view, path, path.substr(why.size()));
    return not_found_page();
}

Response Pages::framed(const View& view, const Page& page) const {
    const char* keeping = page.is_about_patient ? "no-store" : "no-cache";
    Response response{
        page.status, {{"Content-Type", "text/html; charset=utf-8"}, {"Cache-Control", keeping}}, in_frame(view, page)};
    if (page.status == 401)
        response.headers.emplace_back("WWW-Authenticate", "Basic realm=\"rectal-cds pages\", charset=\"UTF-8\"");
    return response;
}

Response Pages::simulation(Visit& visit, const View& view) const {
    if (visit.request.method != "POST") return not_allowed("POST");
    if (auto refusal = service::check_media_type(visit.request)) return std::move(*refusal);
    const auto keep = [this](auto reasons) { simulated_->keep(std::move(reasons), ReasonMemory::Clock::now()); };
    const auto address = [this](const std::string& base, const std::string& uuid) {
        return why_address(base, uuid, parts_.signer, parts_.clocks.now());
    };
    return simulate({view.content.knowledge, settings_, view.today, parts_.clocks.seed(), keep, address},
                    std::move(visit.request.body));
}

Response Pages::response_to(Visit& visit) const {
    constexpr std::string_view files = "/assets/", one_sample_path = "/api/samples/";
    const std::string_view path = visit.path;
    const View view = view_of(visit);
    if (path == simulate_path && settings_.has_simulator) return simulation(visit, view);
    if (!gets(visit.request)) return not_allowed("GET, HEAD");
    if (path.starts_with(files)) return asset_file(visit.request, path.substr(files.size()));
    if (settings_.has_simulator && path == samples_path) return list_samples(view);
    if (settings_.has_simulator && path.starts_with(one_sample_path))
        return one_sample(view, path.substr(one_sample_path.size()));
    return framed(view, page_at(view, path));
}

void Pages::recommendation(const Shared& visit, FeedbackAccess access) const {
    const std::string id = visit->path.substr(one_recommendation.size());
    if (access == FeedbackAccess::none || !parts_.store) return finish(visit, [&] { return response_to(*visit); });
    parts_.store->summarize(range_of(view_of(*visit)), [this, visit, id](const StoreReader::Summary& summary) {
        finish(visit, [&] {
            const View view = view_of(*visit);
            return framed(view, recommendation_page(view, id, use_section(view, summary.get(), id)));
        });
    });
}

void Pages::feedback(const Shared& visit) const {
    const FeedbackAccess access = access_of(visit->request);
    const bool is_csv = visit->path == "/feedback/export.csv",
               is_export = is_csv || visit->path == "/feedback/export.json";
    const bool is_open = parts_.store && (is_export ? access == FeedbackAccess::all : access != FeedbackAccess::none);
    if (!is_export && visit->path != feedback_path)
        return finish(visit, [&] { return framed(view_of(*visit), not_found_page()); });
    if (!is_open)
        return finish(visit,
                      [&] { return framed(view_of(*visit), feedback_denied_page(parts_.pages_token != nullptr)); });
    if (is_export) return export_feedback(visit, is_csv ? StoreReader::Format::csv : StoreReader::Format::json);
    parts_.store->summarize(range_of(view_of(*visit)), [this, visit, access](const StoreReader::Summary& summary) {
        finish(visit, [&] {
            const View view = view_of(*visit);
            return framed(view, feedback_page(view, summary.get(), access == FeedbackAccess::all));
        });
    });
}

void Pages::export_feedback(const Shared& visit, StoreReader::Format format) const {
    const auto range = export_range_of(view_of(*visit));
    if (!range) return finish(visit, [&] { return framed(view_of(*visit), unclear_export_page()); });
    parts_.store->export_all(*range, format, [this, visit, format](const StoreReader::Exported& file) {
        finish(visit, [&] {
            if (!file) return plain_text(503, "The store could not be read at the moment.\n");
            if (file->is_too_long) return framed(view_of(*visit), long_export_page(file->rows));
            return exported(std::move(file->bytes), format == StoreReader::Format::csv);
        });
    });
}

void Pages::answer(http::Request request, http::Respond respond) const {
    const std::string path(without_base(request.path));
    const auto visit =
        std::make_shared<Visit>(Visit{std::move(request), path, std::move(respond), parts_.content.get()});
    if (gets(visit->request) && is_in(path, feedback_path)) return feedback(visit);
    if (gets(visit->request) && path.starts_with(one_recommendation))
        return recommendation(visit, access_of(visit->request));
    finish(visit, [&] { return response_to(*visit); });
}

void Pages::finish(const Shared& visit, const std::function<Response()>& make) const {
    service::Answered answered;
    answered.correlation_id = visit->request.correlation_id;
    answered.method = gets(visit->request) || visit->request.method == "POST" ? visit->request.method : "other";
    answered.route = route_of(visit->path);
    Response response;
    try {
        response = make();
    } catch (const std::exception&) {
        answered.reason = "internal";
        response = plain_text(500, "The service failed to make this page; the fault is in the service.\n");
    }
    // In a frame one could be led to take an export for something else.
    add_security(response, is_in(visit->path, feedback_path) ? std::string() : settings_.frame_ancestors);
    answered.status = response.status;
    answered.duration = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - visit->begun);
    parts_.metrics.answered(answered.method, answered.route, answered.status, answered.duration);
    parts_.log(answered);
    visit->respond(std::move(response));
}

}  // namespace rectal_cds::pages
