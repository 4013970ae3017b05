// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace soundlake::base {

/// The whole file; nothing when it does not exist. Throws Error{io} naming the path otherwise.
std::optional<std::string> read_file(const std::filesystem::path& path);

/// Writes the file so that it is either as before or complete: a temporary file in the same folder,
/// fsync, rename, fsync of the folder. Missing folders are made (0700).
/// Throws Error{io} naming the path and the cause (full disk, read-only, no permission); nothing
/// half-written stays behind.
void write_file_atomic(const std::filesystem::path& path, std::string_view bytes,
                       mode_t mode = 0600);

/// Makes the folder, 0700, with its parents; an existing one is left as it is.
void make_private_folder(const std::filesystem::path& path);

/// Makes what was renamed into or removed from the folder survive a power failure (fsync).
void sync_folder(const std::filesystem::path& folder);

/// Owns a POSIX file descriptor.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(other.release()) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor();
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }
  int release();

 private:
  int fd_ = -1;
};

/// Holds an exclusive flock on a file (made, 0600, when missing) until destroyed. Waits for it.
class FileLock {
 public:
  explicit FileLock(const std::filesystem::path& path);

 private:
  FileDescriptor fd_;
};

/// An Error{io} for `what` on `path` with the text and the advice that belong to `error_number`.
[[noreturn]] void throw_io_error(const std::string& what, const std::filesystem::path& path,
                                 int error_number);

}  // namespace soundlake::base
