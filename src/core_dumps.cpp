#include "core_dumps.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace rectal_cds {

void forbid_core_dumps() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);  // a core_pattern that names a program is not bound by the limit
}

}  // namespace rectal_cds
