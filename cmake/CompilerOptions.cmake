# Warnings for our own code and hardening for the optimised program. No -march: one binary for every x86-64 or ARM64
# machine. Sanitizers, coverage and fuzzing come as CMAKE_CXX_FLAGS from CMakePresets.json, not from here.
include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow)
if(RECTAL_CDS_WERROR)
  add_compile_options(-Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  add_compile_options(-Wno-restrict) # GCC bug 105651: false alarms inside std::string under -std=c++20
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # Asio 1.74 does not recognise clang's coroutines by itself. Every unit must agree on this macro.
  add_compile_definitions(BOOST_ASIO_HAS_CO_AWAIT=1)
endif()

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
  add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
endif()

# rectal_cds_harden(<target>): what the program's own sources get in Release beyond that; tests/hardening reads all of it
# off the program. libcmark.a lacks the landing pads of -fcf-protection, so the program bears them without its mark.
function(rectal_cds_harden target)
  if(NOT CMAKE_BUILD_TYPE STREQUAL "Release")
    return()
  endif()
  set(flags "SHELL:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3" -fstack-clash-protection)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|i[3-6]86")
    list(APPEND flags -fcf-protection=full)
  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
    list(APPEND flags -mbranch-protection=standard)
  endif()
  target_compile_options(${target} PRIVATE ${flags})
endfunction()
