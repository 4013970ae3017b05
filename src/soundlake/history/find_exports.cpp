// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/find_exports.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/stop.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/history/file_names.hpp"
#include "soundlake/history/json_text.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <system_error>
#include <tuple>

namespace soundlake::history {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;

bool ends_with(std::string_view name, std::string_view ending) {
  return base::to_lower_ascii(name).ends_with(ending);
}

/// Files of these kinds are what exports are made of; not being able to read one is worth a word.
bool may_be_export(std::string_view name) {
  return ends_with(name, ".json") || ends_with(name, ".zip") || ends_with(name, ".gz") ||
         named_like_history(name);
}

std::string line_of(const std::string& name) {
  // A zip may call its entries anything, line breaks and terminal codes included.
  std::string line = name;
  for (char& byte : line) {
    if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F) byte = '?';
  }
  return line;
}

class Finder {
 public:
  Finder(const ReadLimits& limits, std::atomic<std::uint64_t>& unpacked_bytes)
      : limits_(limits), unpacked_bytes_(unpacked_bytes) {}

  /// @param path canonical
  void add_path(const fs::path& path) {
    std::error_code error;
    const auto type = fs::status(path, error).type();
    const std::string name = base::repair_utf8(path.filename().string());
    if (type == fs::file_type::directory) {
      walk(path, name);
    } else {
      add_file(path, name, type);
    }
  }

  FoundFiles take() {
    std::sort(found_.files.begin(), found_.files.end(), [](const auto& a, const auto& b) {
      const auto order = [](const FoundFile& file) {
        return std::tuple(std::string_view(file.name), file.path.native(),
                          file.entry ? file.entry->index : 0);
      };
      return order(a) < order(b);
    });
    return std::move(found_);
  }

 private:
  struct Folder {
    fs::path path;
    std::string name;
  };

  void walk(const fs::path& root, const std::string& root_name) {
    std::vector<Folder> folders{{root, root_name}};
    std::size_t files = 0;
    while (!folders.empty()) {
      base::throw_if_stopped();
      const auto folder = folders.back();
      folders.pop_back();
      std::error_code error;
      fs::directory_iterator inside(folder.path, error);
      for (const fs::directory_iterator end; !error && inside != end; inside.increment(error)) {
        const auto name = folder.name + "/" + base::repair_utf8(inside->path().filename().string());
        std::error_code ignored;
        const auto type = inside->status(ignored).type();
        if (type == fs::file_type::directory) {
          if (inside->is_symlink(ignored)) {
            found_.ignored.push_back({line_of(name), "a link to a folder"});
          } else {
            folders.push_back({inside->path(), name});
          }
        } else if (++files > limits_.folder_files) {
          found_.failed.push_back(
              {line_of(root_name), "the folder has more than " +
                                       std::to_string(limits_.folder_files) +
                                       " files; name the folder of the export itself"});
          return;
        } else {
          add_file(inside->path(), name, type);
        }
      }
      if (error) {
        found_.failed.push_back(
            {line_of(folder.name), "the folder cannot be read: " + error.message()});
      }
    }
  }

  void add_file(const fs::path& path, const std::string& name, fs::file_type type) {
    if (type != fs::file_type::regular) {
      found_.ignored.push_back({line_of(name), "no regular file"});
      return;
    }
    std::error_code error;
    const auto whole = fs::canonical(path, error);
    if (!seen_.insert((error ? path : whole).native()).second) return;
    std::array<char, 8> bytes{};
    std::size_t count = 0;
    try {
      count = open_file(path)->read(bytes.data(), bytes.size());
    } catch (const Error& failure) {
      auto& list = may_be_export(name) ? found_.failed : found_.ignored;
      list.push_back({line_of(name), failure.message()});
      return;
    }
    const std::string_view start(bytes.data(), count);
    if (start.starts_with("PK\x03\x04") || start.starts_with("PK\x05\x06")) {
      add_zip(path, name, false);
    } else if (ends_with(name, ".zip")) {
      found_.failed.push_back(
          {line_of(name), start.empty() ? "the file is empty, no zip"
                                        : "no zip: it begins with \"" + shown(start) + "\""});
    } else {
      const auto size = fs::file_size(path, error);
      found_.files.push_back({line_of(name), path, std::nullopt, "", error ? 0 : size});
    }
  }

  void add_zip(const fs::path& path, const std::string& name, bool within_zip) {
    try {
      const ZipArchive archive(path);
      std::size_t encrypted = 0;
      for (auto& entry : archive.entries(limits_.zip_entries)) {
        base::throw_if_stopped();
        const auto entry_name = name + "/" + entry.name;
        if (entry.encrypted) {
          ++encrypted;
        } else if (ends_with(entry.name, ".zip") && within_zip) {
          found_.ignored.push_back({line_of(entry_name), "a zip in a zip in a zip"});
        } else if (ends_with(entry.name, ".zip")) {
          add_nested(archive, entry, entry_name);
        } else {
          const auto packed_size = entry.packed_size;
          found_.files.push_back(
              {line_of(entry_name), path, std::move(entry), line_of(name), packed_size});
        }
      }
      if (encrypted > 0) {
        found_.failed.push_back(
            {line_of(name), std::to_string(encrypted) +
                                " of its files are protected by a password; unpack the zip and "
                                "import the folder"});
      }
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::cancelled) throw;
      found_.failed.push_back({line_of(name), error.message()});
    }
  }

  void add_nested(const ZipArchive& archive, const ZipEntry& entry, const std::string& name) {
    try {
      const std::shared_ptr<std::FILE> file(std::tmpfile(), [](std::FILE* opened) {
        if (opened != nullptr) std::fclose(opened);
      });
      if (!file) throw Error(ErrorKind::io, "there is no room for unpacking it");
      const auto bytes =
          limited(archive.open(entry), entry.packed_size, limits_.unpack, unpacked_bytes_);
      std::vector<char> buffer(limits_.window);
      while (const auto got = bytes->read(buffer.data(), buffer.size())) {
        base::throw_if_stopped();
        if (std::fwrite(buffer.data(), 1, got, file.get()) != got) {
          throw Error(ErrorKind::io, "there is no room for unpacking it");
        }
      }
      if (std::fflush(file.get()) != 0) {
        throw Error(ErrorKind::io, "there is no room for unpacking it");
      }
      found_.unpacked.push_back(file);
      add_zip("/proc/self/fd/" + std::to_string(fileno(file.get())), name, true);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::cancelled) throw;
      found_.failed.push_back({line_of(name), error.message()});
    }
  }

  const ReadLimits& limits_;
  std::atomic<std::uint64_t>& unpacked_bytes_;
  FoundFiles found_;
  std::set<std::string> seen_;
};

}  // namespace

FoundFiles find_exports(const std::vector<fs::path>& paths, const ReadLimits& limits,
                        std::atomic<std::uint64_t>& unpacked_bytes) {
  // In order, a folder goes before what is in it, so what a file is called does not depend on the
  // order in which it was named.
  std::set<fs::path> whole;
  for (const auto& path : paths) {
    std::error_code error;
    if (!fs::exists(path, error)) {
      throw Error(ErrorKind::usage, "there is no " + path.string(),
                  "Name the downloaded zip, the unpacked folder or its files.");
    }
    const auto canonical = fs::canonical(path, error);
    whole.insert(error ? path : canonical);
  }
  Finder finder(limits, unpacked_bytes);
  for (const auto& path : whole) finder.add_path(path);
  return finder.take();
}

}  // namespace soundlake::history
