// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/main.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/log.hpp"
#include "soundlake/base/stop.hpp"
#include "soundlake/cli/parse.hpp"
#include "soundlake/cli/report.hpp"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

namespace soundlake::cli {
namespace {

void print_out(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw Error(ErrorKind::io, "cannot write the result to stdout");
  }
}

void print_error(const Error& error) {
  fmt::print(stderr, "soundlake: error: {}\n", error.message());
  if (!error.hint().empty()) fmt::print(stderr, "  hint: {}\n", error.hint());
}

/// Prints the result: one JSON object, or text and summary for people with the problems on stderr.
void print_report(const Report& report, bool json, bool failed) {
  if (json) {
    print_out((report.own_json.empty() || failed ? report.json() : report.own_json) + "\n");
    return;
  }
  print_out(report.text);
  if (!failed) print_out(report.summary);
}

void run_command(const ParsedLine& line, Report& report) {
  Invocation invocation;
  invocation.options = line.options;
  invocation.arguments = line.arguments;
  invocation.json = line.json;
  invocation.quiet = line.quiet;
  invocation.settings = config::Settings::load(line.settings, config::process_environment());
  line.command->run(invocation, report);
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  base::install_stop_signals();
  const std::vector<std::string> words(argv + 1, argv + argc);
  // A command line that cannot be read still owes its reader one JSON object when it asks for it.
  bool json = false;
  for (const auto& word : words) json = json || word == "--json";

  Report report("soundlake");
  bool failed = true;
  try {
    const ParsedLine line = parse_line(words);
    if (line.command == nullptr) {
      print_out(line.text);
      return 0;
    }
    base::set_log_level(line.verbose              ? base::LogLevel::debug
                        : line.quiet || line.json ? base::LogLevel::warning
                                                  : base::LogLevel::info);
    report = Report(line.command->name);
    json = line.json;
    run_command(line, report);
    failed = false;
  } catch (const Error& error) {
    report.fail(error);
    print_error(error);
  } catch (const std::exception& error) {
    const Error internal(
        ErrorKind::internal, std::string("internal error: ") + error.what(),
        "please report this with the command you ran; nothing half-written was kept");
    report.fail(internal);
    print_error(internal);
  }
  try {
    print_report(report, json, failed);
  } catch (const Error& error) {
    print_error(error);
    return exit_code_of(error.kind());
  }
  return report.exit_code();
}

}  // namespace soundlake::cli
