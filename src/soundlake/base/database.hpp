// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace soundlake::base {

/// One prepared SQLite statement. Parameters and columns count from 0.
class Statement {
 public:
  Statement(Statement&&) noexcept;
  ~Statement();
  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, std::int64_t number);
  Statement& bind_null(int index);
  /// Steps to the next row; false when there is none. Throws Error{io}.
  bool step();
  /// Steps through to the end, for statements that return nothing.
  void run();
  std::string text(int column) const;
  std::int64_t integer(int column) const;
  bool is_null(int column) const;

 private:
  friend class Database;
  struct Handle;
  explicit Statement(std::unique_ptr<Handle> handle);
  std::unique_ptr<Handle> handle_;
};

/// A SQLite database: small state that must survive a crash. Rollback journal (works on network
/// homes), busy timeout 10 s, file mode 0600.
class Database {
 public:
  /// Opens or makes the file. A file that is no database (damaged, foreign) is moved aside to
  /// `<name>.damaged` with a warning and a new one begun: losing state costs requests and a
  /// sign-in, never data.
  static Database open(const std::filesystem::path& path);
  static Database in_memory();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// Runs one or several statements without parameters or results.
  void execute(const std::string& sql);
  Statement prepare(const std::string& sql);

 private:
  struct Handle;
  explicit Database(std::unique_ptr<Handle> handle);
  std::unique_ptr<Handle> handle_;
};

/// BEGIN IMMEDIATE … COMMIT; rolled back when destroyed without commit().
class DatabaseTransaction {
 public:
  explicit DatabaseTransaction(Database& database);
  ~DatabaseTransaction();
  DatabaseTransaction(const DatabaseTransaction&) = delete;
  DatabaseTransaction& operator=(const DatabaseTransaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace soundlake::base
