// The real program with a certificate: what it says when the files are bad, and SIGHUP with a renewed one.
#include <signal.h>
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <thread>
#include <utility>

#include "http/certificates.hpp"
#include "http/tls_loopback.hpp"
#include "support/child_process.hpp"
#include "support/real_knowledge.hpp"
#include "support/running_service.hpp"

using namespace rectal_cds::testing;
namespace tls = rectal_cds::http::test;

namespace {

constexpr long day = 24 * 60 * 60;

struct Certified {
    // Answers the flags that name the two files.
    std::vector<std::string> write(const tls::Certificate& certificate, const tls::Key& its_key) const {
        return {"--tls-certificate", folder.write("chain.pem", tls::pem(certificate)), "--tls-key",
                folder.write("key.pem", tls::pem(its_key))};
    }

    Finished refused(std::vector<std::string> flags) const {
        flags.insert(flags.begin(), {program().string(), "serve", "--listen", "127.0.0.1:0", "--store",
                                     folder.path("store.sqlite"), "--knowledge", source_folder().string()});
        return run(flags);
    }

    tls::Folder folder;
    tls::Key key = tls::ec_key();
};

bool comes_true(const std::function<bool()>& condition) {
    for (int i = 0; i < 1000 && !condition(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return condition();
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_certificate, Certified)

BOOST_AUTO_TEST_CASE(is_not_served_with_a_key_that_others_may_read) {
    std::vector<std::string> flags = write(tls::certificate_of(key), key);
    const std::string key_file = flags.back();
    flags.insert(flags.begin(), {"--listen", "127.0.0.1:0", "--knowledge", source_folder().string()});
    for (const auto& [mode, is_served] : {std::pair{0644, false}, std::pair{0640, true}, std::pair{0600, true}}) {
        BOOST_TEST_REQUIRE(chmod(key_file.c_str(), static_cast<mode_t>(mode)) == 0);
        if (is_served)
            BOOST_TEST(RunningService(flags).stop() == 0);
        else
            BOOST_CHECK_THROW(RunningService{flags}, std::runtime_error);
    }
}

BOOST_AUTO_TEST_CASE(is_renewed_on_sighup_and_a_bad_one_leaves_the_old_one) {
    const tls::Certificate first = tls::certificate_of(key), second = tls::certificate_of(key, {.ends = 30 * day});
    std::vector<std::string> flags = write(first, key);
    flags.insert(flags.end(), {"--store", folder.path("store.sqlite"), "--listen", "127.0.0.1:0"});
    RunningService service(flags);
    const auto served = [&] { return tls::TlsClient(service.port()).certificate(); };
    BOOST_TEST(service.base_url().find("https://") == 0U);
    BOOST_TEST(tls::same(served(), first));

    write(second, key);
    service.signal(SIGHUP);
    BOOST_TEST(comes_true([&] { return tls::same(served(), second); }));

    write(tls::certificate_of(key, {.begins = -3 * day, .ends = -2 * day}), key);
    service.signal(SIGHUP);
    BOOST_TEST(comes_true([&] { return service.err().find("The certificate expired on ") != std::string::npos; }));
    BOOST_TEST(tls::same(served(), second));
    BOOST_TEST(service.stop() == 0);
}

BOOST_AUTO_TEST_CASE(keeps_the_service_from_starting_when_it_is_bad) {
    const Finished expired = refused(write(tls::certificate_of(key, {.begins = -3 * day, .ends = -2 * day}), key));
    BOOST_TEST(expired.exit_code == 2);
    BOOST_TEST(expired.err.find("chain.pem: The certificate expired on ") != std::string::npos, expired.err);
    const Finished other_key = refused(write(tls::certificate_of(key), tls::rsa_key()));
    BOOST_TEST(other_key.exit_code == 2);
    BOOST_TEST(other_key.err.find("key.pem: The key does not belong to the certificate") != std::string::npos,
               other_key.err);
    const Finished no_key = refused({"--tls-certificate", folder.path("chain.pem")});
    BOOST_TEST(no_key.exit_code == 2);
    BOOST_TEST(no_key.err.find("--tls-key") != std::string::npos, no_key.err);
}

BOOST_AUTO_TEST_SUITE_END()
