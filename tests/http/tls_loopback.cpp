#include "http/tls_loopback.hpp"

#include <openssl/err.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace rectal_cds::http::test {

namespace {

constexpr int first_alert_reason = SSL_AD_REASON_OFFSET;  // OpenSSL's reason of a received alert: this plus its number

std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_for(const TlsClientTerms& terms) {
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    SSL_CTX_set_security_level(context.get(), 0);  // to be refused by the server, not by itself
    SSL_CTX_set_min_proto_version(context.get(), terms.least_version);
    SSL_CTX_set_max_proto_version(context.get(), terms.greatest_version);
    if (!terms.ciphers.empty()) BOOST_TEST_REQUIRE(SSL_CTX_set_cipher_list(context.get(), terms.ciphers.c_str()) == 1);
    if (terms.trusted) {
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), terms.trusted.get());
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    }
    std::string offered;
    for (const std::string& protocol : terms.protocols) offered += static_cast<char>(protocol.size()) + protocol;
    if (!offered.empty()) {
        SSL_CTX_set_alpn_protos(context.get(), reinterpret_cast<const unsigned char*>(offered.data()),
                                static_cast<unsigned>(offered.size()));
    }
    return context;
}

ServerOptions with_files(ServerOptions options, const Folder& folder) {
    options.tls_certificate_file = folder.path("certificate.pem");
    options.tls_key_file = folder.path("key.pem");
    return options;
}

Certificate write_files(const Folder& folder, const Key& key) {
    const Certificate certificate = certificate_of(key);
    folder.write("certificate.pem", pem(certificate));
    folder.write("key.pem", pem(key));
    return certificate;
}

}  // namespace

TlsClient::TlsClient(std::uint16_t port, const TlsClientTerms& terms) : Client(port) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
    tls_.reset(SSL_new(context_for(terms).get()));
    SSL_set_fd(tls_.get(), socket());
    ERR_clear_error();
    has_shaken_hands_ = SSL_connect(tls_.get()) == 1;
    const int reason = ERR_GET_REASON(ERR_peek_last_error());
    if (!has_shaken_hands_ && reason > first_alert_reason) alert_ = reason - first_alert_reason;
}

TlsClient::TlsClient(TlsClient&& other) noexcept = default;
TlsClient::~TlsClient() = default;

std::string TlsClient::version() const { return SSL_get_version(tls_.get()); }

std::string TlsClient::protocol() const {
    const unsigned char* name = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(tls_.get(), &name, &length);
    return {reinterpret_cast<const char*>(name), length};
}

Certificate TlsClient::certificate() const { return {SSL_get1_peer_certificate(tls_.get()), &X509_free}; }

bool TlsClient::was_told_goodbye() const { return (SSL_get_shutdown(tls_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }

bool TlsClient::renegotiates() { return SSL_renegotiate(tls_.get()) == 1 && SSL_do_handshake(tls_.get()) == 1; }

Client& TlsClient::finish_sending() {
    SSL_shutdown(tls_.get());
    return *this;
}

long TlsClient::receive(char* bytes, std::size_t size) {
    errno = 0;
    ERR_clear_error();
    return SSL_read(tls_.get(), bytes, static_cast<int>(size));
}

long TlsClient::transmit(const char* bytes, std::size_t size) {
    ERR_clear_error();
    return SSL_write(tls_.get(), bytes, static_cast<int>(std::min<std::size_t>(size, 1u << 20)));
}

TlsServer::TlsServer(ServerOptions options, const Key& key)
    : certificate(write_files(folder, key)), server(with_files(std::move(options), folder)) {}

bool same(const Certificate& left, const Certificate& right) { return X509_cmp(left.get(), right.get()) == 0; }

}  // namespace rectal_cds::http::test
