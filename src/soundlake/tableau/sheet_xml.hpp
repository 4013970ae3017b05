// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/tableau/fields.hpp"

#include <vector>

namespace pugi {
class xml_node;
}  // namespace pugi

/// Parts of the XML, for workbook_xml.cpp alone.
namespace soundlake::tableau {

void set(pugi::xml_node node, const char* name, const std::string& value);
/// What a sheet or dashboard says it needs of the data source.
void write_dependencies(pugi::xml_node parent, const Fields& fields, const Datasource& data,
                        const std::vector<Pill>& pills);
/// The column as the data source and every sheet that uses it declare it.
void write_column(pugi::xml_node parent, const Column& column);
void write_instance(pugi::xml_node parent, const Fields& fields, const Pill& pill);
void write_sheet(pugi::xml_node parent, const Fields& fields, const Datasource& data,
                 const Sheet& sheet);

}  // namespace soundlake::tableau
