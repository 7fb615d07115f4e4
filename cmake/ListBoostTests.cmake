# Script: asks TEST_PROGRAM for its test tree and writes LIST_FILE with one add_test for each case (GRAIN case) or each
# top-level unit (GRAIN suite).
#
# A line of --list_content=HRF is <4 * depth spaces><name>[*][: description]; "*" marks a unit that is enabled. A unit
# is a case when the line after it is not deeper. A disabled suite disables what it holds.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND ${TEST_PROGRAM} --list_content=HRF --color_output=no
  WORKING_DIRECTORY ${SOURCE_DIR}
  RESULT_VARIABLE result OUTPUT_VARIABLE listing ERROR_VARIABLE listing
)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${TEST_PROGRAM} could not list its tests:\n${listing}")
endif()

set(script "")
function(append_test path enabled)
  set(name "[==[${FOLDER}.${path}]==]")
  set(disabled FALSE)
  if(NOT enabled)
    set(disabled TRUE)
  endif()
  string(APPEND script
    "add_test(${name} [==[${TEST_PROGRAM}]==] [==[--run_test=${path}]==] --report_level=no --color_output=no)\n"
    "set_tests_properties(${name} PROPERTIES LABELS [==[${FOLDER}]==] TIMEOUT ${TIMEOUT} DISABLED ${disabled}\n"
    "  WORKING_DIRECTORY [==[${SOURCE_DIR}]==]\n"
    "  ENVIRONMENT [==[RECTAL_CDS_SOURCE_DIR=${SOURCE_DIR};RECTAL_CDS_BINARY=${PROGRAM}]==])\n"
  )
  set(script "${script}" PARENT_SCOPE)
endfunction()

# CMake lists give ";", "[" and "]" a meaning; descriptions may hold them, names may not.
string(REGEX REPLACE "[];[]" "." listing "${listing}")
string(REPLACE "\n" ";" lines "${listing}")
set(units "")
foreach(line IN LISTS lines)
  if(line MATCHES "^( *)([^ *:][^*:]*)(\\*?)(: .*)?$")
    list(APPEND units "${line}")
  elseif(NOT line STREQUAL "")
    message(FATAL_ERROR "${TEST_PROGRAM}: this test's name cannot be given to --run_test: ${line}")
  endif()
endforeach()

set(suites "") # names of the units that enclose the current one
set(states "") # 1 or 0 for each of them: enabled, with everything around it
list(LENGTH units count)
foreach(index RANGE ${count})
  if(index EQUAL count)
    break()
  endif()
  list(GET units ${index} line)
  string(REGEX MATCH "^( *)([^ *:][^*:]*)(\\*?)" unused "${line}")
  string(LENGTH "${CMAKE_MATCH_1}" indent)
  string(STRIP "${CMAKE_MATCH_2}" name)
  set(enabled 0)
  if(CMAKE_MATCH_3)
    set(enabled 1)
  endif()
  if(name MATCHES "[/,!@+]")
    message(FATAL_ERROR "${TEST_PROGRAM}: this test's name cannot be given to --run_test: ${name}")
  endif()
  math(EXPR depth "${indent} / 4")
  list(SUBLIST suites 0 ${depth} suites)
  list(SUBLIST states 0 ${depth} states)
  if("0" IN_LIST states)
    set(enabled 0)
  endif()
  list(APPEND suites "${name}")
  list(APPEND states ${enabled})
  list(JOIN suites "/" path)

  set(next_indent -1)
  math(EXPR next "${index} + 1")
  if(next LESS count)
    list(GET units ${next} next_line)
    string(REGEX MATCH "^( *)[^ ]" unused "${next_line}")
    string(LENGTH "${CMAKE_MATCH_1}" next_indent)
  endif()
  if(GRAIN STREQUAL "suite")
    if(depth EQUAL 0)
      append_test("${path}" ${enabled})
    endif()
  elseif(NOT next_indent GREATER indent)
    append_test("${path}" ${enabled})
  endif()
endforeach()
file(WRITE ${LIST_FILE} "${script}")
