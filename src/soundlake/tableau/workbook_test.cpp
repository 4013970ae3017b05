// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/tableau/build.hpp"
#include "soundlake/tableau/package.hpp"
#include "soundlake/tableau/workbook_xml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <set>
#include <string>

namespace soundlake::tableau {
namespace {

using testing::HasSubstr;

stats::Sources nothing() {
  stats::Sources sources;
  sources.timezone = "Europe/Berlin";
  return sources;
}

stats::Dataset empty_dataset() {
  return stats::make_dataset([] { return std::optional<lake::PlayBatch>(); }, nothing());
}

stats::Dataset dataset_of_one(lake::Artist artist) {
  auto sources = nothing();
  lake::TopArtist top;
  top.snapshot_date = *base::parse_day("2026-03-01");
  top.time_range = "short_term";
  top.rank = 1;
  top.id = artist.key;
  top.name = artist.name;
  sources.top_artists = {top};
  sources.artists = {std::move(artist)};
  return stats::make_dataset([] { return std::optional<lake::PlayBatch>(); }, sources);
}

TEST(Workbook, OfAnEmptyLakeHasEveryTableWithoutRows) {
  const auto workbook = build(empty_dataset(), false);
  ASSERT_EQ(workbook.data.tables.size(), 4U);
  for (const auto& table : workbook.data.tables) EXPECT_TRUE(table.rows.empty()) << table.file;
  EXPECT_THAT(xml_of(workbook), HasSubstr("<worksheet name=\"Artist popularity\">"));
}

TEST(Workbook, CallsUnknownValuesUnknownAndLeavesTheirNumbersEmpty) {
  lake::Artist artist;
  artist.key = "a1";
  artist.name = "=1+1, \"100%\"";
  const auto workbook = build(dataset_of_one(artist), false);
  EXPECT_EQ(csv_of(workbook.data.tables[0]),
            "Artist key,Your order,Artist,Popularity,Popularity shown,Popularity source\r\n"
            "a1,1,\"=1+1, \"\"100%\"\"\",,unknown,unknown\r\n");
  EXPECT_THAT(csv_of(workbook.data.tables[1]), HasSubstr("\r\na1,1,unknown,unknown,1,unknown\r\n"));
}

TEST(Workbook, ResolvesEveryPillOfASheetToItsDeclaration) {
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(xml_of(build(empty_dataset(), false)).c_str()));
  for (const auto& sheet : document.select_nodes("//worksheet")) {
    std::set<std::string> instances;
    for (const auto& one : sheet.node().select_nodes(".//column-instance"))
      instances.insert(one.node().attribute("name").value());
    for (const auto& pill : sheet.node().select_nodes(".//encodings/*|.//filter")) {
      const std::string column = pill.node().attribute("column").value();
      const auto dot = column.find("].[");
      ASSERT_NE(dot, std::string::npos) << column;
      EXPECT_TRUE(instances.contains(column.substr(dot + 2))) << column;
    }
    EXPECT_FALSE(instances.empty());
  }
}

TEST(Workbook, RefusesAPillWithoutAColumnAndAZoneWithoutASheet) {
  auto pill = build(empty_dataset(), false);
  pill.sheets[0].rows.push_back({"Nowhere"});
  EXPECT_THROW(xml_of(pill), Error);
  auto zone = build(empty_dataset(), false);
  zone.dashboards[0].sheets.push_back({"No such sheet", {}});
  EXPECT_THROW(xml_of(zone), Error);
}

TEST(Workbook, SaysThatASimulatedListenerIsInvented) {
  EXPECT_THAT(xml_of(build(empty_dataset(), true)), HasSubstr("simulated listener"));
  EXPECT_THAT(xml_of(build(empty_dataset(), false)), testing::Not(HasSubstr("simulated")));
}

TEST(Package, OfEqualWorkbooksHasEqualBytes) {
  lake::Artist artist;
  artist.key = "a1";
  artist.name = "\u05d0\u05d1 🎻\nDuo";
  const auto data = dataset_of_one(artist);
  EXPECT_EQ(package_of(build(data, false)), package_of(build(data, false)));
}

}  // namespace
}  // namespace soundlake::tableau
