# rectal_cds_discover_tests(<target> GRAIN case|suite TIMEOUT <seconds>)
# Registers what a Boost.Test program holds as CTest tests named <folder>.<suite>/<case>, where <folder> is the target's
# name without "_tests". The program itself is asked after each build, so rows of data-driven cases are tests of their
# own. GRAIN suite makes one test of each top-level suite instead. Until the program is built one failing test stands
# in its place.
function(rectal_cds_discover_tests target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "GRAIN;TIMEOUT" "")
  string(REGEX REPLACE "_tests$" "" folder ${target})
  set(list_file ${CMAKE_CURRENT_BINARY_DIR}/${target}.ctest.cmake)
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/ListBoostTests.cmake)
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND ${CMAKE_COMMAND}
      -D TEST_PROGRAM=$<TARGET_FILE:${target}> -D LIST_FILE=${list_file} -D FOLDER=${folder}
      -D GRAIN=${arg_GRAIN} -D TIMEOUT=${arg_TIMEOUT}
      -D SOURCE_DIR=${PROJECT_SOURCE_DIR} -D PROGRAM=${PROJECT_BINARY_DIR}/rectal-cds
      -P ${PROJECT_SOURCE_DIR}/cmake/ListBoostTests.cmake
    BYPRODUCTS ${list_file} COMMENT "Listing the tests of ${target}" VERBATIM
  )
  set(include_file ${CMAKE_CURRENT_BINARY_DIR}/${target}.include.cmake)
  file(CONFIGURE OUTPUT ${include_file} @ONLY CONTENT [[
if(EXISTS "@list_file@")
  include("@list_file@")
else()
  add_test(@folder@.NOT_BUILT @target@-is-not-built)
endif()
]])
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${include_file})
endfunction()
