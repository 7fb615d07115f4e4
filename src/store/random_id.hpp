// For this folder only.
#pragma once

#include <string>

namespace rectal_cds::store {

std::string random_id();  // 128 bits as 32 hexadecimal digits

}  // namespace rectal_cds::store
