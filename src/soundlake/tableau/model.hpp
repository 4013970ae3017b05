// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// What a workbook is made of, before it becomes XML. A pill is made from a declared column, a zone
/// from a declared sheet.
namespace soundlake::tableau {

enum class Type { text, integer, real, date };

/// A column of a packaged CSV. Names are unique in the whole data source.
struct Column {
  std::string name;
  Type type = Type::text;
  bool dimension = true;  ///< false: a number that is added up
};

/// One CSV of the package. An empty cell is unknown.
struct DataTable {
  std::string file;  ///< `artists.csv`
  std::vector<Column> columns;
  std::vector<std::vector<std::optional<std::string>>> rows;
};

/// Two tables belong together where these columns are equal.
struct Relationship {
  std::string left_table;
  std::string left;
  std::string right_table;
  std::string right;
};

struct Datasource {
  std::string caption;
  std::vector<DataTable> tables;
  std::vector<Relationship> relationships;
};

/// How a column is used on a shelf.
enum class Use {
  discrete,    ///< a dimension as headings
  continuous,  ///< a dimension on an axis
  sum,
  attribute,  ///< a dimension in a tooltip
};

struct Pill {
  std::string column;
  Use use = Use::discrete;
};

/// A categorical filter offers every member; a range keeps unknown values until it is narrowed.
struct Filter {
  Pill pill;
  bool range = false;
  std::string least{};  ///< of a range
  std::string most{};
  int group = 0;  ///< one number for the same filter on several sheets
};

/// Text with values in it.
using Sentence = std::vector<std::variant<std::string, Pill>>;

struct Sheet {
  std::string name;
  std::string title;
  std::string alt_text;
  std::string mark;  ///< `Bar`, `Shape`, `GanttBar`
  std::vector<Pill> rows;
  std::vector<Pill> columns;
  std::optional<Pill> color{};
  std::optional<Pill> shape{};
  std::optional<Pill> label{};
  std::vector<Pill> detail{};
  Sentence tooltip{};
  std::vector<Filter> filters{};
};

/// A rectangle in pixels.
struct Box {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

struct SheetZone {
  std::string sheet;
  Box box;
};

struct TextZone {
  std::string text;
  int size = 12;
  bool bold = false;
  Box box;
};

/// The control of a filter of a sheet.
struct FilterZone {
  std::string sheet;
  Pill pill;
  bool range = false;
  Box box;
};

struct Dashboard {
  std::string name;
  int width = 1400;
  int height = 900;
  std::vector<SheetZone> sheets{};
  std::vector<TextZone> texts{};
  std::vector<FilterZone> filters{};
  /// Selecting a mark in one of these filters every sheet.
  std::vector<std::string> acting_sheets{};
};

/// The colour of each member of a column, wherever the column gives the colour.
struct MemberColors {
  std::string column;
  std::vector<std::pair<std::string, std::string>> colors;
};

struct Workbook {
  Datasource data;
  std::vector<MemberColors> colors;
  std::vector<Sheet> sheets;
  std::vector<Dashboard> dashboards;
};

}  // namespace soundlake::tableau
