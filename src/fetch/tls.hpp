// What makes a TLS connection trustworthy, the same for every library: TLS 1.2 or later, a chain to a known authority,
// a certificate for the name (or address) of the URL. For sources of this folder only.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "auth/fhir_base_url.hpp"
#include "base/result.hpp"

namespace rectal_cds::fetch {

// The system's certificate authorities, and those of one more file. Read once, shared by all connections.
class TrustStore {
public:
    // `ca_file`: PEM; empty for none. Error: kind system, `where` the file.
    static base::Result<std::shared_ptr<const TrustStore>> load(const std::string& ca_file);

    X509_STORE* get() const { return store_.get(); }

private:
    struct Free {
        void operator()(X509_STORE* store) const { X509_STORE_free(store); }
    };
    explicit TrustStore(X509_STORE* store) : store_(store) {}
    std::unique_ptr<X509_STORE, Free> store_;
};

// Connections of this context verify by `trust` and nothing else.
void demand_trust(SSL_CTX* context, const TrustStore& trust);

// The certificate must be for the host of `url`. Of a context, SSL_CTX_get0_param; of a connection, SSL_get0_param.
void demand_name(X509_VERIFY_PARAM* verification, const auth::Url& url);

// SNI; an address is not sent (RFC 6066 3).
void announce_name(SSL* connection, const auth::Url& url);

// The verification is OpenSSL's own, by what was demanded above, whatever callback the library sets later.
void ignore_verify_callbacks(SSL_CTX* context);

}  // namespace rectal_cds::fetch
