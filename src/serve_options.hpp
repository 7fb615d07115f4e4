// The flags of `rectal-cds serve`.
#pragma once

#include "commands.hpp"

namespace CLI {
class App;
}

namespace rectal_cds {

inline constexpr const char* serve_description = "Answer CDS Hooks calls over HTTP.\nSIGHUP reads knowledge, client "
                                                 "registry and certificate again; SIGTERM finishes "
                                                 "what has begun and ends";

void add_serve_options(CLI::App& command, ServeOptions& serve);

}  // namespace rectal_cds
