// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/database.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/base/log.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>

namespace soundlake::base {
namespace fs = std::filesystem;

struct Database::Handle {
  sqlite3* db = nullptr;
  std::string name;
  ~Handle() { sqlite3_close_v2(db); }
};

struct Statement::Handle {
  sqlite3_stmt* statement = nullptr;
  ~Handle() { sqlite3_finalize(statement); }
};

namespace {

[[noreturn]] void throw_sqlite(sqlite3* db, const std::string& name) {
  const int code = sqlite3_errcode(db);
  std::string hint;
  if (code == SQLITE_FULL)
    hint = "the disk is full: free some space and run the same command again";
  if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN) {
    hint = "the state folder must be writable; set SOUNDLAKE_HOME to another one";
  }
  if (code == SQLITE_BUSY)
    hint = "another soundlake is writing there; run the same command again in a moment";
  throw Error(ErrorKind::io, "cannot use " + name + ": " + sqlite3_errmsg(db), hint);
}

bool damaged(sqlite3* db) {
  const int code = sqlite3_exec(db, "PRAGMA quick_check(1); SELECT count(*) FROM sqlite_master",
                                nullptr, nullptr, nullptr);
  return code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
}

}  // namespace

Database::Database(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Database Database::in_memory() {
  auto handle = std::make_unique<Handle>();
  handle->name = "the state in memory";
  if (sqlite3_open(":memory:", &handle->db) != SQLITE_OK) throw_sqlite(handle->db, handle->name);
  return Database(std::move(handle));
}

Database Database::open(const fs::path& path) {
  make_private_folder(path.parent_path());
  for (const bool first_try : {true, false}) {
    // SQLite would make the file with the process's umask; it holds tokens, so 0600 from the start.
    const FileDescriptor made(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!made.open()) throw_io_error("open", path, errno);
    ::fchmod(made.get(), 0600);
    auto handle = std::make_unique<Handle>();
    handle->name = path.string();
    if (sqlite3_open_v2(path.c_str(), &handle->db, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) {
      throw_sqlite(handle->db, handle->name);
    }
    sqlite3_busy_timeout(handle->db, 10'000);
    if (first_try && damaged(handle->db)) {
      handle.reset();
      const fs::path aside = path.string() + ".damaged";
      fs::rename(path, aside);
      log_warning("the state file " + path.string() + " was damaged; it lies in " + aside.string() +
                  " and a new one was begun (this may cost a sign-in, never data)");
      continue;
    }
    Database database(std::move(handle));
    database.execute("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL");
    return database;
  }
  throw Error(ErrorKind::io, "cannot open " + path.string());
}

void Database::execute(const std::string& sql) {
  if (sqlite3_exec(handle_->db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw_sqlite(handle_->db, handle_->name);
  }
}

Statement Database::prepare(const std::string& sql) {
  auto handle = std::make_unique<Statement::Handle>();
  if (sqlite3_prepare_v2(handle_->db, sql.c_str(), -1, &handle->statement, nullptr) != SQLITE_OK) {
    throw_sqlite(handle_->db, handle_->name);
  }
  return Statement(std::move(handle));
}

Statement::Statement(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Statement::Statement(Statement&&) noexcept = default;
Statement::~Statement() = default;

Statement& Statement::bind(int index, std::string_view text) {
  sqlite3_bind_text(handle_->statement, index + 1, text.data(), static_cast<int>(text.size()),
                    SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::bind(int index, std::int64_t number) {
  sqlite3_bind_int64(handle_->statement, index + 1, number);
  return *this;
}

Statement& Statement::bind_null(int index) {
  sqlite3_bind_null(handle_->statement, index + 1);
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(handle_->statement);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  throw_sqlite(sqlite3_db_handle(handle_->statement), "the state file");
}

void Statement::run() {
  while (step()) {
  }
}

std::string Statement::text(int column) const {
  const auto* data = sqlite3_column_blob(handle_->statement, column);
  const auto size = sqlite3_column_bytes(handle_->statement, column);
  return data == nullptr
             ? std::string()
             : std::string(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_->statement, column);
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_->statement, column) == SQLITE_NULL;
}

DatabaseTransaction::DatabaseTransaction(Database& database) : database_(database) {
  database_.execute("BEGIN IMMEDIATE");
}

DatabaseTransaction::~DatabaseTransaction() {
  if (!open_) return;
  try {
    database_.execute("ROLLBACK");
  } catch (const Error&) {  // closing the database rolls back as well
  }
}

void DatabaseTransaction::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

}  // namespace soundlake::base
