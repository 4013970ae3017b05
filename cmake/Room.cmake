# A room of the house is one static library and one test program; it links only what the room may use,
# so a call into a room it must not know fails to link.
#
#   soundlake_room(net SOURCES a.cpp b.cpp USES base LINKS CURL::libcurl)
#   soundlake_room_tests(net SOURCES a_test.cpp LINKS …)

# Recorded answers of the real services, where a developer has them beside the clone; tests that read them skip without.
set(SOUNDLAKE_RECORDED "" CACHE PATH "Folder of recorded answers for the tests")
if(NOT SOUNDLAKE_RECORDED AND EXISTS ${CMAKE_SOURCE_DIR}/../shared/recorded)
  get_filename_component(SOUNDLAKE_RECORDED ${CMAKE_SOURCE_DIR}/../shared/recorded ABSOLUTE)
endif()

function(soundlake_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(soundlake_${name} STATIC ${ROOM_SOURCES})
  add_library(soundlake::${name} ALIAS soundlake_${name})
  list(TRANSFORM ROOM_USES PREPEND soundlake::)
  target_link_libraries(soundlake_${name}
    PUBLIC soundlake_settings ${ROOM_USES} ${ROOM_LINKS}
    PRIVATE ${ROOM_PRIVATE_LINKS})
endfunction()

function(soundlake_room_tests name)
  if(NOT SOUNDLAKE_TESTS)
    return()
  endif()
  cmake_parse_arguments(ROOM "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name}_test ${ROOM_SOURCES})
  target_link_libraries(${name}_test PRIVATE soundlake::${name} ${ROOM_LINKS} GTest::gmock GTest::gtest_main)
  add_test(NAME unit.${name} COMMAND ${name}_test --gtest_brief=1)
  # testing::TempDir() is a folder of this test program's own inside the build tree.
  set(tmp ${CMAKE_BINARY_DIR}/tmp/unit.${name})
  file(MAKE_DIRECTORY ${tmp})
  set_tests_properties(unit.${name} PROPERTIES LABELS unit TIMEOUT 600
    ENVIRONMENT "TEST_TMPDIR=${tmp};SOUNDLAKE_RECORDED=${SOUNDLAKE_RECORDED};UBSAN_OPTIONS=print_stacktrace=1")
endfunction()
