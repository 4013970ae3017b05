// SPDX-License-Identifier: Apache-2.0
#include "soundlake/tableau/sheet_xml.hpp"

#include "soundlake/base/text.hpp"

#include <pugixml.hpp>

#include <map>
#include <set>

namespace soundlake::tableau {
namespace {

std::vector<Pill> of_marks(const Sheet& sheet) {
  std::vector<Pill> pills = sheet.rows;
  pills.insert(pills.end(), sheet.columns.begin(), sheet.columns.end());
  pills.insert(pills.end(), sheet.detail.begin(), sheet.detail.end());
  for (const auto& one : {sheet.color, sheet.shape, sheet.label})
    if (one) pills.push_back(*one);
  return pills;
}

std::vector<Pill> of_tooltip(const Sheet& sheet) {
  std::vector<Pill> pills;
  for (const auto& part : sheet.tooltip)
    if (const auto* pill = std::get_if<Pill>(&part)) pills.push_back(*pill);
  return pills;
}

std::string shelf(const Fields& fields, const std::vector<Pill>& pills) {
  std::vector<std::string> names;
  for (const auto& pill : pills) names.push_back(fields.qualified(pill));
  const auto text = base::join(names, " / ");
  return names.size() > 1 ? "(" + text + ")" : text;
}

void write_filter(pugi::xml_node view, const Fields& fields, const Filter& filter) {
  auto node = view.append_child("filter");
  set(node, "class", filter.range ? "quantitative" : "categorical");
  set(node, "column", fields.qualified(filter.pill));
  set(node, "filter-group", std::to_string(filter.group));
  if (filter.range) {
    set(node, "included-values", "in-range-or-null");
    node.append_child("min").text().set(filter.least.c_str());
    node.append_child("max").text().set(filter.most.c_str());
    return;
  }
  auto group = node.append_child("groupfilter");
  set(group, "function", "level-members");
  set(group, "level", fields.instance(filter.pill));
  set(group, "user:ui-enumeration", "all");
  set(group, "user:ui-marker", "enumerate");
}

void write_tooltip(pugi::xml_node pane, const Fields& fields, const Sentence& tooltip) {
  auto text = pane.append_child("customized-tooltip").append_child("formatted-text");
  for (const auto& part : tooltip) {
    auto run = text.append_child("run");
    const auto* pill = std::get_if<Pill>(&part);
    run.text().set(
        (pill != nullptr ? "<" + fields.qualified(*pill) + ">" : std::get<std::string>(part))
            .c_str());
  }
}

void write_encodings(pugi::xml_node pane, const Fields& fields, const Sheet& sheet) {
  const auto marks = of_marks(sheet);
  auto encodings = pane.append_child("encodings");
  const auto encode = [&](const char* name, const Pill& pill) {
    set(encodings.append_child(name), "column", fields.qualified(pill));
  };
  if (sheet.color) encode("color", *sheet.color);
  if (sheet.shape) encode("shape", *sheet.shape);
  if (sheet.label) encode("text", *sheet.label);
  for (const auto& pill : sheet.detail) encode("lod", pill);
  std::set<std::string> told;
  for (const auto& pill : marks) told.insert(fields.qualified(pill));
  for (const auto& pill : of_tooltip(sheet))
    if (told.insert(fields.qualified(pill)).second) encode("tooltip", pill);
}

}  // namespace

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(value.c_str());
}

void write_column(pugi::xml_node parent, const Column& column) {
  auto node = parent.append_child("column");
  set(node, "datatype", datatype(column.type));
  set(node, "name", "[" + column.name + "]");
  set(node, "role", column.dimension ? "dimension" : "measure");
  set(node, "type", scale(column));
}

void write_instance(pugi::xml_node parent, const Fields& fields, const Pill& pill) {
  auto node = parent.append_child("column-instance");
  set(node, "column", "[" + pill.column + "]");
  set(node, "derivation", derivation(pill.use));
  set(node, "name", fields.instance(pill));
  set(node, "pivot", "key");
  set(node, "type", scale(pill, fields.column(pill.column)));
}

void write_dependencies(pugi::xml_node parent, const Fields& fields, const Datasource& data,
                        const std::vector<Pill>& pills) {
  auto source = parent.append_child("datasources").append_child("datasource");
  set(source, "caption", data.caption);
  set(source, "name", fields.datasource());
  auto node = parent.append_child("datasource-dependencies");
  set(node, "datasource", fields.datasource());
  std::map<std::string, const Column*> columns;
  std::map<std::string, Pill> instances;
  for (const auto& pill : pills) {
    columns[pill.column] = &fields.column(pill.column);
    instances[fields.instance(pill)] = pill;
  }
  for (const auto& [name, column] : columns) write_column(node, *column);
  for (const auto& [name, pill] : instances) write_instance(node, fields, pill);
}

void write_sheet(pugi::xml_node parent, const Fields& fields, const Datasource& data,
                 const Sheet& sheet) {
  auto node = parent.append_child("worksheet");
  set(node, "name", sheet.name);
  auto options = node.append_child("layout-options");
  auto title = options.append_child("title").append_child("formatted-text").append_child("run");
  set(title, "bold", "true");
  set(title, "fontcolor", "#172126");
  set(title, "fontsize", "12");
  title.text().set(sheet.title.c_str());
  options.append_child("alt-text")
      .append_child("formatted-text")
      .append_child("run")
      .text()
      .set(sheet.alt_text.c_str());

  auto table = node.append_child("table");
  auto view = table.append_child("view");
  auto pills = of_marks(sheet);
  const auto tooltip = of_tooltip(sheet);
  pills.insert(pills.end(), tooltip.begin(), tooltip.end());
  for (const auto& filter : sheet.filters) pills.push_back(filter.pill);
  write_dependencies(view, fields, data, pills);
  for (const auto& filter : sheet.filters) write_filter(view, fields, filter);
  if (!sheet.filters.empty()) {
    auto slices = view.append_child("slices");
    for (const auto& filter : sheet.filters)
      slices.append_child("column").text().set(fields.qualified(filter.pill).c_str());
  }
  set(view.append_child("aggregation"), "value", "true");

  table.append_child("style");
  auto pane = table.append_child("panes").append_child("pane");
  set(pane, "selection-relaxation-option", "selection-relaxation-allow");
  set(pane.append_child("view").append_child("breakdown"), "value", "auto");
  set(pane.append_child("mark"), "class", sheet.mark);
  write_encodings(pane, fields, sheet);
  if (!sheet.tooltip.empty()) write_tooltip(pane, fields, sheet.tooltip);
  table.append_child("rows").text().set(shelf(fields, sheet.rows).c_str());
  table.append_child("cols").text().set(shelf(fields, sheet.columns).c_str());
  set(node.append_child("simple-id"), "uuid", uuid("sheet " + sheet.name));
}

}  // namespace soundlake::tableau
