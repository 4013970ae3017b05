// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/csv.hpp"

#include <gmock/gmock.h>

#include <random>

namespace soundlake::exports {
namespace {

/// An RFC 4180 reader of its own, strict: what it does not expect fails the test.
std::vector<std::vector<std::string>> parse(const std::string& csv) {
  std::vector<std::vector<std::string>> lines;
  std::vector<std::string> line;
  std::size_t at = 0;
  while (at < csv.size()) {
    std::string cell;
    if (csv[at] == '"') {
      for (++at; at < csv.size(); ++at) {
        if (csv[at] != '"') {
          cell += csv[at];
        } else if (at + 1 < csv.size() && csv[at + 1] == '"') {
          cell += csv[at++];
        } else {
          break;
        }
      }
      ++at;
    } else {
      while (at < csv.size() && csv[at] != ',' && csv[at] != '\r') cell += csv[at++];
      EXPECT_EQ(cell.find_first_of("\"\n"), std::string::npos)
          << "should have been quoted: " << cell;
    }
    line.push_back(std::move(cell));
    if (at < csv.size() && csv[at] == ',') {
      ++at;
      if (at == csv.size()) ADD_FAILURE() << "the last line does not end";
      continue;
    }
    EXPECT_EQ(csv.substr(at, 2), "\r\n");
    at += 2;
    lines.push_back(std::exchange(line, {}));
  }
  return lines;
}

Cell text(std::string value) {
  return {std::move(value), false};
}

std::string line(const std::vector<Cell>& cells, bool spreadsheet_safe = false) {
  return csv_text({.header = {"a"}, .rows = {cells}}, spreadsheet_safe).substr(3);
}

TEST(Csv, LinesEndWithCrLfAndPlainCellsStandBare) {
  EXPECT_EQ(csv_text({.header = {"name", "rank"}, .rows = {{text("Drake"), {"1", true}}}}),
            "name,rank\r\nDrake,1\r\n");
}

TEST(Csv, OnlyCellsThatNeedItAreQuoted) {
  EXPECT_EQ(line({text("Earth, Wind & Fire"), text("\"Weird Al\""), text(" padded "), text("a\nb"),
                  text("it's"), text("a;b")}),
            "\"Earth, Wind & Fire\",\"\"\"Weird Al\"\"\", padded ,\"a\nb\",it's,a;b\r\n");
}

TEST(Csv, NullIsAnEmptyCell) {
  EXPECT_EQ(line({{}, text("x"), {}}), ",x,\r\n");
}

TEST(Csv, ValuesAreExact) {
  EXPECT_EQ(line({text("+44"), text("=1+1"), text("椎名林檎"), text("Sigur Rós")}),
            "+44,=1+1,椎名林檎,Sigur Rós\r\n");
}

TEST(Csv, ATableWithoutRowsStillHasItsHeader) {
  EXPECT_EQ(csv_text({.header = {"a", "b"}, .rows = {}}), "a,b\r\n");
}

TEST(SheetCsv, WhatASpreadsheetWouldRunIsGuarded) {
  EXPECT_EQ(line({text("=1+1"), text("+44"), text("-M-"), text("@home"), text("\ttab"),
                  text("\rreturn"), text("a=b"), text("'quoted")},
                 true),
            "'=1+1,'+44,'-M-,'@home,'\ttab,\"'\rreturn\",a=b,'quoted\r\n");
}

TEST(SheetCsv, AGuardedCellIsQuotedAsAnyOther) {
  EXPECT_EQ(line({text("=HYPERLINK(\"x\",\"y\")")}, true),
            "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n");
}

TEST(SheetCsv, NumbersStayNumbers) {
  EXPECT_EQ(line({{"-5", true}, {"+1", true}}, true), "-5,+1\r\n");
}

TEST(Csv, AnyTextReadsBackExactly) {
  std::mt19937 random(4180);
  const std::vector<std::string> pieces{",", "\"", "\r", "\n", "\r\n", "a",
                                        " ", "=",  "é",  "本", "'",    ""};
  for (int round = 0; round < 300; ++round) {
    CsvTable table;
    const std::size_t width = 1 + random() % 4;
    std::vector<std::vector<std::string>> expected(1);
    for (std::size_t i = 0; i < width; ++i) table.header.push_back("h" + std::to_string(i));
    expected[0] = table.header;
    for (std::size_t r = 0, rows = random() % 5; r < rows; ++r) {
      std::vector<Cell> row;
      expected.emplace_back();
      for (std::size_t i = 0; i < width; ++i) {
        std::string value;
        for (std::size_t p = 0, count = random() % 5; p < count; ++p) {
          value += pieces[random() % pieces.size()];
        }
        expected.back().push_back(value);
        row.push_back(text(value));
      }
      table.rows.push_back(std::move(row));
    }
    ASSERT_EQ(parse(csv_text(table)), expected);
  }
}

}  // namespace
}  // namespace soundlake::exports
