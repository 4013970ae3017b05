// SPDX-License-Identifier: Apache-2.0
#include "soundlake/tableau/fields.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"

#include <algorithm>
#include <cctype>

namespace soundlake::tableau {
namespace {

std::string upper_hex(std::string_view of, std::size_t digits) {
  auto hex = base::sha256_hex(of).substr(0, digits);
  std::transform(hex.begin(), hex.end(), hex.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return hex;
}

const char* prefix(Use use) {
  switch (use) {
    case Use::sum:
      return "sum";
    case Use::attribute:
      return "attr";
    case Use::discrete:
    case Use::continuous:
      break;
  }
  return "none";
}

}  // namespace

Fields::Fields(const Datasource& data)
    : datasource_("federated." + base::sha256_hex("datasource " + data.caption).substr(0, 28)),
      connection_("textscan." + base::sha256_hex("connection " + data.caption).substr(0, 28)) {
  for (const auto& table : data.tables) {
    for (const auto& column : table.columns) {
      if (!columns_.emplace(column.name, &column).second)
        throw Error(ErrorKind::internal, "two columns of the workbook are called " + column.name);
    }
  }
}

const Column& Fields::column(const std::string& name) const {
  const auto found = columns_.find(name);
  if (found == columns_.end())
    throw Error(ErrorKind::internal, "the workbook has no column '" + name + "'");
  return *found->second;
}

std::string Fields::instance(const Pill& pill) const {
  const std::string_view kind = scale(pill, column(pill.column));
  return std::string("[") + prefix(pill.use) + ":" + pill.column +
         (kind == "quantitative" ? ":qk]"
          : kind == "ordinal"    ? ":ok]"
                                 : ":nk]");
}

std::string Fields::qualified(const Pill& pill) const {
  return "[" + datasource_ + "]." + instance(pill);
}

const char* datatype(Type type) {
  switch (type) {
    case Type::integer:
      return "integer";
    case Type::real:
      return "real";
    case Type::date:
      return "date";
    case Type::text:
      break;
  }
  return "string";
}

const char* scale(const Column& column) {
  if (!column.dimension) return "quantitative";
  return column.type == Type::text ? "nominal" : "ordinal";
}

const char* scale(const Pill& pill, const Column& column) {
  if (pill.use == Use::sum || pill.use == Use::continuous) return "quantitative";
  return column.type == Type::text ? "nominal" : "ordinal";
}

const char* derivation(Use use) {
  switch (use) {
    case Use::sum:
      return "Sum";
    case Use::attribute:
      return "Attribute";
    case Use::discrete:
    case Use::continuous:
      break;
  }
  return "None";
}

std::string object_id(const DataTable& table) {
  return table.file + "_" + upper_hex("object " + table.file, 32);
}

std::string uuid(std::string_view of) {
  auto hex = upper_hex(of, 32);
  // Version 8 of RFC 9562: a value of the maker's own.
  hex[12] = '8';
  hex[16] = 'A';
  return "{" + hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
         hex.substr(16, 4) + "-" + hex.substr(20) + "}";
}

}  // namespace soundlake::tableau
