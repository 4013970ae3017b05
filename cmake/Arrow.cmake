# Apache Arrow and Parquet: the system's, when it is new enough, else the two libraries of the pinned wheel that
# scripts/fetch-arrow unpacked. 25.0.0 is never accepted (it crashes in short-lived threads; docs/adr/0001).
set(SOUNDLAKE_ARROW_DIR ${CMAKE_SOURCE_DIR}/build/deps/arrow-25.0.1 CACHE PATH "Unpacked Arrow wheel")

find_package(Arrow 25.0.1 CONFIG QUIET)
if(Arrow_FOUND)
  find_package(Parquet CONFIG REQUIRED)
  add_library(dep::arrow ALIAS Arrow::arrow_shared)
  add_library(dep::parquet ALIAS Parquet::parquet_shared)
else()
  if(NOT EXISTS ${SOUNDLAKE_ARROW_DIR}/lib/libparquet.so.2500)
    message(FATAL_ERROR "No Arrow >= 25.0.1 on this system and none in ${SOUNDLAKE_ARROW_DIR}.\n"
      "Run ./run once, or scripts/fetch-arrow ${SOUNDLAKE_ARROW_DIR}")
  endif()
  foreach(part arrow parquet)
    add_library(soundlake_${part}_wheel SHARED IMPORTED GLOBAL)
    set_target_properties(soundlake_${part}_wheel PROPERTIES
      IMPORTED_LOCATION ${SOUNDLAKE_ARROW_DIR}/lib/lib${part}.so.2500
      INTERFACE_INCLUDE_DIRECTORIES ${SOUNDLAKE_ARROW_DIR}/include
      INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${SOUNDLAKE_ARROW_DIR}/include)
    add_library(dep::${part} ALIAS soundlake_${part}_wheel)
  endforeach()
  target_link_libraries(soundlake_parquet_wheel INTERFACE soundlake_arrow_wheel)
  set(SOUNDLAKE_ARROW_FILES
    ${SOUNDLAKE_ARROW_DIR}/lib/libarrow.so.2500 ${SOUNDLAKE_ARROW_DIR}/lib/libparquet.so.2500)
  # RPATH, not RUNPATH: a stray LD_LIBRARY_PATH must not put another build of the same SONAME before ours.
  add_link_options(-Wl,--disable-new-dtags)
endif()
