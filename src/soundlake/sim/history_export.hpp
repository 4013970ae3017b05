// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/sim/listener.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::sim {

/// What a person asks Spotify for under "Download your data".
enum class ExportPackage {
  extended,  ///< the streaming history of the account's lifetime
  account,   ///< account data, with the streams of the last twelve months
};
const std::vector<std::string>& export_package_names();
std::optional<ExportPackage> export_package_named(const std::string& name);

/// The name of the file in such a zip that says that nothing in it is real.
constexpr const char* kSimulatedNotice = "SIMULATED.txt";

struct HistoryExport {
  ExportPackage package = ExportPackage::extended;
  base::Instant until;                 ///< plays that ended by then
  std::size_t rows_per_file = 15'500;  ///< of extended files; account files end at 10 000
};

/// The bytes of `my_spotify_data.zip` as Spotify would send it to this listener, in the form of
/// 2025: names and order of the files, the keys of each row, the folder entry that is a file, the
/// traps of the zip. Some music is heard as video and some episodes have lost their names, as in
/// genuine exports. The addresses in it belong to nobody (RFC 5737). Beside what Spotify puts in
/// there is kSimulatedNotice.
std::string history_export(const Listener& listener, const HistoryExport& wanted);

}  // namespace soundlake::sim
