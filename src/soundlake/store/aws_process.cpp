// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/aws_process.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/base/stop.hpp"
#include "soundlake/base/time.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <utility>

namespace soundlake::store {
namespace {

constexpr std::size_t kMaxOutput = 1U << 20U;
// A wait is cut into slices so that Ctrl-C is noticed.
constexpr int kSliceMs = 100;

[[noreturn]] void fail(const std::string& why) {
  throw Error(ErrorKind::config, "the credential_process of the AWS configuration " + why,
              "run that command by hand and see what it says");
}

/// A child in a process group of its own, ended with all it started when it is not done.
class Child {
 public:
  Child(const std::string& command, int output) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    std::string shell = "/bin/sh";
    std::string flag = "-c";
    std::string text = command;
    const std::array<char*, 4> arguments{shell.data(), flag.data(), text.data(), nullptr};
    const int error =
        ::posix_spawn(&pid_, shell.c_str(), &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) fail("could not be started");
  }
  ~Child() {
    if (ended_) return;
    ::kill(-pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Its status once it has ended.
  std::optional<int> status() {
    int status = 0;
    ended_ = ::waitpid(pid_, &status, WNOHANG) == pid_;
    return ended_ ? std::optional(status) : std::nullopt;
  }

 private:
  pid_t pid_ = -1;
  bool ended_ = false;
};

}  // namespace

std::string output_of(const std::string& command, std::chrono::milliseconds patience) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("could not be started");
  const base::FileDescriptor from_child(ends[0]);
  base::FileDescriptor to_us(ends[1]);
  Child child(command, to_us.get());
  to_us = base::FileDescriptor();

  const auto deadline = std::chrono::steady_clock::now() + patience;
  const auto go_on = [&] {
    base::throw_if_stopped();
    if (std::chrono::steady_clock::now() > deadline) {
      fail("did not end within " + base::format_duration(patience));
    }
  };
  std::string output;
  std::array<char, 4096> buffer{};
  for (bool open = true; open; go_on()) {
    pollfd waiting{.fd = from_child.get(), .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, kSliceMs) <= 0) continue;
    const auto count = ::read(from_child.get(), buffer.data(), buffer.size());
    open = count != 0;
    if (count > 0) output.append(buffer.data(), static_cast<std::size_t>(count));
    if (output.size() > kMaxOutput) fail("prints more than credentials");
  }
  auto status = child.status();
  for (; !status; status = child.status()) {
    go_on();
    ::poll(nullptr, 0, kSliceMs / 10);
  }
  if (!WIFEXITED(*status) || WEXITSTATUS(*status) != 0) fail("failed");
  return output;
}

}  // namespace soundlake::store
