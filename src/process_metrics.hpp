// What Prometheus expects of every process, as of /proc/self; NaN where it cannot be read.
#pragma once

#include "service/metrics.hpp"

namespace rectal_cds {

void watch_process(service::Metrics& metrics);

}  // namespace rectal_cds
