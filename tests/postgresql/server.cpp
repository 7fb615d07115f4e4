#include "postgresql/server.hpp"

#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "store/samples.hpp"

namespace rectal_cds::store::test {

namespace {

std::string server_folder;

// The server stays when this ends, so its outputs must not be the pipes of the test.
int cluster(const std::string& arguments) {
    return std::system((std::string(CLUSTER_SCRIPT) + " " + arguments + " </dev/null").c_str());
}

struct WholeRun {
    WholeRun() {
        setenv("CLUSTER_OWNER", std::to_string(getpid()).c_str(), 1);
        setenv("CLUSTER_PRELOAD", FULL_DISK_LIBRARY, 1);
        const testing::TemporaryFolder folder;
        const auto name = folder.path() / "name";
        const int ended = cluster("create >" + name.string());
        if (ended != 0) std::exit(WEXITSTATUS(ended));  // 77: not installed
        std::ifstream(name) >> server_folder;
        setenv("RECTAL_CDS_TEST_STORE", (server_folder + "/address").c_str(), 1);
        // SQLite's function, for the queries of the tests that both stores share.
        execute("@" + server_folder + "/address",
                "CREATE FUNCTION public.joined(text, text) RETURNS text LANGUAGE sql AS"
                " 'SELECT CASE WHEN $1 IS NULL THEN $2 ELSE $1 || '','' || $2 END'");
        execute("@" + server_folder + "/address",
                "CREATE AGGREGATE public.group_concat(text) (sfunc = public.joined, stype = text)");
    }
    ~WholeRun() { cluster("remove " + server_folder); }
};
BOOST_TEST_GLOBAL_FIXTURE(WholeRun);

void must(const std::string& verb) { BOOST_TEST_REQUIRE(cluster(verb + " " + server_folder) == 0, "cluster " << verb); }

}  // namespace

void Server::start() { must("start"); }
void Server::crash() { must("crash"); }
void Server::freeze() { must("freeze"); }
void Server::thaw() { must("thaw"); }
std::string Server::folder() { return server_folder; }

void Server::fill_disk(bool is_full) {
    const std::string flag = server_folder + "/disk-is-full";
    if (is_full)
        std::ofstream{flag};
    else
        std::filesystem::remove(flag);
}

}  // namespace rectal_cds::store::test
