# cmake --install gives a tree that can be moved: the program in bin/, Arrow's two libraries in lib/soundlake/.
include(GNUInstallDirs)
set_target_properties(soundlake PROPERTIES INSTALL_RPATH "$ORIGIN/../lib/soundlake")
install(TARGETS soundlake RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(SOUNDLAKE_ARROW_FILES)
  install(FILES ${SOUNDLAKE_ARROW_FILES} DESTINATION lib/soundlake)
  install(FILES ${SOUNDLAKE_ARROW_DIR}/LICENSE.txt ${SOUNDLAKE_ARROW_DIR}/NOTICE.txt
          DESTINATION ${CMAKE_INSTALL_DOCDIR}/arrow)
endif()
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/CHANGELOG.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR})
