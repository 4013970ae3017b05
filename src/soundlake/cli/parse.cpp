// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/parse.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/base/version.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>

namespace soundlake::cli {
namespace {

constexpr const char* kSettingsGroup = "Settings (docs/settings.md; secrets have no flag)";

/// Where CLI11 puts the values of one option while it parses.
struct Slot {
  std::string name;
  std::string text;
  bool given = false;
};

class Line {
 public:
  Line() : app_("Your Spotify listening as a data lake and finished dashboards.", "soundlake") {
    app_.require_subcommand(0, 1);
    app_.set_help_flag("-h,--help", "Show this help");
    app_.add_flag("--version", version_, "Show the version");
    app_.get_formatter()->column_width(34);
    for (const auto& setting : config::all_settings()) {
      if (!setting.has_flag()) continue;
      auto* option =
          setting.type == config::SettingType::yes_no
              ? add_switch(setting_slots_, app_, setting.name, setting.flag(), setting.help)
              : add_value(setting_slots_, app_, setting.name, setting.flag(), setting.help,
                          "VALUE");
      option->group(setting.name == "now" ? "" : kSettingsGroup);
    }
    for (const auto& command : all_commands()) add_command(command);
    add_common(app_);
    app_.footer(
        "Start with:  soundlake demo          see everything on a simulated listener, offline\n"
        "             soundlake import FILE   your listening history as Spotify sent it to you\n"
        "             soundlake login         connect your Spotify account\n"
        "             soundlake run           the main job\n"
        "Each command has its own help:  soundlake COMMAND --help");
  }

  ParsedLine parse(std::vector<std::string> words) {
    std::reverse(words.begin(), words.end());  // CLI11 takes them last first
    ParsedLine line;
    try {
      app_.parse(words);
    } catch (const CLI::CallForHelp&) {
      line.text = help();
      return line;
    } catch (const CLI::ExtrasError&) {
      refuse_unknown();
    } catch (const CLI::ParseError& error) {
      throw Error(ErrorKind::usage, error.what(), help_hint());
    }
    if (version_) {
      line.text = std::string("soundlake ") + base::version() + "\n";
      return line;
    }
    for (const auto& command : all_commands()) {
      if (app_.got_subcommand(command.name)) line.command = &command;
    }
    if (line.command == nullptr) {
      line.text = app_.help();
      return line;
    }
    for (const auto& slot : option_slots_[line.command->name]) {
      if (slot->given) line.options[slot->name] = slot->text;
    }
    for (const auto& slot : setting_slots_) {
      if (slot->given) line.settings[slot->name] = slot->text;
    }
    line.arguments = arguments_[line.command->name];
    line.json = json_;
    line.quiet = quiet_;
    line.verbose = verbose_;
    return line;
  }

 private:
  using Slots = std::vector<std::unique_ptr<Slot>>;

  CLI::Option* add_value(Slots& slots, CLI::App& app, const std::string& name,
                         const std::string& flag, const std::string& help,
                         const std::string& type) {
    slots.push_back(std::make_unique<Slot>(Slot{.name = name, .text = {}, .given = false}));
    Slot* slot = slots.back().get();
    const auto take = [slot](const CLI::results_t& values) {
      slot->text = values.back();
      slot->given = true;
      return true;
    };
    return app.add_option(flag, take, help)->type_name(type)->take_last();
  }

  CLI::Option* add_switch(Slots& slots, CLI::App& app, const std::string& name,
                          const std::string& flag, const std::string& help) {
    slots.push_back(std::make_unique<Slot>(Slot{.name = name, .text = {}, .given = false}));
    Slot* slot = slots.back().get();
    return app.add_flag_callback(
        flag,
        [slot] {
          slot->text = "yes";
          slot->given = true;
        },
        help);
  }

  void add_common(CLI::App& app) {
    app.add_flag("--json", json_, "Print one JSON object on stdout")->group("Output");
    app.add_flag("-q,--quiet", quiet_, "Print results and problems only")->group("Output");
    app.add_flag("-v,--verbose", verbose_, "Tell more on stderr")->group("Output");
  }

  void add_command(const Command& command) {
    auto* sub = app_.add_subcommand(command.name, command.summary);
    sub->set_help_flag("-h,--help", "Show this help");
    sub->get_formatter()->column_width(34);
    sub->fallthrough();  // settings may stand behind the command
    if (command.hidden) sub->group("");
    auto& slots = option_slots_[command.name];
    for (const auto& option : command.options) {
      if (option.value.empty()) {
        auto* added = add_switch(slots, *sub, option.name, option.name, option.help);
        if (option.hidden) added->group("");
        continue;
      }
      auto* added = add_value(slots, *sub, option.name, option.name, option.help, option.value);
      if (!option.choices.empty()) added->check(CLI::IsMember(option.choices));
      if (option.hidden) added->group("");
    }
    if (!command.argument.empty())
      sub->add_option(command.argument, arguments_[command.name], "")->type_name("");
    sub->footer("Settings such as --lake stand in `soundlake --help` and docs/settings.md.");
    add_common(*sub);
  }

  /// In the list of commands each has its summary, in its own help the whole description.
  std::string help() {
    for (const auto& command : all_commands()) {
      if (app_.got_subcommand(command.name))
        app_.get_subcommand(command.name)->description(command.description);
    }
    return app_.help();
  }

  std::string help_hint() const {
    for (const auto& command : all_commands()) {
      if (app_.got_subcommand(command.name))
        return "`soundlake " + command.name + " --help` lists what it takes";
    }
    return "`soundlake --help` lists the commands";
  }

  [[noreturn]] void refuse_unknown() const {
    const auto extras = app_.remaining(true);
    const std::string word = extras.empty() ? "?" : extras.front();
    const Command* given = nullptr;
    for (const auto& command : all_commands()) {
      if (app_.got_subcommand(command.name)) given = &command;
    }
    std::vector<std::string> known;
    if (word.starts_with("-")) {
      known = {"--help", "--json", "--quiet", "--verbose", "--version"};
      for (const auto& setting : config::all_settings()) {
        if (setting.has_flag()) known.push_back(setting.flag());
      }
      if (given != nullptr) {
        for (const auto& option : given->options) known.push_back(option.name);
      }
    } else if (given == nullptr) {
      for (const auto& command : all_commands()) known.push_back(command.name);
    }
    if (given == nullptr && std::filesystem::exists(word)) {
      throw Error(ErrorKind::usage, "'" + word + "' is no command, but it exists",
                  "to import it: soundlake import " + word);
    }
    if (given == nullptr && word.find_first_of("./") != std::string::npos &&
        !word.starts_with("-")) {
      throw Error(ErrorKind::usage, "there is no file and no command '" + word + "'",
                  "`soundlake import FILE` takes a zip, a folder or files; " + help_hint());
    }
    const auto near = base::nearest(word, known);
    const std::string what = word.starts_with("-") ? "flag"
                             : given == nullptr    ? "command"
                                                   : "argument";
    throw Error(
        ErrorKind::usage,
        "there is no " + what + " '" + word + "'" + (given != nullptr ? " for " + given->name : ""),
        near ? "did you mean `" + *near + "`?" : help_hint());
  }

  CLI::App app_;
  Slots setting_slots_;
  std::map<std::string, Slots> option_slots_;
  std::map<std::string, std::vector<std::string>> arguments_;
  bool version_ = false;
  bool json_ = false;
  bool quiet_ = false;
  bool verbose_ = false;
};

}  // namespace

ParsedLine parse_line(const std::vector<std::string>& words) {
  return Line().parse(words);
}

}  // namespace soundlake::cli
