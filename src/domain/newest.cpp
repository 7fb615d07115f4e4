#include "domain/newest.hpp"

namespace rectal_cds::domain {

bool newer(const Source& a, const Source& b) { return a.when && (!b.when || b.when->first < a.when->first); }

}  // namespace rectal_cds::domain
