#include "store/place.hpp"

#include <libpq-fe.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "auth/secret_file.hpp"
#include "store/schema.hpp"

namespace rectal_cds::store {

namespace fs = std::filesystem;
using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

// Time limits for a server that does not answer; what the operator writes himself counts instead.
constexpr const char* url_defaults =
    "connect_timeout=2&keepalives_idle=5&keepalives_interval=2&keepalives_count=3&tcp_user_timeout=10000"
    "&application_name=rectal-cds";
constexpr const char* list_defaults =
    "connect_timeout=2 keepalives_idle=5 keepalives_interval=2 keepalives_count=3 tcp_user_timeout=10000"
    " application_name=rectal-cds ";

bool is_url(const std::string& text) { return text.starts_with("postgresql://") || text.starts_with("postgres://"); }
bool is_in_file(const std::string& place) { return place.starts_with('@'); }

struct Parsed {
    bool is_valid = false, has_password = false;
};

Parsed parse(const std::string& text) {
    char* message = nullptr;  // may repeat the password, so it is never shown
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
        PQconninfoParse(text.c_str(), &message), PQconninfoFree);
    PQfreemem(message);
    Parsed parsed{options != nullptr, false};
    for (const PQconninfoOption* option = options.get(); option && option->keyword; ++option) {
        const std::string keyword = option->keyword;
        const bool is_secret = keyword == "password" || keyword == "sslpassword";
        parsed.has_password = parsed.has_password || (is_secret && option->val);
    }
    return parsed;
}

Result<std::string> read_address(const std::string& place) {
    const std::string file = place.substr(1);
    struct stat status {};
    std::ifstream stream(file);
    std::string line;
    if (stat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode) || !std::getline(stream, line))
        return Error{ErrorKind::invalid, place, "The file with the address of the store cannot be read."};
    if (const auto checked = auth::check_secret_file(file, "the address of the store"); !checked)
        return Error{ErrorKind::invalid, place, checked.error().what};
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (line.empty() || !parse(line).is_valid)
        return Error{ErrorKind::invalid, place, "One line postgresql://USER:PASSWORD@HOST:PORT/DATABASE is expected."};
    return line;
}

Result<Done> check_file_name(const std::string& file) {
    const auto invalid = [&](const char* what) { return Error{ErrorKind::invalid, file, what}; };
    if (file.empty() || file.find('"') != std::string::npos)
        return invalid("The name of a file without '\"' is expected.");
    std::error_code unknown;
    if (!fs::is_directory(fs::absolute(file).parent_path(), unknown))
        return invalid("The folder of this file does not exist.");
    return Done{};
}

}  // namespace

bool is_postgresql(const std::string& place) { return is_url(place) || is_in_file(place); }

Result<Done> check_place(const std::string& place) {
    if (!is_postgresql(place)) return check_file_name(place);
    if (is_in_file(place)) {
        const auto address = read_address(place);
        return address ? Result<Done>(Done{}) : address.error();
    }
    const Parsed parsed = parse(place);
    // Neither is repeated in the error: the one may hold a password, the other does.
    if (!parsed.is_valid)
        return Error{ErrorKind::invalid, "--store", "postgresql://USER@HOST:PORT/DATABASE is expected."};
    if (parsed.has_password)
        return Error{ErrorKind::invalid, "--store",
                     "A password does not belong on a command line: put the address into a file (@FILE), or the "
                     "password into PGPASSFILE or PGPASSWORD."};
    return Done{};
}

std::string connection_text(const std::string& place) {
    std::string text = place;
    if (is_in_file(place)) {
        auto address = read_address(place);
        if (!address) throw Unreachable(address.error().what);
        text = std::move(address).value();
    }
    if (!is_url(text)) return list_defaults + text;
    const auto query = text.find('?');
    if (query == std::string::npos) return text + "?" + url_defaults;
    return text.substr(0, query + 1) + url_defaults + "&" + text.substr(query + 1);
}

}  // namespace rectal_cds::store
