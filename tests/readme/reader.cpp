#include "readme/reader.hpp"

#include <iterator>
#include <sstream>
#include <stdexcept>

#include "support/real_knowledge.hpp"

namespace rectal_cds::readme {

namespace fs = std::filesystem;
using testing::Finished;

namespace {

constexpr std::string_view documented_address = "127.0.0.1:8080";

std::vector<std::string> words(const std::string& line) {
    std::istringstream stream(line);
    return {std::istream_iterator<std::string>(stream), {}};
}

}  // namespace

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }
bool begins(const std::string& text, std::string_view start) { return text.compare(0, start.size(), start) == 0; }

Checkout::Checkout() {
    for (const auto& entry : fs::directory_iterator(testing::source_folder())) {
        const std::string name = entry.path().filename().string();
        if (name != ".git" && name.compare(0, 5, "build") != 0)
            fs::create_symlink(fs::absolute(entry.path()), path() / name);
    }
    fs::create_directory(path() / "build");
    std::error_code other_file_system;
    fs::create_hard_link(testing::program(), program(), other_file_system);
    if (other_file_system) fs::copy_file(testing::program(), program());
}

Finished Reader::type(std::string command) {
    if (begins(command, "./dev serve")) return serve(words(command));
    if (begins(command, "./dev ")) return {};  // the verbs are a test of their own; testing would test itself
    if (service_) {
        const std::string address = "127.0.0.1:" + std::to_string(service_->port());
        for (auto at = command.find(documented_address); at != std::string::npos;
             at = command.find(documented_address, at + address.size())) {
            command.replace(at, documented_address.size(), address);
        }
    }
    return testing::run({"bash", "-c", command}, "", checkout_.path());
}

Finished Reader::serve(const std::vector<std::string>& typed) {
    std::vector<std::string> flags(typed.begin() + 2, typed.end());
    try {
        service_ = std::make_unique<testing::RunningService>(flags, checkout_.program(), checkout_.path());
    } catch (const std::runtime_error& refusal) {
        if (!says(refusal.what(), "in use")) throw;
        flags.insert(flags.end(), {"--listen", "127.0.0.1:0"});
        service_ = std::make_unique<testing::RunningService>(flags, checkout_.program(), checkout_.path());
    }
    return {0, service_->out(), ""};
}

}  // namespace rectal_cds::readme
