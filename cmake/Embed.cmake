# Files that become part of the program: one generated source that holds their bytes.

# rectal_cds_embed(<layer> FOLDER <folder>): all files of src/<layer>/<folder>, for src/<layer>/assets.hpp.
function(rectal_cds_embed layer)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FOLDER" "")
  set(target rectal_cds_${layer})
  if(NOT TARGET ${target})
    return()
  endif()
  set(folder ${PROJECT_SOURCE_DIR}/src/${layer}/${arg_FOLDER})
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*)
  set(output ${RECTAL_CDS_GENERATED_DIR}/${layer}/embedded_${arg_FOLDER}.cpp)
  set(script ${PROJECT_SOURCE_DIR}/cmake/WriteEmbedded.cmake)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -D FOLDER=${folder} -D OUTPUT=${output} -P ${script}
    DEPENDS ${files} ${script}
    COMMENT "Embedding src/${layer}/${arg_FOLDER}" VERBATIM
  )
  target_sources(${target} PRIVATE ${output})
endfunction()
