// Certificates made anew for each test: an authority of ours and what it signs.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace rectal_cds::fetch::test {

struct Certificate {
    std::shared_ptr<X509> certificate;
    std::shared_ptr<EVP_PKEY> key;
    std::string pem() const;  // of the certificate
};

struct CertificateWish {
    std::string names = "DNS:ehr.example";  // subjectAltName
    long starts_in = -3600;                 // seconds
    long ends_in = 3600;
    bool is_authority = false;
};

// Signed by `issuer`, or by itself when there is none.
Certificate make_certificate(const CertificateWish& wish, const Certificate* issuer);

}  // namespace rectal_cds::fetch::test
