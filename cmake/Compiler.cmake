# Our own warnings, sanitizers and ccache: interface targets that only our own code links.
add_library(soundlake_settings INTERFACE)
target_include_directories(soundlake_settings INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(soundlake_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wconversion
  -Wno-sign-conversion -Wextra-semi
  # From GCC 13 on these two see danger in references into static tables and in variants that are assigned.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_GREATER_EQUAL:$<CXX_COMPILER_VERSION>,13>>:-Wno-dangling-reference;-Wno-maybe-uninitialized>
  $<$<BOOL:${SOUNDLAKE_WERROR}>:-Werror>
  $<$<CONFIG:Debug>:-D_GLIBCXX_ASSERTIONS>)

if(SOUNDLAKE_SANITIZE STREQUAL "address")
  set(sanitize -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
elseif(SOUNDLAKE_SANITIZE STREQUAL "thread")
  set(sanitize -fsanitize=thread -fno-omit-frame-pointer)
elseif(SOUNDLAKE_SANITIZE)
  message(FATAL_ERROR "SOUNDLAKE_SANITIZE is '${SOUNDLAKE_SANITIZE}'; it is address, thread or empty")
endif()
target_compile_options(soundlake_settings INTERFACE ${sanitize})
target_link_options(soundlake_settings INTERFACE ${sanitize})

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
