// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/tableau_stage.hpp"

#include "soundlake/cli/services.hpp"
#include "soundlake/stats/dataset.hpp"
#include "soundlake/tableau/build.hpp"
#include "soundlake/tableau/package.hpp"

namespace soundlake::cli {
namespace {

std::int64_t rows_of(const tableau::Workbook& workbook, const char* file) {
  for (const auto& table : workbook.data.tables)
    if (table.file == file) return static_cast<std::int64_t>(table.rows.size());
  return 0;
}

}  // namespace

TableauResult tableau_stage(Services& services, const std::string& command) {
  const base::Instant started_at = services.now();
  lake::Lake lake = services.open_lake();
  TableauResult result;
  const auto committed =
      lake.commit({.command = command, .started_at = started_at}, [&](lake::Edit& edit) {
        const auto workbook =
            tableau::build(stats::load(edit.view()), edit.view().identity().simulated);
        result.counts = {{"artists", rows_of(workbook, "artists.csv")},
                         {"tracks", rows_of(workbook, "artist_top_tracks.csv")},
                         {"albums", rows_of(workbook, "artist_albums.csv")}};
        edit.put(kWorkbookKey, tableau::package_of(workbook));
      });
  result.counts.emplace_back("files_changed", static_cast<std::int64_t>(committed.changed.size()));
  result.lake = lake.store().address();
  return result;
}

}  // namespace soundlake::cli
