// One page: templates of assets/ filled with values, in the frame that all pages share.
#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "http/message.hpp"
#include "service/parts.hpp"

namespace rectal_cds::pages {

using Values = kainjow::mustache::data;

// What is fixed when the service starts.
struct Settings {
    std::string public_url;  // base of our addresses as others write them; no trailing slash
    std::string base_path;   // its path: "" or "/cds"; before every link
    std::string program_version;
    std::string shared_service_id;
    bool is_sandbox = false;  // no caller is authenticated
    bool has_simulator = false;
    bool has_feedback = false;       // the page stands in the navigation
    bool comments_are_open = false;  // in sandbox mode: comments and export without a token
    std::string frame_ancestors{};   // origins that may show our pages in a frame, with spaces between; empty: nobody
    std::string why_url{};           // before the addresses of explanations on cards
    service::Settings calls{};       // how calls without a registered client are answered; what the simulator does, too
};

// What a page is made from; all of it outlives the making.
struct View {
    const service::Content& content;
    const Settings& settings;
    const http::Request& request;
    base::Day today{};     // that calls are judged by
    base::Day last_day{};  // of what can be stored, when it is later: the wall clock's, beside a fixed today
};

struct Page {
    std::string title;
    std::string place;  // in the navigation: "recommendations"; may be none of them
    std::string body;   // HTML
    int status = 200;
    bool is_about_patient = false;  // then nobody keeps a copy on the way
};

Values flag(bool value);
Values list_of(const std::vector<std::string>& texts, const char* member);

// The template of assets/ with its values; {{name}} is escaped for HTML. Precondition: there is such a template.
std::string filled(std::string_view template_name, const Values& values);

std::string escaped(const std::string& text);  // for HTML, in text and in attributes

std::string in_frame(const View& view, const Page& page);

// The value of ?name=… of the request, decoded; the first of several. "" when absent.
std::string parameter(const http::Request& request, std::string_view name);

}  // namespace rectal_cds::pages
