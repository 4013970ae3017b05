// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/export_stage.hpp"

#include "soundlake/cli/services.hpp"
#include "soundlake/cli/settle_zone.hpp"
#include "soundlake/exports/compiled.hpp"
#include "soundlake/exports/export_files.hpp"

#include <algorithm>

namespace soundlake::cli {

ExportResult put_exports(lake::Edit& edit, const ExportRequest& request) {
  ExportResult result;
  const auto input = exports::export_input(edit);
  const auto artists = static_cast<std::int64_t>(exports::compile_artists(input).size());
  const auto files = exports::export_files(
      input, {.provenance = request.provenance, .spreadsheet_safe = request.spreadsheet_safe});
  for (const auto& key : exports::export_keys()) {
    const auto file = files.find(key);
    if (file == files.end()) {
      edit.remove(key);
    } else {
      result.files.push_back(key);
      edit.put(key, file->second);
    }
  }
  result.counts = {{"artists", artists}, {"files", static_cast<std::int64_t>(result.files.size())}};
  return result;
}

void count_changed(ExportResult& result, const lake::CommitResult& committed) {
  result.counts.emplace_back(
      "files_changed", std::count_if(committed.changed.begin(), committed.changed.end(),
                                     [](const auto& key) { return key.starts_with("exports/"); }));
}

ExportResult export_stage(Services& services, const ExportRequest& request) {
  const base::Instant started_at = services.now();
  lake::Lake lake = services.open_lake();
  ExportResult result;
  std::string moved_zone;
  const auto committed =
      lake.commit({.command = request.command, .started_at = started_at}, [&](lake::Edit& edit) {
        moved_zone = settle_zone(edit, services.settings()).moved;
        result = put_exports(edit, request);
      });
  count_changed(result, committed);
  result.moved_zone = moved_zone;
  result.lake = lake.store().address();
  return result;
}

}  // namespace soundlake::cli
