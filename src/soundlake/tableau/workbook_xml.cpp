// SPDX-License-Identifier: Apache-2.0
#include "soundlake/tableau/workbook_xml.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/tableau/sheet_xml.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <sstream>

namespace soundlake::tableau {
namespace {

constexpr const char* kVersion = "18.1";
constexpr int kGrid = 100'000;

/// What the document uses beyond the grammar of 18.1, in alphabetical order.
constexpr const char* kFeatures[] = {"AnimationOnByDefault",           "MarkAnimation",
                                     "ObjectModelEncapsulateLegacy",   "ObjectModelTableType",
                                     "SchemaViewerObjectModel",        "SheetIdentifierTracking",
                                     "WindowsPersistSimpleIdentifiers"};

struct RemoteType {
  const char* number;
  const char* aggregation;
};

RemoteType remote_type(Type type) {
  switch (type) {
    case Type::integer:
      return {"20", "Sum"};
    case Type::real:
      return {"5", "Sum"};
    case Type::date:
      return {"133", "Year"};
    case Type::text:
      break;
  }
  return {"129", "Count"};
}

void write_relation(pugi::xml_node parent, const Fields& fields, const DataTable& table) {
  auto relation = parent.append_child("relation");
  set(relation, "connection", fields.connection());
  set(relation, "name", table.file);
  auto name = table.file;
  std::replace(name.begin(), name.end(), '.', '#');
  set(relation, "table", "[" + name + "]");
  set(relation, "type", "table");
  auto columns = relation.append_child("columns");
  set(columns, "character-set", "UTF-8");
  set(columns, "header", "yes");
  set(columns, "locale", "en_US");
  set(columns, "separator", ",");
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    auto column = columns.append_child("column");
    set(column, "datatype", datatype(table.columns[i].type));
    set(column, "name", table.columns[i].name);
    set(column, "ordinal", std::to_string(i));
  }
}

void write_record(pugi::xml_node records, const DataTable& table, std::size_t ordinal) {
  const auto& column = table.columns[ordinal];
  auto record = records.append_child("metadata-record");
  set(record, "class", "column");
  const auto add = [&](const char* name, const std::string& text) {
    record.append_child(name).text().set(text.c_str());
  };
  const auto remote = remote_type(column.type);
  add("remote-name", column.name);
  add("remote-type", remote.number);
  add("local-name", "[" + column.name + "]");
  add("parent-name", "[" + table.file + "]");
  add("remote-alias", column.name);
  add("ordinal", std::to_string(ordinal));
  add("local-type", datatype(column.type));
  add("aggregation", remote.aggregation);
  if (column.type == Type::text) {
    add("scale", "1");
    add("width", "1073741823");
  }
  add("contains-null", "true");
  if (column.type == Type::text) {
    auto collation = record.append_child("collation");
    set(collation, "flag", "0");
    set(collation, "name", "LEN_RUS");
  }
  add("object-id", "[" + object_id(table) + "]");
}

void write_connection(pugi::xml_node source, const Fields& fields, const Datasource& data) {
  auto connection = source.append_child("connection");
  set(connection, "class", "federated");
  auto named = connection.append_child("named-connections").append_child("named-connection");
  set(named, "caption", data.caption);
  set(named, "name", fields.connection());
  auto text = named.append_child("connection");
  set(text, "class", "textscan");
  set(text, "directory", "Data/soundlake");
  set(text, "filename", data.tables.front().file);
  set(text, "password", "");
  set(text, "server", "");
  auto all = connection.append_child("relation");
  set(all, "type", "collection");
  for (const auto& table : data.tables) write_relation(all, fields, table);
  auto names = connection.append_child("cols");
  auto records = connection.append_child("metadata-records");
  for (const auto& table : data.tables) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      auto map = names.append_child("map");
      set(map, "key", "[" + table.columns[i].name + "]");
      set(map, "value", "[" + table.file + "].[" + table.columns[i].name + "]");
      write_record(records, table, i);
    }
  }
}

std::string id_of(const Datasource& data, const std::string& file) {
  for (const auto& table : data.tables)
    if (table.file == file) return object_id(table);
  throw Error(ErrorKind::internal, "the workbook has no table '" + file + "'");
}

void write_objects(pugi::xml_node source, const Fields& fields, const Datasource& data) {
  auto graph = source.append_child("object-graph");
  auto objects = graph.append_child("objects");
  for (const auto& table : data.tables) {
    auto object = objects.append_child("object");
    set(object, "caption", table.file);
    set(object, "id", object_id(table));
    auto properties = object.append_child("properties");
    set(properties, "context", "");
    write_relation(properties, fields, table);
  }
  if (data.relationships.empty()) return;
  auto relationships = graph.append_child("relationships");
  for (const auto& related : data.relationships) {
    auto node = relationships.append_child("relationship");
    auto equal = node.append_child("expression");
    set(equal, "op", "=");
    set(equal.append_child("expression"), "op", "[" + fields.column(related.left).name + "]");
    set(equal.append_child("expression"), "op", "[" + fields.column(related.right).name + "]");
    set(node.append_child("first-end-point"), "object-id", id_of(data, related.left_table));
    set(node.append_child("second-end-point"), "object-id", id_of(data, related.right_table));
  }
}

