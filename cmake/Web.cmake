# The dashboard's page: web/ goes through Vite, is packed, and becomes a source file with the bytes in it. Vite and
# node_modules live in build/web, shared by all presets; scripts/build-web does nothing twice.
file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*)
list(FILTER web_sources EXCLUDE REGEX "/node_modules/")
set(web_assets_cpp ${CMAKE_BINARY_DIR}/web_assets.cpp)
add_custom_command(OUTPUT ${web_assets_cpp}
  COMMAND ${CMAKE_SOURCE_DIR}/scripts/build-web ${web_assets_cpp}
  DEPENDS ${web_sources} ${CMAKE_SOURCE_DIR}/scripts/build-web ${CMAKE_SOURCE_DIR}/scripts/pack-web
  COMMENT "Building the dashboard's page" VERBATIM)
add_library(soundlake_web STATIC ${web_assets_cpp})
target_include_directories(soundlake_web PRIVATE ${CMAKE_SOURCE_DIR}/src)
target_link_libraries(soundlake_web PRIVATE soundlake_settings)
