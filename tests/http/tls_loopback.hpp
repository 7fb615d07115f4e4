// A Server that speaks TLS in this process, and clients that do or try to.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <vector>

#include "http/certificates.hpp"
#include "http/loopback.hpp"

namespace rectal_cds::http::test {

struct TlsClientTerms {
    int least_version = TLS1_2_VERSION;
    int greatest_version = TLS1_3_VERSION;
    std::string ciphers = {};                 // of TLS 1.2; empty: OpenSSL's own
    std::vector<std::string> protocols = {};  // offered by ALPN
    Certificate trusted = nullptr;            // verify against it; null: take any certificate
};

// A blocking client. The handshake is done when it has been made.
class TlsClient : public Client {
public:
    explicit TlsClient(std::uint16_t port, const TlsClientTerms& terms = {});
    ~TlsClient() override;
    TlsClient(TlsClient&& other) noexcept;

    bool has_shaken_hands() const { return has_shaken_hands_; }
    int alert() const { return alert_; }  // why the server refused the handshake (RFC 8446, 6); 0: it sent none
    std::string version() const;          // "TLSv1.3"
    std::string protocol() const;         // chosen by ALPN
    Certificate certificate() const;      // the server's
    bool was_told_goodbye() const;        // close_notify has come
    bool renegotiates();                  // TLS 1.2; whether the server lets it

    Client& finish_sending() override;  // sends close_notify

private:
    long receive(char* bytes, std::size_t size) override;
    long transmit(const char* bytes, std::size_t size) override;

    std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, &SSL_free};
    bool has_shaken_hands_ = false;
    int alert_ = 0;
};

// Files of a self-signed certificate, which can be replaced, and a TestServer that uses them.
struct TlsServer {
    explicit TlsServer(ServerOptions options = TestServer::quick(), const Key& key = ec_key());

    TlsClient connect(const TlsClientTerms& terms = {}) const { return TlsClient(server.port(), terms); }

    Folder folder;
    Certificate certificate;
    TestServer server;
};

// Whether both are the same certificate.
bool same(const Certificate& left, const Certificate& right);

}  // namespace rectal_cds::http::test
