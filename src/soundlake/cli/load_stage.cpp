// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/load_stage.hpp"

#include "soundlake/base/files.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/cli/destinations.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/stores.hpp"
#include "soundlake/lake/copy.hpp"
#include "soundlake/store/s3_location.hpp"

#include <fmt/format.h>

namespace soundlake::cli {
namespace {

constexpr std::int64_t kKilobyte = 1000;

void refuse_same_place(const std::string& from, const std::string& to) {
  const auto inside = [](const std::string& inner, const std::string& outer) {
    return inner == outer || inner.starts_with(outer + "/");
  };
  if (!inside(from, to) && !inside(to, from)) return;
  throw Error(ErrorKind::usage, "the lake lies in " + from + ", and " + to + " is the same place",
              "name a place that is neither the lake's nor inside it nor around it");
}

std::int64_t count_named(const Counts& counts, const std::string& name) {
  for (const auto& [known, number] : counts) {
    if (known == name) return number;
  }
  return 0;
}

}  // namespace

LoadResult load_stage(Services& services, const LoadRequest& request, Report& report) {
  const auto to = services.stores().at(request.to);
  const std::string address = services.store()->address();
  refuse_same_place(address, to->address());
  auto lake = services.open_lake();
  Destinations destinations(services.state());
  // Two loads from this machine would put their objects between each other's.
  const base::FileLock lock(services.settings().path("home") / "load.lock");
  lake::CopyOptions options{.verify = request.verify,
                            .dry_run = request.dry_run,
                            .purge = request.purge,
                            .single_writer = services.settings().text("single_writer") == "yes",
                            .read_before_sending = store::is_s3_uri(address)};
  if (!request.dry_run && !destinations.begin(address, request.to)) options.verify = true;
  auto& progress = services.progress();
  bool begun = false;
  options.progress = [&](std::int64_t done, std::int64_t total) {
    if (!begun) progress.begin("Loading, kB", total / kKilobyte);
    begun = true;
    progress.advance(done / kKilobyte);
  };
  const auto copied =
      lake::copy_lake(lake, *to, {.command = request.command, .started_at = services.now()},
                      services.now(), options);
  if (!request.dry_run && copied.not_removed.empty()) destinations.end(address, request.to);
  LoadResult result{.counts = {{"objects_total", copied.objects_total},
                               {"objects_uploaded", copied.objects_uploaded},
                               {"objects_unchanged", copied.objects_unchanged},
                               {"objects_deleted", copied.objects_deleted},
                               {"bytes_uploaded", copied.bytes_uploaded}},
                    .to = to->address()};
  if (begun) progress.end(loaded_line(result));
  for (const auto& what : copied.not_removed) {
    report.problems.push_back(
        {"io", "could not remove " + what, "load again, or remove it by hand", to->address()});
  }
  return result;
}

std::string loaded_line(const LoadResult& result) {
  const auto count = [&result](const char* name) { return count_named(result.counts, name); };
  return fmt::format(
      "{} of {} objects sent ({:.1f} MB), {} unchanged, {} deleted",
      base::group_digits(count("objects_uploaded")), base::group_digits(count("objects_total")),
      static_cast<double>(count("bytes_uploaded")) / 1e6,
      base::group_digits(count("objects_unchanged")), base::group_digits(count("objects_deleted")));
}

}  // namespace soundlake::cli
