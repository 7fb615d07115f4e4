#include "fetch/certificates.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <stdexcept>

namespace rectal_cds::fetch::test {

namespace {

void extend(X509* certificate, int kind, const std::string& value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
    if (!extension) throw std::runtime_error("an extension of a test certificate is not understood");
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

}  // namespace

std::string Certificate::pem() const {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_X509(memory.get(), certificate.get());
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

Certificate make_certificate(const CertificateWish& wish, const Certificate* issuer) {
    static std::atomic<long> serial = 1;
    const Certificate made{{X509_new(), &X509_free}, {EVP_EC_gen("P-256"), &EVP_PKEY_free}};
    X509* const certificate = made.certificate.get();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate), wish.starts_in);
    X509_gmtime_adj(X509_getm_notAfter(certificate), wish.ends_in);
    X509_set_pubkey(certificate, made.key.get());
    const std::string subject = wish.is_authority ? "test authority" : "test server";
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(subject.c_str()), -1, -1, 0);
    const Certificate& signer = issuer ? *issuer : made;
    X509_set_issuer_name(certificate, X509_get_subject_name(signer.certificate.get()));
    if (wish.is_authority) {
        extend(certificate, NID_basic_constraints, "critical,CA:TRUE");
    } else {
        extend(certificate, NID_subject_alt_name, wish.names);
    }
    X509_sign(certificate, signer.key.get(), EVP_sha256());
    return made;
}

}  // namespace rectal_cds::fetch::test
