// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/files.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace soundlake::base {
namespace fs = std::filesystem;

void throw_io_error(const std::string& what, const fs::path& path, int error_number) {
  std::string hint;
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
      hint = "the disk is full: free some space there and run the same command again";
      break;
    case EFBIG:
      hint =
          "a limit on the size of files is set (`ulimit -f`); raise it and run the same command "
          "again";
      break;
    case EROFS:
      hint = "that file system is mounted read-only; choose another folder";
      break;
    case EACCES:
    case EPERM:
      hint = "check who owns it and its permissions (`ls -ld`), or choose another folder";
      break;
    case ENOTDIR:
    case EISDIR:
      hint = "a file and a folder share that name; move one of them away";
      break;
    default:
      break;
  }
  throw Error(ErrorKind::io,
              "cannot " + what + " " + path.string() + ": " + std::strerror(error_number), hint);
}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = other.release();
  }
  return *this;
}

FileDescriptor::~FileDescriptor() {
  if (fd_ >= 0) ::close(fd_);
}

int FileDescriptor::release() {
  return std::exchange(fd_, -1);
}

std::optional<std::string> read_file(const fs::path& path) {
  const FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.open()) {
    if (errno == ENOENT) return std::nullopt;
    throw_io_error("read", path, errno);
  }
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) throw_io_error("read", path, errno);
  if (S_ISDIR(info.st_mode)) throw_io_error("read", path, EISDIR);
  std::string bytes;
  bytes.resize(static_cast<std::size_t>(info.st_size));
  std::size_t done = 0;
  for (;;) {
    if (done == bytes.size()) bytes.resize(bytes.size() + (done == 0 ? 4096 : 64));
    const auto got = ::read(fd.get(), bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_io_error("read", path, errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

void sync_folder(const fs::path& folder) {
  const FileDescriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // Some network file systems cannot sync a folder; the rename itself has been done.
  if (fd.open() && ::fsync(fd.get()) != 0 && errno != EINVAL && errno != ENOTSUP) {
    throw_io_error("sync the folder", folder, errno);
  }
}

void make_private_folder(const fs::path& path) {
  if (path.empty()) return;
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0) {
    if (!S_ISDIR(info.st_mode)) throw_io_error("make the folder", path, ENOTDIR);
    return;
  }
  make_private_folder(path.parent_path());
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
    throw_io_error("make the folder", path, errno);
  // What lies in a folder is only as durable as the folder's own entry.
  sync_folder(path.has_parent_path() ? path.parent_path() : fs::path("."));
}

namespace {

void write_all(int fd, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const auto put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw_io_error("write", path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
}

}  // namespace

void write_file_atomic(const fs::path& path, std::string_view bytes, mode_t mode) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  make_private_folder(folder);
  const fs::path temporary =
      folder / ("." + path.filename().string() + "." + to_hex(random_bytes(6)) + ".tmp");
  FileDescriptor fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!fd.open()) throw_io_error("write", path, errno);
  try {
    write_all(fd.get(), bytes, path);
    if (::fsync(fd.get()) != 0) throw_io_error("write", path, errno);
    if (::close(fd.release()) != 0) throw_io_error("write", path, errno);
    if (::rename(temporary.c_str(), path.c_str()) != 0) throw_io_error("write", path, errno);
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
  sync_folder(folder);
}

FileLock::FileLock(const fs::path& path) {
  make_private_folder(path.parent_path());
  fd_ = FileDescriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!fd_.open()) throw_io_error("lock", path, errno);
  while (::flock(fd_.get(), LOCK_EX) != 0) {
    if (errno != EINTR) throw_io_error("lock", path, errno);
  }
}

}  // namespace soundlake::base
