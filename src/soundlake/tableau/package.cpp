// SPDX-License-Identifier: Apache-2.0
#include "soundlake/tableau/package.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/tableau/workbook_xml.hpp"

#include <zlib.h>

#include <cstdint>
#include <limits>
#include <string_view>

namespace soundlake::tableau {
namespace {

constexpr std::uint16_t kDeflated = 8;
constexpr std::uint16_t kNamesAreUtf8 = 1U << 11U;
constexpr std::uint16_t kVersionNeeded = 20;
/// 1 January 1980, midnight: the earliest time a ZIP can name.
constexpr std::uint16_t kDate = 0x21;

void put16(std::string& out, std::uint32_t value) {
  out += static_cast<char>(value & 0xFFU);
  out += static_cast<char>(value >> 8U & 0xFFU);
}
void put32(std::string& out, std::uint32_t value) {
  put16(out, value & 0xFFFFU);
  put16(out, value >> 16U);
}

std::string deflated(std::string_view bytes) {
  z_stream stream{};
  // Negative window bits: the bare stream, without zlib's own head.
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw Error(ErrorKind::internal, "zlib could not begin to pack the workbook");
  }
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  std::string source(bytes);
  stream.next_in = reinterpret_cast<Bytef*>(source.data());
  stream.avail_in = static_cast<uInt>(source.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int done = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (done != Z_STREAM_END) throw Error(ErrorKind::internal, "zlib could not pack the workbook");
  return packed;
}

std::uint32_t checked_size(std::size_t size) {
  if (size >= std::numeric_limits<std::uint32_t>::max())
    throw Error(ErrorKind::internal, "a file of the workbook is too large for its package");
  return static_cast<std::uint32_t>(size);
}

void append_cell(std::string& csv, std::string_view text) {
  // Text with blanks around it is quoted too, since readers may trim bare ones.
  const bool bare = text.find_first_of(",\"\r\n") == std::string_view::npos &&
                    !(text.starts_with(' ') || text.ends_with(' '));
  if (bare && !text.empty()) {
    csv += text;
    return;
  }
  csv += '"';
  for (const char c : text) {
    if (c == '"') csv += '"';
    csv += c;
  }
  csv += '"';
}

}  // namespace

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string zip;
  std::string directory;
  for (const auto& [path, bytes] : files) {
    const auto offset = checked_size(zip.size());
    const auto packed = deflated(bytes);
    const auto size = checked_size(bytes.size());
    const auto crc = static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(size)));
    std::string head;
    put16(head, kVersionNeeded);
    put16(head, kNamesAreUtf8);
    put16(head, kDeflated);
    put16(head, 0);
    put16(head, kDate);
    put32(head, crc);
    put32(head, checked_size(packed.size()));
    put32(head, size);
    put16(head, static_cast<std::uint32_t>(path.size()));
    put16(head, 0);
    zip += "PK\x03\x04";
    zip += head;
    zip += path;
    zip += packed;
    directory += "PK\x01\x02";
    put16(directory, kVersionNeeded);
    directory += head;
    directory.append(10, '\0');  // no comment, first disk, no attributes
    put32(directory, offset);
    directory += path;
  }
  const auto begin = checked_size(zip.size());
  zip += directory + "PK\x05\x06";
  put32(zip, 0);
  put16(zip, static_cast<std::uint32_t>(files.size()));
  put16(zip, static_cast<std::uint32_t>(files.size()));
  put32(zip, checked_size(directory.size()));
  put32(zip, begin);
  put16(zip, 0);
  return zip;
}

std::string csv_of(const DataTable& table) {
  std::string csv;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) csv += ',';
    append_cell(csv, table.columns[i].name);
  }
  csv += "\r\n";
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) csv += ',';
      if (row[i]) append_cell(csv, *row[i]);
    }
    csv += "\r\n";
  }
  return csv;
}

std::string package_of(const Workbook& workbook) {
  std::vector<std::pair<std::string, std::string>> files{{"soundlake.twb", xml_of(workbook)}};
  for (const auto& table : workbook.data.tables)
    files.emplace_back("Data/soundlake/" + table.file, csv_of(table));
  return zip_of(files);
}

}  // namespace soundlake::tableau
