// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/exports/export_input.hpp"

#include <map>
#include <string>
#include <vector>

namespace soundlake::exports {

struct ExportOptions {
  bool provenance = false;        ///< the compiled list says where each value is from
  bool spreadsheet_safe = false;  ///< also `*.sheet.csv` with formula-like cells guarded
};

/// Every exported file by its key in the lake (`exports/…`): `top_artists_info.json`, the tidy
/// CSVs, their sheet copies, and `SIMULATED.txt` beside the files of the simulated listener. A pure
/// function.
std::map<std::string, std::string> export_files(const ExportInput& input,
                                                const ExportOptions& options);

/// Every key that export_files can give, sorted: what may have to be removed again.
std::vector<std::string> export_keys();

}  // namespace soundlake::exports
