// SPDX-License-Identifier: Apache-2.0
#pragma once
// The means to list a row's columns once and to walk over them: for files, documents, SQL and
// order.
#include "soundlake/base/time.hpp"
#include "soundlake/lake/sourced.hpp"
#include "soundlake/lake/tables.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace soundlake::lake {

/// A member of a row as a column, or, when it is Sourced, as three.
template <class Row, class Member>
struct Column {
  const char* name;
  Member Row::*member;
  const char* doc;
};

/// What a row type says about its table; see schemas.hpp.
template <class Row>
struct Schema;

/// The column type of a member's type, and whether it can be null.
template <class Value>
struct ColumnTypeOf;
template <ColumnType type>
struct Required {
  static constexpr ColumnType kType = type;
  static constexpr bool kNullable = false;
};
template <>
struct ColumnTypeOf<std::string> : Required<ColumnType::text> {};
template <>
struct ColumnTypeOf<std::int32_t> : Required<ColumnType::int32> {};
template <>
struct ColumnTypeOf<std::int64_t> : Required<ColumnType::int64> {};
template <>
struct ColumnTypeOf<double> : Required<ColumnType::number> {};
template <>
struct ColumnTypeOf<bool> : Required<ColumnType::boolean> {};
template <>
struct ColumnTypeOf<base::Instant> : Required<ColumnType::timestamp> {};
template <>
struct ColumnTypeOf<base::Day> : Required<ColumnType::day> {};
template <>
struct ColumnTypeOf<std::vector<std::string>> : Required<ColumnType::text_list> {};
template <class Value>
struct ColumnTypeOf<std::optional<Value>> : ColumnTypeOf<Value> {
  static constexpr bool kNullable = true;
};

/// How a column is called and described; made of parts so that walking over columns allocates
/// nothing.
struct ColumnLabel {
  const char* member;
  const char* member_doc;
  const char* part = "";  ///< of a Sourced member: "", "_source" or "_confidence"

  std::string name() const { return std::string(member) + part; }
  std::string doc() const {
    if (*part == '\0') return member_doc;
    const bool source = std::string_view(part) == "_source";
    return (source ? "Who gave `" : "How sure `") + std::string(member) +
           (source ? "`: a service, `listener` or `override`" : "` is, 0 … 1");
  }
};

namespace columns_detail {

template <class Row, class Member, class Visit>
void visit_column(const Column<Row, Member>& column, const Visit& visit) {
  const auto member = column.member;
  visit(
      ColumnLabel{column.name, column.doc}, [member](auto& row) -> auto& { return row.*member; });
}

template <class Row, class Value, class Visit>
void visit_column(const Column<Row, Sourced<Value>>& column, const Visit& visit) {
  const auto member = column.member;
  visit(
      ColumnLabel{column.name, column.doc}, [member](auto& row) -> auto& {
        return (row.*member).value;
      });
  visit(
      ColumnLabel{column.name, column.doc, "_source"}, [member](auto& row) -> auto& {
        return (row.*member).source;
      });
  visit(
      ColumnLabel{column.name, column.doc, "_confidence"}, [member](auto& row) -> auto& {
        return (row.*member).confidence;
      });
}

}  // namespace columns_detail

/// Calls `visit(label, get)` for every column in file order; `get(row)` is a reference to its
/// value.
template <class Row, class Visit>
void for_each_column(const Visit& visit) {
  std::apply([&](const auto&... column) { (columns_detail::visit_column(column, visit), ...); },
             Schema<Row>::columns());
}

/// The type of the value that a `get` of `for_each_column` gives.
template <class Row, class Get>
using ValueOf = std::remove_cvref_t<std::invoke_result_t<Get, Row&>>;

/// A total order of values: nulls first, numbers by size (also −0, NaN), text by bytes.
template <class Value>
std::strong_ordering compare(const Value& a, const Value& b) {
  if constexpr (std::is_same_v<Value, double>) {
    return std::strong_order(a, b);
  } else {
    return a <=> b;
  }
}
template <class Value>
std::strong_ordering compare(const std::optional<Value>& a, const std::optional<Value>& b) {
  if (!a || !b) return a.has_value() <=> b.has_value();
  return compare(*a, *b);
}

/// The order of a table: its sort columns, then every column.
template <class Row>
std::strong_ordering compare_rows(const Row& a, const Row& b) {
  auto order = std::strong_ordering::equal;
  std::apply(
      [&](const auto... member) {
        ((order == 0 && (order = compare(a.*member, b.*member), true)), ...);
      },
      Schema<Row>::sorted_by());
  if (order != 0) return order;
  for_each_column<Row>([&](const ColumnLabel&, auto get) {
    if (order == 0) order = compare(get(a), get(b));
  });
  return order;
}

}  // namespace soundlake::lake
