// Where the flags of a program come from: the command line, then the environment, then a file (reliability.md 5,
// Config).
#pragma once

#include <optional>

namespace CLI {
class App;
}

namespace rectal_cds {

// Every flag --a-b of `app` may also be the variable RECTAL_CDS_A_B, or the key a-b of the file that --config or
// RECTAL_CDS_CONFIG names: lines `key = value` as in TOML, comments from # on, no sections. Adds --config
// and
// --print-config, then parses. A key or variable that names no flag, and a value that does not fit, is refused on
// standard error with the place it stands at; RECTAL_CDS_* of Kubernetes' service links and of the tests are let be.
//
// Nothing: the program is to run. Otherwise its exit code: after --help, --print-config (no secret is shown), or a
// fault.
std::optional<int> configure(CLI::App& app, int argc, char** argv);

}  // namespace rectal_cds
