#include "http/certificates.hpp"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#include <fstream>
#include <random>
#include <stdexcept>

namespace rectal_cds::http::test {

namespace {

using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;

void demand(bool done, const char* what) {
    if (!done) throw std::runtime_error(std::string("OpenSSL: ") + what);
}

Key owned(EVP_PKEY* key) {
    demand(key != nullptr, "key");
    return {key, &EVP_PKEY_free};
}

std::string text_of(const Memory& memory) {
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

void add_name(X509_NAME* name, const std::string& text) {
    demand(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(text.c_str()),
                                      -1, -1, 0) == 1,
           "name");
}

void add_extension(X509* certificate, int id, const char* value) {
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, id, value), &X509_EXTENSION_free);
    demand(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "extension");
}

}  // namespace

Key ec_key() { return owned(EVP_EC_gen("P-256")); }

Key rsa_key(unsigned bits) { return owned(EVP_RSA_gen(bits)); }

Certificate certificate_of(const Key& key, const CertificateTerms& terms) {
    Certificate certificate(X509_new(), &X509_free);
    X509* x509 = certificate.get();
    X509_set_version(x509, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), static_cast<long>(std::random_device{}() >> 1));
    X509_gmtime_adj(X509_getm_notBefore(x509), terms.begins);
    X509_gmtime_adj(X509_getm_notAfter(x509), terms.ends);
    X509_set_pubkey(x509, key.get());
    add_name(X509_get_subject_name(x509), terms.name);
    X509_set_issuer_name(x509, X509_get_subject_name(terms.issuer ? terms.issuer->certificate.get() : x509));
    if (terms.is_authority) {
        add_extension(x509, NID_basic_constraints, "critical,CA:TRUE");
    } else {
        add_extension(x509, NID_subject_alt_name, "IP:127.0.0.1");
    }
    demand(X509_sign(x509, terms.issuer ? terms.issuer->key.get() : key.get(), EVP_sha256()) > 0, "sign");
    return certificate;
}

std::string pem(const Certificate& certificate) {
    const Memory memory(BIO_new(BIO_s_mem()), &BIO_free);
    demand(PEM_write_bio_X509(memory.get(), certificate.get()) == 1, "PEM");
    return text_of(memory);
}

std::string pem(const Key& key, const char* passphrase) {
    const Memory memory(BIO_new(BIO_s_mem()), &BIO_free);
    demand(PEM_write_bio_PKCS8PrivateKey(memory.get(), key.get(), passphrase ? EVP_aes_256_cbc() : nullptr, nullptr, 0,
                                         nullptr, const_cast<char*>(passphrase)) == 1,
           "PEM");
    return text_of(memory);
}

Folder::Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "rectal-cds-tls-XXXXXX").string();
    demand(mkdtemp(pattern.data()) != nullptr, "folder");
    folder_ = pattern;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    std::filesystem::permissions(path(name), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    return path(name);
}

}  // namespace rectal_cds::http::test
