// SPDX-License-Identifier: Apache-2.0
#include "soundlake/config/settings.hpp"

namespace soundlake::config {

std::string settings_markdown() {
  std::string page = R"(# Settings

A setting is taken from the first of these that names it: the flag, the environment, `config.toml`, the default.
`config.toml` lies in `$XDG_CONFIG_HOME/soundlake/` (usually `~/.config/soundlake/`); its keys are the names below, for example
`lake = "~/music/lake"`. `soundlake doctor` shows each value and where it came from.

Secrets have no flag, because a list of processes would show it. They come from the environment, from a file that
`NAME_FILE` names (such as `SPOTIFY_CLIENT_SECRET_FILE=/run/secrets/spotify`), or from a `config.toml` that only you can read (`chmod 600`).

| setting | flag | environment | default | what it is for |
|---|---|---|---|---|
)";
  for (const auto& setting : all_settings()) {
    std::string names;
    for (const auto& name : setting.environment)
      names += (names.empty() ? "`" : ", `") + name + "`";
    page += "| `" + setting.name + "` | " +
            (setting.has_flag() ? "`" + setting.flag() + "`" : "–") + " | " + names + " | " +
            (setting.default_text.empty() ? "–" : "`" + setting.default_text + "`") + " | " +
            setting.help + " |\n";
  }
  page += R"(
Plain `http://` is accepted for services on this machine only (127.0.0.1, [::1], localhost). Proxies are taken from the usual variables
(`https_proxy`, `no_proxy`); they are never used for this machine itself.

This page is generated from the table in `src/soundlake/config/settings_table.cpp`; a test fails when the two differ.
)";
  return page;
}

}  // namespace soundlake::config
