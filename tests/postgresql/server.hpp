// The one PostgreSQL server of this test program, started before its first test and removed after the last.
#pragma once

#include <string>

namespace rectal_cds::store::test {

class Server {
public:
    static void start();
    static void crash();   // as kill -9 of all its processes: nothing is written out first
    static void freeze();  // takes connections and answers nothing
    static void thaw();
    static void fill_disk(bool is_full);  // no table can grow or be written
    static std::string folder();
};

}  // namespace rectal_cds::store::test
