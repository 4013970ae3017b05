// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/cli/command.hpp"

#include <map>
#include <string>
#include <vector>

namespace soundlake::cli {

/// The command line taken apart, before settings are read.
struct ParsedLine {
  const Command* command = nullptr;            ///< null when only text is to be printed
  std::string text;                            ///< help or version, to be printed on stdout
  std::map<std::string, std::string> options;  ///< of the command, by name
  std::vector<std::string> arguments;
  std::map<std::string, std::string> settings;  ///< flags that are settings, by setting name
  bool json = false;
  bool quiet = false;
  bool verbose = false;
};

/// Takes the words after the program's name apart. Throws Error{usage} naming the word that is off
/// and, for an unknown command or flag, the nearest one that exists.
ParsedLine parse_line(const std::vector<std::string>& words);

/// A bash completion script made from the tables of commands and settings.
std::string bash_completion();

}  // namespace soundlake::cli
