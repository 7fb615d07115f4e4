# Compiles through ccache where it is installed. Paths below the checkout are cached as relative ones and debug
# information names them so, so that a second clone or build folder finds what the first one compiled.
find_program(CCACHE_PROGRAM ccache)
mark_as_advanced(CCACHE_PROGRAM)
if(CCACHE_PROGRAM AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} ${CCACHE_PROGRAM})
  add_compile_options(-fdebug-prefix-map=${PROJECT_BINARY_DIR}=.)
endif()
