// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/destinations.hpp"

namespace soundlake::cli {

Destinations::Destinations(base::Database& database) : database_(database) {
  database_.execute(
      "CREATE TABLE IF NOT EXISTS destinations (lake TEXT NOT NULL, place TEXT NOT NULL, "
      "under_way INTEGER NOT NULL, PRIMARY KEY (lake, place))");
}

bool Destinations::begin(const std::string& lake, const std::string& place) {
  auto query = database_.prepare("SELECT under_way FROM destinations WHERE lake = ? AND place = ?");
  query.bind(0, lake).bind(1, place);
  const bool ended = !query.step() || query.integer(0) == 0;
  database_
      .prepare(
          "INSERT INTO destinations (lake, place, under_way) VALUES (?, ?, 1) ON CONFLICT (lake, "
          "place) DO UPDATE SET under_way = 1")
      .bind(0, lake)
      .bind(1, place)
      .run();
  return ended;
}

void Destinations::end(const std::string& lake, const std::string& place) {
  database_.prepare("UPDATE destinations SET under_way = 0 WHERE lake = ? AND place = ?")
      .bind(0, lake)
      .bind(1, place)
      .run();
}

std::vector<std::string> Destinations::of(const std::string& lake) const {
  auto query = database_.prepare("SELECT place FROM destinations WHERE lake = ? ORDER BY place");
  query.bind(0, lake);
  std::vector<std::string> places;
  while (query.step()) places.push_back(query.text(0));
  return places;
}

}  // namespace soundlake::cli
