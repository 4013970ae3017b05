// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/tableau/model.hpp"

#include <map>
#include <string>
#include <string_view>

namespace soundlake::tableau {

/// The names that a data source, its columns and their uses have in the XML. Every one follows from
/// the model, so that equal workbooks are equal bytes.
class Fields {
 public:
  explicit Fields(const Datasource& data);

  const std::string& datasource() const { return datasource_; }  ///< `federated.…`
  const std::string& connection() const { return connection_; }  ///< `textscan.…`
  /// Throws Error{internal} for a column that no table declares.
  const Column& column(const std::string& name) const;
  /// `[sum:Popularity:qk]`
  std::string instance(const Pill& pill) const;
  /// The same with the data source before it.
  std::string qualified(const Pill& pill) const;

 private:
  std::string datasource_;
  std::string connection_;
  std::map<std::string, const Column*> columns_;
};

const char* datatype(Type type);
/// `nominal`, `ordinal` or `quantitative`, as the column is when nobody uses it otherwise.
const char* scale(const Column& column);
/// The scale of a use of it.
const char* scale(const Pill& pill, const Column& column);
const char* derivation(Use use);  ///< `None`, `Sum`, `Attribute`
/// `artists.csv_` and 32 hex digits.
std::string object_id(const DataTable& table);
/// A UUID in braces made from a text.
std::string uuid(std::string_view of);

}  // namespace soundlake::tableau
