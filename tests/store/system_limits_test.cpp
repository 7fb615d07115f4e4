// Real limits of the operating system: files that may not grow, folders that may not be written.
#include <boost/test/unit_test.hpp>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <sstream>

#include "store/forked.hpp"
#include "store/samples.hpp"

using namespace rectal_cds;
using namespace rectal_cds::store;
using namespace rectal_cds::store::test;

namespace {

// Does not touch Boost.Test: it runs in a child.
Saved saved_in_child(Store& store, FeedbackBatch batch) { return saving(store, std::move(batch)).get(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(limits_of_the_system)

// A real refusal by the kernel: files may not grow any more.
BOOST_AUTO_TEST_CASE(a_file_that_may_not_grow_costs_feedback_alone_until_it_may_again) {
    testing::TemporaryFolder folder;
    const StoreOptions options = in(folder);
    Forked child([&](const Forked::Tell& tell) {
        std::signal(SIGXFSZ, SIG_IGN);
        auto store = open_store(options);
        if (!store) throw std::runtime_error(store.error().what);
        unsigned stored = 0;
        const auto save = [&](const std::string& card) {
            return saved_in_child(*store.value(), batch({overridden(card, std::string(4000, 'c'))}));
        };
        rlimit limit{};
        getrlimit(RLIMIT_FSIZE, &limit);
        const rlim_t before = limit.rlim_cur;
        limit.rlim_cur = 400 * 1024;
        setrlimit(RLIMIT_FSIZE, &limit);
        for (int i = 0; i < 300; ++i) stored += save("a" + std::to_string(i)) == Saved::ok ? 1 : 0;
        tell("stored " + std::to_string(stored));
        for (int i = 0; i < 3; ++i) tell(save("b") == Saved::unavailable ? "unavailable" : "stored?");
        tell(store.value()->health().last_error);
        limit.rlim_cur = before;
        setrlimit(RLIMIT_FSIZE, &limit);
        tell(save("b") == Saved::ok ? "recovered" : "still down");
    });
    std::istringstream lines(child.told());
    std::string word;
    unsigned stored = 0;
    lines >> word >> stored;
    BOOST_TEST(stored > 0U);
    BOOST_TEST(stored < 300U);
    std::vector<std::string> rest;
    while (lines >> word) rest.push_back(word);
    BOOST_TEST((rest == std::vector<std::string>{"unavailable", "unavailable", "unavailable", "io", "recovered"}));
    BOOST_TEST(number(options.place, "SELECT count(*) FROM feedback") == stored + 1);
    BOOST_TEST(text(options.place, "PRAGMA integrity_check") == "ok");
}

// The file and its folder belong to somebody else: root gives up its rights for this.
BOOST_AUTO_TEST_CASE(a_folder_that_may_not_be_written_leaves_the_store_down) {
    namespace fs = std::filesystem;
    constexpr unsigned nobody = 65534;
    testing::TemporaryFolder folder;
    const StoreOptions options = in(folder);
    opened(options);
    fs::permissions(options.place, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
    const auto before = fs::status(folder.path()).permissions();
    fs::permissions(folder.path(), fs::perms(0555));
    Forked child([&](const Forked::Tell& tell) {
        if (geteuid() == 0 && (setgid(nobody) != 0 || setuid(nobody) != 0))
            throw std::runtime_error("rights were not given up");
        const auto store = open_store(options);
        tell(store ? "opened" : store.error().what);
        if (store) tell(store.value()->health().up ? "up" : "down");
        if (store)
            tell(saved_in_child(*store.value(), batch({overridden("a")})) == Saved::unavailable ? "unavailable"
                                                                                                : "stored?");
        StoreOptions other = options;
        other.place += "-new";
        const auto created = open_store(other);
        tell(created ? "created?" : created.error().what);
    });
    const std::string told = child.told();
    fs::permissions(folder.path(), before);
    BOOST_TEST(told == "opened\ndown\nunavailable\nThe file cannot be created.\n");
}

BOOST_AUTO_TEST_SUITE_END()
