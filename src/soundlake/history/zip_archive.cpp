// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/zip_archive.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"

#include <zip.h>

namespace soundlake::history {
namespace {

using base::Error;
using base::ErrorKind;

Error failure_of(int code) {
  switch (code) {
    case ZIP_ER_NOZIP:
    case ZIP_ER_INCONS:
    case ZIP_ER_EOF:
      return {ErrorKind::data,
              "the zip is cut off or damaged: the directory at its end cannot be read",
              "Download it again."};
    case ZIP_ER_CRC:
      return {ErrorKind::data, "its checksum is wrong"};
    case ZIP_ER_ZLIB:
    case ZIP_ER_COMPRESSED_DATA:
      return {ErrorKind::data, "its packed data is damaged"};
    case ZIP_ER_COMPNOTSUPP:
      return {ErrorKind::data, "it is packed in a way that is not supported",
              "Unpack the zip and import the folder."};
    case ZIP_ER_NOPASSWD:
    case ZIP_ER_WRONGPASSWD:
    case ZIP_ER_ENCRNOTSUPP:
      return {ErrorKind::data, "it is protected by a password",
              "Unpack the zip and import the folder."};
    default:
      break;
  }
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return {ErrorKind::io, "the zip cannot be read: " + base::to_lower_ascii(text)};
}

class EntrySource : public ByteSource {
 public:
  explicit EntrySource(zip_file_t* file) : file_(file) {}

  std::size_t read(char* to, std::size_t size) override {
    const auto got = zip_fread(file_.get(), to, size);
    if (got < 0) throw failure_of(zip_error_code_zip(zip_file_get_error(file_.get())));
    return static_cast<std::size_t>(got);
  }

 private:
  struct Close {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
  };
  std::unique_ptr<zip_file_t, Close> file_;
};

}  // namespace

void ZipArchive::Close::operator()(zip* archive) const {
  zip_discard(archive);
}

ZipArchive::ZipArchive(const std::filesystem::path& path) {
  int code = 0;
  archive_.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
  if (!archive_) throw failure_of(code);
}

std::vector<ZipEntry> ZipArchive::entries(std::size_t most) const {
  const auto count = static_cast<std::uint64_t>(zip_get_num_entries(archive_.get(), 0));
  if (count > most) {
    throw Error(ErrorKind::data,
                "the zip has " + std::to_string(count) + " entries, an export has a few dozen",
                "Unpack the zip and import the folder.");
  }
  std::vector<ZipEntry> entries;
  for (std::uint64_t index = 0; index < count; ++index) {
    zip_stat_t stat;
    if (zip_stat_index(archive_.get(), index, 0, &stat) != 0) continue;
    ZipEntry entry;
    entry.name = base::repair_utf8((stat.valid & ZIP_STAT_NAME) != 0 ? stat.name : "");
    entry.index = index;
    entry.packed_size = (stat.valid & ZIP_STAT_COMP_SIZE) != 0 ? stat.comp_size : 0;
    entry.encrypted =
        (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE;
    if (entry.name.empty() || entry.name.back() != '/') entries.push_back(std::move(entry));
  }
  return entries;
}

std::unique_ptr<ByteSource> ZipArchive::open(const ZipEntry& entry) const {
  auto* file = zip_fopen_index(archive_.get(), entry.index, 0);
  if (file == nullptr) throw failure_of(zip_error_code_zip(zip_get_error(archive_.get())));
  return std::make_unique<EntrySource>(file);
}

}  // namespace soundlake::history
