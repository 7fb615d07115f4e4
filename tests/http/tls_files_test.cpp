// The certificate and key files: every fault is named before the service listens, and reading them again never
// replaces what works by what does not.
#include "http/tls_loopback.hpp"

#include <boost/test/unit_test.hpp>

#include <ctime>
#include <string>

using namespace rectal_cds;
using namespace rectal_cds::http;
using namespace rectal_cds::http::test;

namespace {

constexpr long day = 24 * 60 * 60;

std::string date_in(long seconds) {
    return base::iso(
        std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now() + std::chrono::seconds(seconds)));
}

struct Files {
    // listen() with these texts as files; answers "<file>: <sentence>", or "" when it succeeds.
    std::string listen(const std::string& certificate_text, const std::string& key_text) const {
        return listen_with(folder.write("certificate.pem", certificate_text), folder.write("key.pem", key_text));
    }

    std::string listen_with(const std::string& certificate_file, const std::string& key_file) const {
        ServerOptions options = TestServer::quick();
        options.tls_certificate_file = certificate_file;
        options.tls_key_file = key_file;
        Server server(options, [](Request, Respond) {});
        const auto listening = server.listen();
        if (listening) return "";
        const std::string& where = listening.error().where;
        return where.substr(where.rfind('/') + 1) + ": " + listening.error().what;
    }

    Folder folder;
    Key key = ec_key();
    Certificate certificate = certificate_of(key);
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_tls_files, Files)

BOOST_AUTO_TEST_CASE(may_be_one_file) {
    BOOST_TEST(listen(pem(certificate), pem(key)) == "");
    const std::string both = folder.write("both.pem", pem(key) + pem(certificate));
    BOOST_TEST(listen_with(both, both) == "");
}

BOOST_AUTO_TEST_CASE(keep_the_key_from_others) {
    BOOST_TEST(listen(pem(certificate), pem(key)) == "");
    std::filesystem::permissions(folder.path("key.pem"), std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);
    BOOST_TEST(listen_with(folder.path("certificate.pem"), folder.path("key.pem")) ==
               "key.pem: Others than the owner and the group may not read the key of the certificate (mode 0600 or "
               "0440).");
}

BOOST_AUTO_TEST_CASE(belong_together) {
    BOOST_TEST(listen(pem(certificate), pem(ec_key())) ==
               "key.pem: The key does not belong to the certificate in " + folder.path("certificate.pem") + ".");
    BOOST_TEST(listen(pem(certificate), pem(rsa_key())) ==
               "key.pem: The key does not belong to the certificate in " + folder.path("certificate.pem") + ".");
}

BOOST_AUTO_TEST_CASE(are_named_both) {
    const std::string file = folder.write("certificate.pem", pem(certificate));
    BOOST_TEST(listen_with(file, "") == "certificate.pem: The file with the key of this certificate is needed too.");
    BOOST_TEST(listen_with("", folder.write("key.pem", pem(key))) ==
               "key.pem: The file with the certificate of this key is needed too.");
}

BOOST_AUTO_TEST_CASE(are_there_and_can_be_read) {
    const std::string file = folder.write("certificate.pem", pem(certificate));
    BOOST_TEST(listen_with(folder.path("no.pem"), file) ==
               "no.pem: The file could not be read: No such file or directory.");
    BOOST_TEST(listen_with(file, folder.path("no.pem")) ==
               "no.pem: The file could not be read: No such file or directory.");
    BOOST_TEST(listen_with(folder.path(""), file) == ": The file could not be read: Is a directory.");
}

