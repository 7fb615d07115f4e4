#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "auth/fhir_base_url.hpp"
#include "auth/jwt_signer.hpp"
#include "base/date.hpp"
#include "commands.hpp"
#include "json/writer.hpp"

namespace rectal_cds {

namespace {

using auth::JwtSigner;
using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

constexpr const char* private_file = "private.jwk.json";
constexpr const char* public_file = "jwks.json";
constexpr std::chrono::seconds epic_valid_before{300};  // cds-hooks.md 13: nbf about iat - 300

int fail(const Error& error) {
    return std::fprintf(stderr, "%s%s%s\n", error.where.c_str(), error.where.empty() ? "" : ": ", error.what.c_str()),
           2;
}

Error system_error(const std::string& where, const char* sentence) {
    return {ErrorKind::system, where, sentence + std::string(": ") + std::generic_category().message(errno) + "."};
}

// Never over a file that is there: the key in it might be in use.
Result<Done> write_new(const std::string& file, std::string_view text, mode_t mode) {
    const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (descriptor < 0) return system_error(file, "The file could not be made");
    bool done = true;
    while (done && !text.empty()) {
        const auto written = write(descriptor, text.data(), text.size());
        done = written > 0;
        if (done) text.remove_prefix(static_cast<std::size_t>(written));
    }
    done = close(descriptor) == 0 && done;
    if (!done) return system_error(file, "The file could not be written");
    return Done{};
}

std::string key_set_of(const JwtSigner& signer) { return R"({"keys":[)" + signer.public_jwk() + "]}"; }

// A client registry that knows this key and nobody else.
std::string registry_with(const JwtSigner& signer, const TokenOptions& options) {
    const auto keys = json::Document::parse(key_set_of(signer));
    json::Writer writer(json::Writer::Layout::pretty);
    writer.begin_object().key("clients").begin_array().begin_object();
    writer.member("name", options.name)
        .member("iss", options.iss.empty() ? "https://ehr.example.test/fhir" : options.iss);
    if (options.jku.empty()) writer.member("jwks", keys.value().root());
    if (!options.jku.empty()) writer.member("jku", options.jku);
    writer.key("algorithms").begin_array().string(options.new_key).end_array();
    if (!options.tenant.empty()) writer.key("tenants").begin_array().string(options.tenant).end_array();
    if (options.epic) writer.member("dialect", "epic");
    return writer.end_object().end_array().end_object().take();
}

int make_key(const TokenOptions& options) {
    if (options.out.empty()) return fail({ErrorKind::invalid, "--out", "The folder for the two files is needed."});
    const auto algorithm = auth::algorithm_named(options.new_key);
    if (!algorithm) return fail({ErrorKind::invalid, "--new-key", "ES384 or RS384 is expected."});
    const auto signer = JwtSigner::with_new_key(*algorithm);
    if (!signer) return fail(signer.error());
    const std::filesystem::path folder(options.out);
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return fail({ErrorKind::system, options.out, "The folder could not be made: " + error.message() + "."});
    const std::string key_file = folder / private_file, set_file = folder / public_file;
    const auth::Secret key = signer.value().private_jwk();
    if (auto done = write_new(key_file, key.reveal(), S_IRUSR | S_IWUSR); !done) return fail(done.error());
    if (auto done = write_new(set_file, key_set_of(signer.value()) + "\n", S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
        !done) {
        return fail(done.error());
    }
    std::fprintf(stderr,
                 "TEST KEY: for trying out and tests, not for an EHR in use.\n"
                 "Private key: %s (for you alone)\nPublic key:  %s\n"
                 "Client registry with this key, on standard output:\n",
                 key_file.c_str(), set_file.c_str());
    std::printf("%s\n", registry_with(signer.value(), options).c_str());
    return 0;
}

Result<auth::Secret> read_key_file(const std::string& file) {
    std::error_code unknown;
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return system_error(file, "The file could not be read");
    if (std::filesystem::is_directory(file, unknown)) {
        return Error{ErrorKind::invalid, file,
                     "This is a folder; the private key in it is " + std::string(private_file) + "."};
    }
    return auth::Secret(std::string(std::istreambuf_iterator<char>(stream), {}));
}

// "2026-03-02T10:00:00Z", or seconds since 1970.
std::optional<std::chrono::sys_seconds> parse_moment(std::string_view text) {
    std::int64_t seconds = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (code == std::errc() && end == text.data() + text.size())
        return std::chrono::sys_seconds(std::chrono::seconds(seconds));
    const auto day = base::parse_day(text.substr(0, 10));
    if (!day || text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
        return std::nullopt;
    std::chrono::seconds time{0};
    for (const std::size_t place : {11, 14, 17}) {
        const int tens = text[place] - '0', ones = text[place + 1] - '0';
        if (tens < 0 || tens > 5 || ones < 0 || ones > 9 || (place == 11 && tens * 10 + ones > 23)) return std::nullopt;
        time = time * 60 + std::chrono::seconds(tens * 10 + ones);
    }
    return std::chrono::sys_seconds(*day + time);
}

int sign_token(const TokenOptions& options) {
    if (options.iss.empty())
        return fail({ErrorKind::invalid, "--iss", "The issuer, as the client registry has it, is needed."});
    if (!auth::parse_url(options.aud)) {
        return fail({ErrorKind::invalid, "--aud",
                     "The URL of the endpoint that is called is needed: http://127.0.0.1:8080/cds-services/…"});
    }
    const auto now = options.now.empty() ? std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())
                                         : parse_moment(options.now);
    if (!now)
        return fail(
            {ErrorKind::invalid, "--now", "A moment is expected: 2026-03-02T10:00:00Z, or seconds since 1970."});
    const auto key = read_key_file(options.key);
    if (!key) return fail(key.error());
    const auto signer = JwtSigner::with_key(key.value());
    if (!signer)
        return fail({signer.error().kind,
                     options.key + (signer.error().where.empty() ? "" : ": " + signer.error().where),
                     signer.error().what});
    auth::TokenTerms terms{options.iss,
                           options.aud,
                           options.sub,
                           options.tenant,
                           options.jku,
                           *now,
                           std::chrono::seconds(options.lifetime),
                           {}};
    if (options.epic) {
        terms.valid_before_issued = epic_valid_before;
        if (terms.sub.empty()) terms.sub = options.iss;
    }
    const auto token = signer.value().sign(terms);
    if (!token) return fail(token.error());
    std::printf("%s\n", token.value().c_str());
    return 0;
}

}  // namespace

int token(const TokenOptions& options) {
    if (options.new_key.empty() == options.key.empty()) {
        return fail({ErrorKind::invalid, "", "Either --new-key makes a test key, or --key signs a token with one."});
    }
    return options.key.empty() ? make_key(options) : sign_token(options);
}

}  // namespace rectal_cds
