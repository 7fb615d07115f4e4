# Makes base/version.hpp in the build folder: the version from project(), the commit from git or RECTAL_CDS_COMMIT.
# It is looked at in every build and rewritten only when it changes.
set(RECTAL_CDS_GENERATED_DIR ${PROJECT_BINARY_DIR}/generated)
set(write_version ${CMAKE_COMMAND}
  -D VERSION=${PROJECT_VERSION}
  -D COMMIT=${RECTAL_CDS_COMMIT}
  -D SOURCE_DIR=${PROJECT_SOURCE_DIR}
  -D TEMPLATE=${PROJECT_SOURCE_DIR}/cmake/version.hpp.in
  -D OUTPUT=${RECTAL_CDS_GENERATED_DIR}/base/version.hpp
  -P ${PROJECT_SOURCE_DIR}/cmake/WriteVersion.cmake
)
execute_process(COMMAND ${write_version} COMMAND_ERROR_IS_FATAL ANY)
add_custom_target(rectal_cds_version COMMAND ${write_version}
  BYPRODUCTS ${RECTAL_CDS_GENERATED_DIR}/base/version.hpp
  COMMENT "Looking up the version" VERBATIM
)
