// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/text.hpp"
#include "soundlake/cli/parse.hpp"

namespace soundlake::cli {

std::string bash_completion() {
  std::vector<std::string> commands;
  std::vector<std::string> common{"--help", "--json", "--quiet", "--verbose"};
  for (const auto& setting : config::all_settings()) {
    if (setting.has_flag() && setting.name != "now") common.push_back(setting.flag());
  }
  std::string cases;
  for (const auto& command : all_commands()) {
    if (command.hidden) continue;
    commands.push_back(command.name);
    std::vector<std::string> flags;
    for (const auto& option : command.options) {
      if (option.hidden) continue;
      flags.push_back(option.name);
      if (!option.choices.empty()) {
        cases += "    " + command.name + ":" + option.name + ") COMPREPLY=($(compgen -W '" +
                 base::join(option.choices, " ") + "' -- \"$word\")); return ;;\n";
      }
    }
    cases += "    " + command.name + ":*) own='" + base::join(flags, " ") + "' ;;\n";
  }
  return "# bash completion for soundlake: eval \"$(soundlake completion bash)\"\n"
         "_soundlake() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= own= "
         "each\n"
         "  for each in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    case \" " +
         base::join(commands, " ") +
         " \" in *\" $each \"*) command=$each; break ;; esac\n"
         "  done\n"
         "  if [ -z \"$command\" ]; then\n"
         "    COMPREPLY=($(compgen -W '" +
         base::join(commands, " ") + " " + base::join(common, " ") +
         "' -- \"$word\"))\n"
         "    return\n"
         "  fi\n"
         "  case \"$before\" in --lake|--home) COMPREPLY=($(compgen -d -- \"$word\")); return ;; "
         "esac\n"
         "  case \"$command:$before\" in\n" +
         cases +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$own " +
         base::join(common, " ") +
         "\" -- \"$word\"))\n"
         "}\n"
         "complete -o default -F _soundlake soundlake\n";
}

}  // namespace soundlake::cli
