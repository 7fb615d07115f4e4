# Script: writes OUTPUT from TEMPLATE with VERSION and COMMIT; without COMMIT it asks git in SOURCE_DIR, else "unknown".
cmake_minimum_required(VERSION 3.25)
if(NOT COMMIT)
  execute_process(COMMAND git rev-parse --short=12 HEAD
    WORKING_DIRECTORY ${SOURCE_DIR}
    OUTPUT_VARIABLE COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE
    RESULT_VARIABLE git_result ERROR_QUIET
  )
  if(NOT git_result EQUAL 0)
    set(COMMIT unknown)
  endif()
endif()
configure_file(${TEMPLATE} ${OUTPUT} @ONLY)
