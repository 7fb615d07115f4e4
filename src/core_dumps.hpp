// What the process holds of tokens and patients stays out of files that others read.
#pragma once

namespace rectal_cds {

// No core dump, and no process of the same user reads the memory (a debugger, /proc/PID/mem). For good.
void forbid_core_dumps();

}  // namespace rectal_cds
