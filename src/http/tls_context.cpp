#include "http/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cerrno>
#include <cstdio>
#include <ctime>
#include <system_error>
#include <vector>

#include "auth/secret_file.hpp"
#include "http/net.hpp"
// After net.hpp, which Asio needs ahead of it.
#include <boost/asio/ssl/context.hpp>

namespace rectal_cds::http {

namespace {

using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using PrivateKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Context = boost::asio::ssl::context;

constexpr std::size_t longest_file = 1u << 20;
constexpr int security_level = 2;  // 112 bits: RSA from 2048 bits, no SHA-1 signatures
// TLS 1.2; the suites of 1.3 are OpenSSL's own choice. ECDHE with AEAD only.
constexpr const char* cipher_suites = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
                                      "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
                                      "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr const char* groups = "X25519:P-256:P-384";

// Asio takes what is left in the thread's queue for its own.
struct ClearedErrors {
    ClearedErrors() { ERR_clear_error(); }
    ~ClearedErrors() { ERR_clear_error(); }
    ClearedErrors(const ClearedErrors&) = delete;
    ClearedErrors& operator=(const ClearedErrors&) = delete;
};

// A file's text, wiped when it goes.
struct FileText {
    explicit FileText(const std::string& file) {
        const std::unique_ptr<std::FILE, decltype(&std::fclose)> stream(std::fopen(file.c_str(), "rb"), &std::fclose);
        bytes.resize(stream ? longest_file : 0);
        if (stream) bytes.resize(std::fread(bytes.data(), 1, bytes.size(), stream.get()));
        failure = !stream || std::ferror(stream.get()) != 0 ? errno : 0;
    }
    ~FileText() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
    FileText(const FileText&) = delete;
    FileText& operator=(const FileText&) = delete;

    Memory reader() const { return {BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())), &BIO_free}; }
    bool holds(const char* word) const { return bytes.find(word) != std::string::npos; }

    std::string bytes;
    int failure = 0;
};

Error unreadable(const std::string& file, int failure) {
    return {ErrorKind::system, file, "The file could not be read: " + std::generic_category().message(failure) + "."};
}

Error faulty(const std::string& file, std::string what) { return {ErrorKind::invalid, file, std::move(what)}; }

base::Day day_of(const ASN1_TIME* time) {
    std::tm utc{};
    if (ASN1_TIME_to_tm(time, &utc) != 1) return {};
    return base::Day{std::chrono::floor<std::chrono::days>(std::chrono::system_clock::from_time_t(timegm(&utc)))};
}

Result<std::vector<Certificate>> read_chain(const std::string& file) {
    const FileText text(file);
    if (text.failure != 0) return unreadable(file, text.failure);
    const Memory reader = text.reader();
    std::vector<Certificate> chain;
    for (;;) {
        Certificate next(PEM_read_bio_X509(reader.get(), nullptr, nullptr, nullptr), &X509_free);
        if (!next) break;
        chain.push_back(std::move(next));
    }
    const bool is_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (!is_end) return faulty(file, "Certificate " + std::to_string(chain.size() + 1) + " of this file is damaged.");
    if (chain.empty()) return faulty(file, "This file holds no certificate in PEM form.");
    const X509* own = chain.front().get();
    if (X509_cmp_current_time(X509_get0_notAfter(own)) <= 0) {
        return faulty(file, "The certificate expired on " + base::iso(day_of(X509_get0_notAfter(own))) + ".");
    }
    if (X509_cmp_current_time(X509_get0_notBefore(own)) > 0) {
        return faulty(file, "The certificate is not valid before " + base::iso(day_of(X509_get0_notBefore(own))) + ".");
    }
    return chain;
}

// Instead of a question on the terminal.
int no_passphrase(char*, int, int, void*) { return 0; }

Result<PrivateKey> read_key(const std::string& file) {
    if (const auto checked = auth::check_secret_file(file, "the key of the certificate"); !checked)
        return checked.error();
    const FileText text(file);
    if (text.failure != 0) return unreadable(file, text.failure);
    PrivateKey key(PEM_read_bio_PrivateKey(text.reader().get(), nullptr, &no_passphrase, nullptr), &EVP_PKEY_free);
    if (key) return key;
    if (text.holds("ENCRYPTED")) return faulty(file, "The key has a passphrase; a key without one is expected.");
    return faulty(file, "This file holds no private key in PEM form.");
}

// RFC 7301: HTTP/1.1 for those who name it; who offers only other protocols is refused, for what it would send next is
// not HTTP/1.1.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned offered_length, void*) {
    static constexpr unsigned char spoken[] = "\x08http/1.1";
    unsigned char* found = nullptr;
    const int result = SSL_select_next_proto(&found, length, spoken, sizeof spoken - 1, offered, offered_length);
    *chosen = found;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

bool restrict_protocol(SSL_CTX* tls) {
    SSL_CTX_set_security_level(tls, security_level);
    SSL_CTX_set_options(tls, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                 SSL_OP_CLEANSE_PLAINTEXT);
    SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);  // resumption by tickets, which need no memory
    SSL_CTX_set_alpn_select_cb(tls, &choose_protocol, nullptr);
    return SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_max_proto_version(tls, TLS1_3_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(tls, cipher_suites) == 1 && SSL_CTX_set1_groups_list(tls, groups) == 1;
}

Result<Done> equip(SSL_CTX* tls, const TlsFiles& files, const std::vector<Certificate>& chain, EVP_PKEY* key) {
    if (!restrict_protocol(tls)) return faulty(files.certificate, "OpenSSL does not offer TLS 1.2 and 1.3 as needed.");
    if (SSL_CTX_use_certificate(tls, chain.front().get()) != 1) {
        return faulty(files.certificate, "The certificate's key or signature is too weak: RSA from 2048 bits or EC is "
                                         "expected, and no SHA-1.");
    }
    if (X509_check_private_key(chain.front().get(), key) != 1 || SSL_CTX_use_PrivateKey(tls, key) != 1) {
        return faulty(files.key, "The key does not belong to the certificate in " + files.certificate + ".");
    }
    for (std::size_t i = 1; i < chain.size(); ++i) {
        if (SSL_CTX_add1_chain_cert(tls, chain[i].get()) == 1) continue;
        return faulty(files.certificate, "Certificate " + std::to_string(i + 1) + " of this file is too weak.");
    }
    return Done{};
}

}  // namespace

Result<Done> TlsContext::load(const TlsFiles& files) {
    const ClearedErrors around;
    const auto chain = read_chain(files.certificate);
    if (!chain) return chain.error();
    const auto key = read_key(files.key);
    if (!key) return key.error();
    auto context = std::make_shared<Context>(Context::tls_server);
    if (auto done = equip(context->native_handle(), files, chain.value(), key.value().get()); !done) return done;
    const std::lock_guard lock(mutex_);
    current_ = std::move(context);
    ends_ = day_of(X509_get0_notAfter(chain.value().front().get()));
    return Done{};
}

std::shared_ptr<Context> TlsContext::current() const {
    const std::lock_guard lock(mutex_);
    return current_;
}

base::Day TlsContext::certificate_ends() const {
    const std::lock_guard lock(mutex_);
    return ends_;
}

}  // namespace rectal_cds::http
