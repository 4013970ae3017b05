// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/history/merge_year.hpp"
#include "soundlake/lake/lake.hpp"

#include <vector>

/// Artists, albums and tracks as plays name them, without asking anybody.
namespace soundlake::history {

struct Catalogue {
  std::vector<lake::Artist> artists;
  std::vector<lake::Album> albums;
  std::vector<lake::Track> tracks;
};

/// What the told music names, leaving out rows that a better source covers. Artists and albums have
/// name keys. A track with a URI has its Spotify id as key and the keys of its titles as aliases:
/// several URIs of one song share an alias, and a renamed URI has several. Sorted by key.
struct HeardMusic {
  std::vector<lake::Artist> artists;
  std::vector<lake::Album> albums;
  lake::RowSource<lake::Track> tracks;  ///< by far the most
};
HeardMusic hear(const ToldPlays& told, const std::vector<Verdict>& verdicts);
/// The same with rows for the tracks.
Catalogue heard_in(const ToldPlays& told, const std::vector<Verdict>& verdicts);

/// The known rows with what they lack: rows, aliases, fields that are unknown. Known values stay.
/// Names are linked.
Catalogue with_heard(Catalogue known, Catalogue heard);
/// The same for the tables of the lake.
void add_heard(lake::Edit& edit, HeardMusic heard);

/// Leads every name key to the row of the same name that has a Spotify id: the key becomes an alias
/// there and its own row goes. Of several artists (albums) of one name the first by key gets it,
/// and keeps it; tracks share it, since they are one song. Rows of the Web API that come later are
/// linked by the next call.
void link_names(Catalogue& catalogue);
/// The same for the tables of the lake; for use after rows of the Web API came in.
void link_names(lake::Edit& edit);

}  // namespace soundlake::history