BOOST_AUTO_TEST_CASE(hold_pem) {
    const std::string text = pem(certificate);
    BOOST_TEST(listen("", pem(key)) == "certificate.pem: This file holds no certificate in PEM form.");
    BOOST_TEST(listen(pem(key), pem(key)) == "certificate.pem: This file holds no certificate in PEM form.");
    BOOST_TEST(listen(text + text.substr(0, 200), pem(key)) ==
               "certificate.pem: Certificate 2 of this file is damaged.");
    BOOST_TEST(listen(text, "") == "key.pem: This file holds no private key in PEM form.");
    BOOST_TEST(listen(text, text) == "key.pem: This file holds no private key in PEM form.");
    BOOST_TEST(listen(text, pem(key, "secret")) == "key.pem: The key has a passphrase; a key without one is expected.");
}

BOOST_AUTO_TEST_CASE(are_valid_today) {
    BOOST_TEST(listen(pem(certificate_of(key, {.begins = -3 * day, .ends = -2 * day})), pem(key)) ==
               "certificate.pem: The certificate expired on " + date_in(-2 * day) + ".");
    BOOST_TEST(listen(pem(certificate_of(key, {.begins = 2 * day, .ends = 3 * day})), pem(key)) ==
               "certificate.pem: The certificate is not valid before " + date_in(2 * day) + ".");
}

BOOST_AUTO_TEST_CASE(are_strong) {
    const Key weak = rsa_key(1024);
    BOOST_TEST(listen(pem(certificate_of(weak)), pem(weak)) ==
               "certificate.pem: The certificate's key or signature is too weak: RSA from 2048 bits or EC is expected, "
               "and no SHA-1.");
    const Issuer issuer{weak, certificate_of(weak, {.is_authority = true})};
    const Certificate own = certificate_of(key, {.issuer = &issuer});
    BOOST_TEST(listen(pem(own) + pem(issuer.certificate), pem(key)) ==
               "certificate.pem: Certificate 2 of this file is too weak.");
}

BOOST_AUTO_TEST_CASE(tell_how_long_they_last) {
    TlsServer server;
    BOOST_TEST(base::iso(server.server.server().tls_certificate_ends()) == date_in(day));
    BOOST_TEST((TestServer().server().tls_certificate_ends() == base::Day{}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_tls_files_read_again)

BOOST_AUTO_TEST_CASE(count_for_new_connections_and_leave_those_that_are_open) {
    TlsServer server;
    TlsClient before = server.connect();
    BOOST_TEST(same(before.certificate(), server.certificate));
    const Key key = rsa_key();
    const Certificate renewed = certificate_of(key, {.ends = 7 * day});
    server.folder.write("certificate.pem", pem(renewed));
    server.folder.write("key.pem", pem(key));
    BOOST_TEST(same(server.connect().certificate(), server.certificate));
    BOOST_TEST(server.server.server().reload_tls().ok());
    TlsClient after = server.connect();
    BOOST_TEST(same(after.certificate(), renewed));
    BOOST_TEST(after.send(get("/echo")).answer().status == 200);
    BOOST_TEST(before.send(get("/echo")).answer().status == 200);
    BOOST_TEST(base::iso(server.server.server().tls_certificate_ends()) == date_in(7 * day));
}

BOOST_AUTO_TEST_CASE(change_nothing_when_they_are_bad) {
    TlsServer server;
    const Key key = ec_key();
    server.folder.write("certificate.pem", pem(certificate_of(key)));
    BOOST_TEST(!server.server.server().reload_tls().ok());
    server.folder.write("key.pem", pem(key));
    server.folder.write("certificate.pem", pem(certificate_of(key, {.begins = -3 * day, .ends = -2 * day})));
    const auto reloaded = server.server.server().reload_tls();
    BOOST_TEST_REQUIRE(!reloaded.ok());
    BOOST_TEST(reloaded.error().where == server.folder.path("certificate.pem"));
    TlsClient client = server.connect();
    BOOST_TEST(same(client.certificate(), server.certificate));
    BOOST_TEST(client.send(get("/echo")).answer().status == 200);
}

BOOST_AUTO_TEST_CASE(are_nothing_to_a_plain_server) {
    TestServer server;
    BOOST_TEST(server.server().reload_tls().ok());
    BOOST_TEST(server.connect().send(get("/echo")).answer().status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