/// A member as it stands in a bucket: in quotes, a percent sign escaped.
std::string bucket(const std::string& member) {
  std::string text = "\"";
  for (const char c : member) {
    if (c == '%' || c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + "\"";
}

void write_colors(pugi::xml_node source, const Fields& fields,
                  const std::vector<MemberColors>& colors) {
  if (colors.empty()) return;
  auto rule = source.append_child("style").append_child("style-rule");
  set(rule, "element", "mark");
  for (const auto& one : colors) {
    auto encoding = rule.append_child("encoding");
    set(encoding, "attr", "color");
    set(encoding, "field", fields.instance({one.column, Use::discrete}));
    set(encoding, "type", "palette");
    for (const auto& [member, color] : one.colors) {
      auto map = encoding.append_child("map");
      set(map, "to", color);
      map.append_child("bucket").text().set(bucket(member).c_str());
    }
  }
}

void write_datasource(pugi::xml_node parent, const Fields& fields, const Workbook& workbook) {
  const auto& data = workbook.data;
  auto source = parent.append_child("datasource");
  set(source, "caption", data.caption);
  set(source, "inline", "true");
  set(source, "name", fields.datasource());
  set(source, "version", kVersion);
  write_connection(source, fields, data);
  set(source.append_child("aliases"), "enabled", "yes");
  for (const auto& table : data.tables) {
    for (const auto& column : table.columns) write_column(source, column);
    auto column = source.append_child("column");
    set(column, "caption", table.file);
    set(column, "datatype", "table");
    set(column, "name", "[__tableau_internal_object_id__].[" + object_id(table) + "]");
    set(column, "role", "measure");
    set(column, "type", "quantitative");
  }
  for (const auto& one : workbook.colors)
    write_instance(source, fields, {one.column, Use::discrete});
  auto layout = source.append_child("layout");
  set(layout, "dim-ordering", "alphabetic");
  set(layout, "measure-ordering", "alphabetic");
  set(layout, "show-structure", "true");
  write_colors(source, fields, workbook.colors);
  write_objects(source, fields, data);
}

void write_actions(pugi::xml_node root, const Workbook& workbook) {
  auto actions = root.append_child("actions");
  int number = 0;
  for (const auto& dashboard : workbook.dashboards) {
    for (const auto& sheet : dashboard.acting_sheets) {
      auto action = actions.append_child("action");
      set(action, "caption", "Filter " + dashboard.name + " by " + sheet);
      set(action, "name", "[Action" + std::to_string(++number) + "]");
      auto activation = action.append_child("activation");
      set(activation, "auto-clear", "true");
      set(activation, "type", "on-select");
      auto source = action.append_child("source");
      set(source, "dashboard", dashboard.name);
      set(source, "type", "sheet");
      set(source, "worksheet", sheet);
      auto command = action.append_child("command");
      set(command, "command", "tsc:tsl-filter");
      auto fields = command.append_child("param");
      set(fields, "name", "special-fields");
      set(fields, "value", "all");
      auto target = command.append_child("param");
      set(target, "name", "target");
      set(target, "value", dashboard.name);
    }
  }
  if (number == 0) root.remove_child(actions);
}

void place(pugi::xml_node zone, const Box& box, const Dashboard& dashboard, int& next_id) {
  const auto part = [](int pixels, int of) { return std::to_string(pixels * kGrid / of); };
  set(zone, "h", part(box.height, dashboard.height));
  set(zone, "id", std::to_string(next_id++));
  set(zone, "w", part(box.width, dashboard.width));
  set(zone, "x", part(box.x, dashboard.width));
  set(zone, "y", part(box.y, dashboard.height));
}

void check_sheet(const Workbook& workbook, const std::string& name) {
  const auto& all = workbook.sheets;
  if (std::none_of(all.begin(), all.end(), [&](const Sheet& one) { return one.name == name; }))
    throw Error(ErrorKind::internal, "the workbook has no sheet '" + name + "'");
}

const Sheet& sheet_named(const Workbook& workbook, const std::string& name) {
  check_sheet(workbook, name);
  return *std::find_if(workbook.sheets.begin(), workbook.sheets.end(),
                       [&](const Sheet& one) { return one.name == name; });
}

void write_dashboard(pugi::xml_node parent, const Fields& fields, const Workbook& workbook,
                     const Dashboard& dashboard, int& next_id) {
  auto node = parent.append_child("dashboard");
  set(node, "name", dashboard.name);
  auto rule = node.append_child("style").append_child("style-rule");
  set(rule, "element", "table");
  auto format = rule.append_child("format");
  set(format, "attr", "background-color");
  set(format, "value", "#f8f8f5");
  auto size = node.append_child("size");
  set(size, "maxheight", std::to_string(dashboard.height));
  set(size, "maxwidth", std::to_string(dashboard.width));
  set(size, "minheight", std::to_string(dashboard.height));
  set(size, "minwidth", std::to_string(dashboard.width));
  set(size, "sizing-mode", "fixed");
  std::vector<Pill> pills;
  for (const auto& filter : dashboard.filters) pills.push_back(filter.pill);
  if (!pills.empty()) write_dependencies(node, fields, workbook.data, pills);
  auto root = node.append_child("zones").append_child("zone");
  place(root, {0, 0, dashboard.width, dashboard.height}, dashboard, next_id);
  set(root, "type-v2", "layout-basic");
  for (const auto& text : dashboard.texts) {
    auto zone = root.append_child("zone");
    place(zone, text.box, dashboard, next_id);
    set(zone, "type-v2", "text");
    auto run = zone.append_child("formatted-text").append_child("run");
    if (text.bold) set(run, "bold", "true");
    set(run, "fontcolor", text.bold ? "#172126" : "#445158");
    set(run, "fontsize", std::to_string(text.size));
    run.text().set(text.text.c_str());
  }
  for (const auto& filter : dashboard.filters) {
    check_sheet(workbook, filter.sheet);
    auto zone = root.append_child("zone");
    place(zone, filter.box, dashboard, next_id);
    if (!filter.range) set(zone, "mode", "checkdropdown");
    set(zone, "name", filter.sheet);
    set(zone, "param", fields.qualified(filter.pill));
    set(zone, "type-v2", "filter");
    if (!filter.range) set(zone, "values", "database");
  }
  for (const auto& sheet : dashboard.sheets) {
    auto zone = root.append_child("zone");
    place(zone, sheet.box, dashboard, next_id);
    set(zone, "name", sheet.sheet);
    set(zone, "alt-text", sheet_named(workbook, sheet.sheet).alt_text);
  }
  set(node.append_child("simple-id"), "uuid", uuid("dashboard " + dashboard.name));
}

void write_strips(pugi::xml_node cards, const char* edge, std::initializer_list<const char*> types,
                  const char* size) {
  auto parent = cards.append_child("edge");
  set(parent, "name", edge);
  for (const auto* type : types) {
    auto strip = parent.append_child("strip");
    set(strip, "size", size);
    set(strip.append_child("card"), "type", type);
  }
}

void write_windows(pugi::xml_node root, const Workbook& workbook) {
  auto windows = root.append_child("windows");
  bool first = true;
  for (const auto& dashboard : workbook.dashboards) {
    auto window = windows.append_child("window");
    set(window, "class", "dashboard");
    if (first) set(window, "maximized", "true");
    first = false;
    set(window, "name", dashboard.name);
    auto points = window.append_child("viewpoints");
    for (const auto& sheet : dashboard.sheets) {
      auto point = points.append_child("viewpoint");
      set(point, "name", sheet.sheet);
      set(point.append_child("zoom"), "type", "entire-view");
    }
    set(window.append_child("active"), "id", "-1");
    set(window.append_child("simple-id"), "uuid", uuid("window " + dashboard.name));
  }
  for (const auto& sheet : workbook.sheets) {
    auto window = windows.append_child("window");
    set(window, "class", "worksheet");
    set(window, "hidden", "true");
    set(window, "name", sheet.name);
    auto cards = window.append_child("cards");
    write_strips(cards, "left", {"pages", "filters", "marks"}, "160");
    write_strips(cards, "top", {"columns", "rows", "title"}, "31");
    set(window.append_child("simple-id"), "uuid", uuid("window " + sheet.name));
  }
}

}  // namespace

std::string xml_of(const Workbook& workbook) {
  const Fields fields(workbook.data);
  pugi::xml_document document;
  auto declaration = document.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "utf-8");
  auto root = document.append_child("workbook");
  set(root, "original-version", kVersion);
  set(root, "source-build", "0.0.0 (0000.0.0.0)");
  set(root, "source-platform", "win");
  set(root, "version", kVersion);
  set(root, "xmlns:user", "http://www.tableausoftware.com/xml/user");
  auto manifest = root.append_child("document-format-change-manifest");
  for (const auto* feature : kFeatures) manifest.append_child(feature);
  write_datasource(root.append_child("datasources"), fields, workbook);
  write_actions(root, workbook);
  auto sheets = root.append_child("worksheets");
  for (const auto& sheet : workbook.sheets) write_sheet(sheets, fields, workbook.data, sheet);
  auto dashboards = root.append_child("dashboards");
  int next_id = 1;
  for (const auto& dashboard : workbook.dashboards)
    write_dashboard(dashboards, fields, workbook, dashboard, next_id);
  write_windows(root, workbook);
  std::ostringstream text;
  document.save(text, "  ", pugi::format_default, pugi::encoding_utf8);
  return text.str();
}

}  // namespace soundlake::tableau
