// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/computations.hpp"
#include "soundlake/stats/figures.hpp"

namespace soundlake::stats {
namespace {

std::int64_t flags_set(const std::vector<char>& flags) {
  std::int64_t number = 0;
  for (std::size_t i = 1; i < flags.size(); ++i) number += flags[i];
  return number;
}

}  // namespace

Figures figures_of(const Ask& ask, const Selection& counted) {
  Figures figures;
  const auto& plays = counted.plays();
  std::vector<char> artists(ask.data.artists.size() + 1);
  std::vector<char> albums(ask.data.albums.size() + 1);
  std::vector<char> tracks(ask.data.tracks.size() + 1);
  std::int32_t day = std::numeric_limits<std::int32_t>::min();
  counted.each([&](std::size_t row) {
    ++figures.plays;
    figures.ms += plays.ms[row];
    if (is_estimated(plays.facts[row])) figures.ms_estimated += plays.ms[row];
    artists[Entities::at(plays.artist[row] + 1)] = 1;
    albums[Entities::at(plays.album[row] + 1)] = 1;
    tracks[Entities::at(plays.track[row] + 1)] = 1;
    if (plays.day[row] != day) {
      day = plays.day[row];
      ++figures.days;
    }
  });
  figures.artists = flags_set(artists);
  figures.albums = flags_set(albums);
  figures.tracks = flags_set(tracks);
  return figures;
}

void totals(const Ask& ask, Result& result) {
  const auto figures = figures_of(ask, ask.counted);
  result.table.columns = {{"plays", Unit::count},     {"ms", Unit::ms},
                          {"ms_estimated", Unit::ms}, {"artists", Unit::count},
                          {"albums", Unit::count},    {"tracks", Unit::count},
                          {"days", Unit::count}};
  result.table.rows.push_back({figures.plays, figures.ms, figures.ms_estimated, figures.artists,
                               figures.albums, figures.tracks, figures.days});
}

}  // namespace soundlake::stats
