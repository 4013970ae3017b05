// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/cli/pipeline.hpp"

#include <string>

namespace soundlake::cli {

class Services;

/// What the person reads when a command is done: what was fetched, from where, what is unknown and
/// why, where the files are, what to do next.
std::string run_summary(Services& services, const RunResult& result, const Report& report);
std::string import_summary(const Services& services, const ImportResult& result,
                           const Report& report);
/// Of `import --check`.
std::string check_summary(const ImportResult& result, const Report& report);
std::string extract_summary(const ExtractResult& result, const Report& report);
std::string export_summary(const ExportResult& result);

}  // namespace soundlake::cli
