// The server's certificate and key, read from files, and what of TLS is spoken: 1.2 and 1.3, with forward secrecy and
// authenticated encryption only.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "base/date.hpp"
#include "base/result.hpp"

namespace boost::asio::ssl {
class context;
}

namespace rectal_cds::http {

struct TlsFiles {
    std::string certificate;  // PEM: the server's own certificate first, then those that lead to its root
    std::string key;          // PEM, without passphrase; RSA from 2048 bits, or EC
};

// Safe to use from several threads.
class TlsContext {
public:
    // Reads the files. What is wrong with them changes nothing: connections go on with what was read before.
    // Errors: `where` is the file; not readable, no PEM, not valid today, a key that is encrypted, of another
    // certificate, or too weak.
    base::Result<base::Done> load(const TlsFiles& files);

    // Null before load() has succeeded. Connections keep what they began with.
    std::shared_ptr<boost::asio::ssl::context> current() const;

    base::Day certificate_ends() const;  // the last day of the certificate in use; Day{} without one

private:
    mutable std::mutex mutex_;
    std::shared_ptr<boost::asio::ssl::context> current_;
    base::Day ends_{};
};

}  // namespace rectal_cds::http
