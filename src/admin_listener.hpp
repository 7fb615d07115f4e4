// --admin-listen: the addresses of operations on a listener of their own, which also answers while the service drains.
#pragma once

#include <memory>
#include <string>
#include <thread>

#include "base/result.hpp"
#include "http/listen_address.hpp"
#include "http/server.hpp"

namespace rectal_cds {

std::string base_url_of(const http::ListenAddress& where, std::uint16_t port, bool has_tls);

class AdminListener {
public:
    // `listen` empty: nothing is listened to, and nothing else happens.
    AdminListener(std::string listen, http::Handler handler)
        : listen_(std::move(listen)), handler_(std::move(handler)) {}
    ~AdminListener();  // what was asked is answered
    AdminListener(const AdminListener&) = delete;
    AdminListener& operator=(const AdminListener&) = delete;

    // Serves from now on, on threads of its own. Error: where "--admin-listen".
    base::Result<base::Done> start();

    const std::string& base_url() const { return base_url_; }  // "" when nothing is listened to

private:
    const std::string listen_;
    http::Handler handler_;
    std::string base_url_;
    std::unique_ptr<http::Server> server_;
    std::thread thread_;
};

}  // namespace rectal_cds
