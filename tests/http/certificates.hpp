// Keys and certificates made for one test run, and the files they lie in.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <filesystem>
#include <memory>
#include <string>

namespace rectal_cds::http::test {

using Key = std::shared_ptr<EVP_PKEY>;
using Certificate = std::shared_ptr<X509>;

Key ec_key();
Key rsa_key(unsigned bits = 2048);

struct Issuer {
    Key key;
    Certificate certificate;
};

struct CertificateTerms {
    std::string name = "127.0.0.1";
    long begins = -24 * 60 * 60;  // seconds from now
    long ends = 24 * 60 * 60;
    bool is_authority = false;
    const Issuer* issuer = nullptr;  // null: self-signed
};
Certificate certificate_of(const Key& key, const CertificateTerms& terms = {});

std::string pem(const Certificate& certificate);
std::string pem(const Key& key, const char* passphrase = nullptr);

// A folder of its own, removed when it goes.
class Folder {
public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string path(const std::string& name) const { return folder_ / name; }
    std::string write(const std::string& name, const std::string& text) const;  // answers its path

private:
    std::filesystem::path folder_;
};

}  // namespace rectal_cds::http::test
