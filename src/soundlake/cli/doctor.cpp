// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/text.hpp"
#include "soundlake/base/version.hpp"
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/findings.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/style.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace soundlake::cli {
namespace {

using Json = nlohmann::ordered_json;

const char* mark_of(Finding::State state) {
  switch (state) {
    case Finding::State::good:
      return "✓";
    case Finding::State::attention:
      return "!";
    case Finding::State::missing:
      return "✗";
    case Finding::State::note:
      return "·";
  }
  return "·";
}

const char* name_of(Finding::State state) {
  switch (state) {
    case Finding::State::good:
      return "good";
    case Finding::State::attention:
      return "attention";
    case Finding::State::missing:
      return "missing";
    case Finding::State::note:
      return "note";
  }
  return "note";
}

std::string page(const std::vector<Finding>& findings) {
  std::string text = bold(std::string("soundlake ") + base::version()) + "\n";
  std::string section;
  for (const auto& finding : findings) {
    if (finding.section != section) {
      section = finding.section;
      text += "\n" + bold(section) + "\n";
    }
    const auto lines = wrapped(finding.text, 96);
    for (const auto& line : lines) {
      text +=
          fmt::format("  {} {}\n", &line == &lines.front() ? mark_of(finding.state) : " ", line);
    }
    for (const auto& line : wrapped(finding.hint, 94)) {
      if (!line.empty())
        text +=
            "    " + dim((line == wrapped(finding.hint, 94).front() ? "→ " : "  ") + line) + "\n";
    }
  }
  return text;
}

std::string settings_page(const config::Settings& settings) {
  std::string text = "\n" + bold("Settings") + "\n";
  for (const auto& setting : config::all_settings()) {
    const auto& value = settings.value(setting.name);
    if (setting.name == "now" && value.text.empty()) continue;
    const bool secret = setting.type == config::SettingType::secret;
    const std::string shown = value.text.empty() ? "–" : secret ? "(set)" : value.text;
    text += fmt::format("  {} {} {}\n", base::fit(setting.name, 22),
                        base::fit(shown, std::max<std::size_t>(40, base::display_width(shown))),
                        dim(value.origin));
  }
  return text;
}

std::string object(const std::vector<Finding>& findings, const config::Settings& settings) {
  Json json{{"command", "doctor"}, {"version", base::version()}};
  json["findings"] = Json::array();
  for (const auto& finding : findings) {
    json["findings"].push_back({{"section", finding.section},
                                {"state", name_of(finding.state)},
                                {"name", finding.name},
                                {"text", finding.text},
                                {"hint", finding.hint}});
  }
  json["settings"] = Json::array();
  for (const auto& setting : config::all_settings()) {
    const auto& value = settings.value(setting.name);
    const bool secret = setting.type == config::SettingType::secret;
    json["settings"].push_back(
        {{"name", setting.name},
         {"value", secret || value.text.empty() ? Json(nullptr) : Json(value.text)},
         {"set", settings.is_set(setting.name)},
         {"origin", value.origin}});
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void run(const Invocation& invocation, Report& report) {
  Services services(invocation);
  const auto findings = find_out(services);
  report.own_json = object(findings, services.settings());
  report.summary = page(findings) + settings_page(services.settings());
}

}  // namespace

Command doctor_command() {
  return {.name = "doctor",
          .summary = "What works, what does not, and what to do",
          .description =
              "Say in plain words what works and what does not: sign-in, what your Spotify app may "
              "do, closed "
              "quotas, the lake, what may be done in S3, and where each setting comes from. Asks "
              "nobody "
              "but S3, where a lake or its copy lies there.",
          .run = run};
}

}  // namespace soundlake::cli
