#include "cohort/fhir_server.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "fetch/transport.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cohort_tests {

namespace {

constexpr std::string_view root = "/fhir";

http::ServerOptions serving() {
    http::ServerOptions options;
    options.port = 0;
    options.threads = 1;
    options.linger_deadline = options.drain_deadline = options.drain_idle = std::chrono::milliseconds(20);
    return options;
}

std::map<std::string, std::string> parameters_of(const std::string& query) {
    std::map<std::string, std::string> parameters;
    std::istringstream stream(query);
    for (std::string part; std::getline(stream, part, '&');) {
        const auto is = part.find('=');
        parameters[part.substr(0, is)] = is == std::string::npos ? "" : part.substr(is + 1);
    }
    return parameters;
}

http::Response found(std::string body) { return {200, {{"Content-Type", "application/fhir+json"}}, std::move(body)}; }

bool is_one_of(const std::vector<std::string>& codes, const std::string& wanted) {
    std::istringstream stream(wanted);
    for (std::string code; std::getline(stream, code, ',');) {
        if (std::find(codes.begin(), codes.end(), code) != codes.end()) return true;
    }
    return false;
}

}  // namespace

http::Response failure(int status) {
    http::Response response =
        found(R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"exception"}]})");
    response.status = status;
    return response;
}

FhirServer::FhirServer(const std::vector<std::string>& resources, std::size_t page)
    : page_(page), server_(serving(), [this](http::Request request, const http::Respond& respond) {
          const std::string target = request.target.substr(std::min(request.target.size(), root.size() + 1));
          {
              const std::lock_guard lock(mutex_);
              targets_.push_back(target);
              authorizations_.emplace_back(request.header("Authorization").value_or(""));
          }
          http::Response scripted{0, {}, ""};
          if (script) scripted = script(target);
          respond(scripted.status != 0 ? std::move(scripted) : answer(target));
      }) {
    for (const std::string& text : resources) {
        const auto document = json::Document::parse(text);
        const json::Value resource = document.value().root();
        Held held{std::string(resource["resourceType"].text()), std::string(resource["id"].text()), "", text, {}};
        std::string_view patient = resource["subject"]["reference"].text();
        if (patient.empty()) patient = resource["patient"]["reference"].text();
        held.patient = patient.substr(std::min(patient.size(), std::string_view("Patient/").size()));
        for (const json::Value coding : resource["code"]["coding"].elements())
            held.codes.emplace_back(coding["code"].text());
        held_.push_back(std::move(held));
    }
    if (const auto listening = server_.listen(); !listening) throw std::runtime_error(listening.error().what);
    thread_ = std::thread([this] { server_.run(); });
}

FhirServer::~FhirServer() {
    server_.stop();
    thread_.join();
}

cohort::ServerOptions FhirServer::options() const {
    cohort::ServerOptions options;
    options.transport = fetch::make_transport(fetch::TransportKind::beast, {}).value();
    options.walk.base = auth::parse_base_url(base()).value();
    options.walk.ranges = {auth::parse_range("127.0.0.0/8").value()};
    options.walk.pauses = {};
    options.lists = {"Patient?_elements=id&_count=500"};
    options.patient_deadline = std::chrono::seconds(20);
    return options;
}

http::Response FhirServer::answer(const std::string& target) const {
    const std::string path = target.substr(0, target.find('?'));
    const auto slash = path.find('/');
    if (slash == std::string::npos)
        return search(path, parameters_of(target.substr(std::min(target.size(), path.size() + 1))), target);
    for (const Held& held : held_) {
        if (held.type == path.substr(0, slash) && held.id == path.substr(slash + 1)) return found(held.text);
    }
    return failure(404);
}

http::Response FhirServer::search(const std::string& type, const std::map<std::string, std::string>& parameters,
                                  const std::string& target) const {
    const auto wanted = [&](const char* name) {
        const auto is = parameters.find(name);
        return is == parameters.end() ? std::string() : is->second;
    };
    const std::size_t first = wanted("_page").empty() ? 0 : std::stoul(wanted("_page")) * page_;
    std::size_t matches = 0;
    json::Writer writer;
    writer.begin_object().member("resourceType", "Bundle").member("type", "searchset").key("entry").begin_array();
    for (const Held& held : held_) {
        if (held.type != type) continue;
        if (!wanted("patient").empty() && held.patient != wanted("patient")) continue;
        if (!wanted("code").empty() && !is_one_of(held.codes, wanted("code"))) continue;
        const std::size_t index = matches++;
        if (index < first || index >= first + page_) continue;
        writer.begin_object().member("fullUrl", base() + "/" + type + "/" + held.id).key("resource");
        writer.verbatim(held.text).end_object();
    }
    writer.end_array().member("total", matches);
    if (matches > first + page_) {
        const std::string next = (next_page_base.empty() ? base() : next_page_base) + "/" +
                                 target.substr(0, target.find("&_page=")) +
                                 "&_page=" + std::to_string(first / page_ + 1);
        writer.key("link").begin_array().begin_object().member("relation", "next").member("url", next);
        writer.end_object().end_array();
    }
    return found(writer.end_object().take());
}

std::vector<std::string> FhirServer::targets() const {
    const std::lock_guard lock(mutex_);
    return targets_;
}

std::vector<std::string> FhirServer::authorizations() const {
    const std::lock_guard lock(mutex_);
    return authorizations_;
}

std::size_t FhirServer::count(std::string_view part) const {
    const auto all = targets();
    return static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](const std::string& target) { return target.find(part) != std::string::npos; }));
}

}  // namespace rectal_cds::cohort_tests
