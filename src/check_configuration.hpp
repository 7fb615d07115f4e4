// serve --check-config.
#pragma once

#include "commands.hpp"

namespace rectal_cds {

// Says every fault that a start would find, or that all is well. No port is opened, no file made. Returns the exit
// code.
int check_configuration(const ServeOptions& options);

}  // namespace rectal_cds
