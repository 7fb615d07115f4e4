// The reader of README.md or hooks/README.md: types its commands, one after the other, in a checkout.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "support/child_process.hpp"
#include "support/running_service.hpp"

namespace rectal_cds::readme {

bool says(const std::string& text, std::string_view part);
bool begins(const std::string& text, std::string_view start);

// A folder that looks like the reader's checkout after `./dev build`, whichever folder the program was built in.
class Checkout {
public:
    Checkout();

    const std::filesystem::path& path() const { return folder_.path(); }
    std::filesystem::path program() const { return path() / "build" / "rectal-cds"; }

private:
    testing::TemporaryFolder folder_;
};

// `./dev serve` is the built program with the same flags, on the documented port, or on another when that is taken;
// then the addresses of later commands follow.
class Reader {
public:
    testing::Finished type(std::string command);
    int leave() { return service_ ? service_->stop() : -1; }

private:
    testing::Finished serve(const std::vector<std::string>& typed);

    Checkout checkout_;
    std::unique_ptr<testing::RunningService> service_;
};

}  // namespace rectal_cds::readme
