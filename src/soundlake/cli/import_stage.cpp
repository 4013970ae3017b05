// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/import_stage.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/stop.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/cli/import_report.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/settle_zone.hpp"
#include "soundlake/sim/history_export.hpp"

#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>

namespace soundlake::cli {
namespace {

using Steady = std::chrono::steady_clock;

std::chrono::milliseconds since(Steady::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - start);
}

/// The simulator puts a notice into its exports; whoever takes it out, takes them for real ones.
bool is_simulated(const history::ReadExports& exports) {
  return std::any_of(exports.ignored.begin(), exports.ignored.end(),
                     [](const auto& file) { return file.name.ends_with(sim::kSimulatedNotice); });
}

void refuse_another_listener(Services& services, const history::ReadExports& exports) {
  const bool simulated = is_simulated(exports);
  if (simulated == services.simulated()) return;
  const std::string lake = services.store()->address();
  throw Error(ErrorKind::refused,
              simulated ? "this export is the simulated listener's and never goes into a real lake"
                        : "the lake " + lake +
                              " belongs to the simulated listener and takes no real export",
              simulated ? "`soundlake demo` imports it into a lake of its own"
                        : "name a lake of your own: --lake FOLDER");
}

/// Big buffers come from the system and go back to it. Otherwise the C library takes ever bigger
/// ones into its heaps as soon as one was freed, where small things hold on to them.
void give_big_buffers_back() {
#ifdef __GLIBC__
  constexpr int kBig = 1 << 20;
  mallopt(M_MMAP_THRESHOLD, kBig);
#endif
}

history::ReadExports read(Services& services, const ImportRequest& request, Report& report) {
  give_big_buffers_back();
  auto exports = history::read_exports(request.paths, services.progress());
  tell_unreadable(exports, report);
  require_history(exports, request.paths);
  refuse_another_listener(services, exports);
  base::throw_if_stopped();
  return exports;
}

}  // namespace

ImportResult import_stage(Services& services, const ImportRequest& request, Report& report) {
  const auto start = Steady::now();
  const base::Instant started_at = services.now();
  auto exports = read(services, request, report);

  lake::Lake lake = services.lake_to_write();
  auto& progress = services.progress();
  progress.begin("writing the lake", 0);
  const auto writing = Steady::now();
  ImportResult result;
  lake::RunInfo run{.command = request.command, .started_at = started_at};
  const auto committed = lake.commit(run, [&](lake::Edit& edit) {
    base::throw_if_stopped();
    auto settled = settle_zone(edit, services.settings());
    result.moved_zone = settled.moved;
    result.books = history::apply_import(edit, exports, settled.zone);
    result.exported = put_exports(edit, {.command = request.command});
    run.counts = counts_json(import_counts(result.books));
    base::throw_if_stopped();
  });
  progress.end(fmt::format("{} rows stored, {} objects in {:.1f} s",
                           base::group_digits(result.books.total.stored), committed.changed.size(),
                           static_cast<double>(since(writing).count()) / 1000));
  count_changed(result.exported, committed);
  result.changed = committed.changed;
  result.ignored = std::move(exports.ignored);
  result.lake = result.exported.lake = lake.store().address();
  result.took = since(start);
  return result;
}

ImportResult check_stage(Services& services, const ImportRequest& request, Report& report) {
  const auto start = Steady::now();
  const auto view = services.open_lake().view();
  auto exports = read(services, request, report);
  ImportResult result;
  result.books = history::check_import(view, exports, base::Zone::named(view.identity().timezone));
  for (const auto& file : result.books.files) {
    if (file.stored == 0) continue;
    report.problems.push_back({"missing_rows",
                               base::group_digits(file.stored) + " of its " +
                                   base::group_digits(file.rows_read) + " rows are not in the lake",
                               "run: soundlake import", file.name});
  }
  result.ignored = std::move(exports.ignored);
  result.lake = services.store()->address();
  result.took = since(start);
  return result;
}

}  // namespace soundlake::cli
