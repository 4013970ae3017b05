// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace soundlake::base {
namespace {

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = std::make_shared<spdlog::logger>("soundlake",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->flush_on(spdlog::level::debug);
    return made;
  }();
  return *instance;
}

}  // namespace

void set_log_level(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      logger().set_level(spdlog::level::debug);
      return;
    case LogLevel::info:
      logger().set_level(spdlog::level::info);
      return;
    case LogLevel::warning:
      logger().set_level(spdlog::level::warn);
      return;
    case LogLevel::off:
      logger().set_level(spdlog::level::off);
      return;
  }
}

// The message is an argument, never the format: braces in a track's name are just braces.
void log_debug(const std::string& message) {
  logger().debug("{}", message);
}
void log_info(const std::string& message) {
  logger().info("{}", message);
}
void log_warning(const std::string& message) {
  logger().warn("soundlake: warning: {}", message);
}

}  // namespace soundlake::base
