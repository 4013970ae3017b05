// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/config/settings.hpp"

#include <map>
#include <string>
#include <vector>

namespace soundlake::cli {

/// A flag of one command. Help, parsing and shell completion come from this.
struct Option {
  std::string name;                    ///< "--depth"
  std::string value;                   ///< what it takes, e.g. "first|all"; empty for a switch
  std::string help;                    ///< one sentence
  std::vector<std::string> choices{};  ///< when only these are allowed
  bool hidden = false;
};

class Report;

/// What a command gets to work with.
struct Invocation {
  std::map<std::string, std::string> options;  ///< by name; a switch that was given has "yes"
  std::vector<std::string> arguments;          ///< positional
  config::Settings settings;
  bool json = false;  ///< one JSON object on stdout
  bool quiet = false;

  bool has(const std::string& option) const { return options.contains(option); }
  /// The option's value, or `otherwise` when it was not given.
  std::string value(const std::string& option, const std::string& otherwise = {}) const;
  /// Its value as a whole number. Throws Error{usage} naming the option.
  long number(const std::string& option, long otherwise) const;
};

/// One command of the program. Its file in this folder holds the options and the work.
struct Command {
  std::string name;
  std::string summary;      ///< one line of `soundlake --help`
  std::string description;  ///< what `soundlake NAME --help` says first
  std::vector<Option> options{};
  std::string argument{};  ///< name of the positional, e.g. "SHELL"; empty when it takes none
  bool hidden = false;     ///< not in the short help
  /// Does the work and fills the report; a thrown Error is reported by main.
  void (*run)(const Invocation& invocation, Report& report) = nullptr;
};

/// Every command, in the order of the help.
const std::vector<Command>& all_commands();

}  // namespace soundlake::cli
