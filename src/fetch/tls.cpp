#include "fetch/tls.hpp"

#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace rectal_cds::fetch {

base::Result<std::shared_ptr<const TrustStore>> TrustStore::load(const std::string& ca_file) {
    const std::shared_ptr<const TrustStore> trust(new TrustStore(X509_STORE_new()));
    if (!trust->get() || X509_STORE_set_default_paths(trust->get()) != 1) {
        ERR_clear_error();
        return base::Error{base::ErrorKind::system, {}, "The system's certificate authorities cannot be used."};
    }
    if (!ca_file.empty() && X509_STORE_load_locations(trust->get(), ca_file.c_str(), nullptr) != 1) {
        ERR_clear_error();
        return base::Error{base::ErrorKind::system, ca_file, "The file holds no certificates in PEM form."};
    }
    return trust;
}

void demand_trust(SSL_CTX* context, const TrustStore& trust) {
    SSL_CTX_set1_cert_store(context, trust.get());
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
}

void demand_name(X509_VERIFY_PARAM* verification, const auth::Url& url) {
    X509_VERIFY_PARAM_set_hostflags(verification, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (url.has_ip_address()) {
        X509_VERIFY_PARAM_set1_ip_asc(verification, url.host.c_str());
    } else {
        X509_VERIFY_PARAM_set1_host(verification, url.host.data(), url.host.size());
    }
}

void announce_name(SSL* connection, const auth::Url& url) {
    if (!url.has_ip_address()) SSL_set_tlsext_host_name(connection, url.host.c_str());
}

void ignore_verify_callbacks(SSL_CTX* context) {
    SSL_CTX_set_cert_verify_callback(
        context,
        [](X509_STORE_CTX* chain, void*) {
            X509_STORE_CTX_set_verify_cb(chain, [](int is_good, X509_STORE_CTX*) { return is_good; });
            return X509_verify_cert(chain);
        },
        nullptr);
}

}  // namespace rectal_cds::fetch
