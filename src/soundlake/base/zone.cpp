// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/zone.hpp"

#include "soundlake/base/error.hpp"

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

namespace soundlake::base {
namespace chr = std::chrono;

struct Zone::Rules {
  cctz::time_zone zone;
};

Zone::Zone(std::string name, std::shared_ptr<const Rules> rules)
    : name_(std::move(name)), rules_(std::move(rules)) {}

Zone Zone::named(const std::string& name) {
  auto rules = std::make_shared<Rules>();
  // An absolute path would be read as a zone file; only names of the database are zones here.
  const bool plain = !name.empty() && name.front() != '/' && name.find("..") == std::string::npos;
  if (!plain || !cctz::load_time_zone(name, &rules->zone)) {
    throw Error(ErrorKind::config, "this system knows no time zone '" + name + "'",
                "use a name like Europe/Berlin or America/New_York; `ls /usr/share/zoneinfo` lists "
                "them (package tzdata)");
  }
  return Zone(name, std::move(rules));
}

Zone Zone::utc() {
  auto rules = std::make_shared<Rules>();
  rules->zone = cctz::utc_time_zone();
  return Zone("UTC", std::move(rules));
}

std::string Zone::system_name() {
  const auto known = [](const std::string& name) {
    cctz::time_zone zone;
    return !name.empty() && name.front() != '/' && cctz::load_time_zone(name, &zone);
  };
  if (const char* tz = std::getenv("TZ")) {
    std::string name = *tz == ':' ? tz + 1 : tz;
    if (known(name)) return name;
  }
  std::error_code ignored;
  const auto target = std::filesystem::read_symlink("/etc/localtime", ignored).string();
  if (const auto at = target.find("zoneinfo/"); at != std::string::npos) {
    auto name = target.substr(at + 9);
    if (known(name)) return name == "Etc/UTC" ? "UTC" : name;
  }
  std::string line;
  if (std::getline(std::ifstream("/etc/timezone"), line) && known(line)) {
    return line == "Etc/UTC" ? "UTC" : line;
  }
  return "UTC";
}

LocalTime Zone::local(Instant at) const {
  const auto seconds = chr::floor<chr::seconds>(at);
  const auto lookup = rules_->zone.lookup(chr::time_point_cast<cctz::seconds>(
      chr::system_clock::time_point(seconds.time_since_epoch())));
  const cctz::civil_day day(lookup.cs);
  return LocalTime{
      .date = Day{chr::days(day - cctz::civil_day(1970, 1, 1))},
      .hour = lookup.cs.hour(),
      .minute = lookup.cs.minute(),
      .weekday = static_cast<int>(cctz::get_weekday(day)) + 1,
      .offset_min = lookup.offset / 60,
  };
}

ZonePeriod Zone::period(Instant at) const {
  const auto moment_of = [&](const cctz::civil_second& first) {
    const auto lookup = rules_->zone.lookup(first);
    const auto moment =
        lookup.kind == cctz::time_zone::civil_lookup::UNIQUE ? lookup.pre : lookup.trans;
    return Instant{chr::duration_cast<chr::microseconds>(moment.time_since_epoch())};
  };
  const auto second = chr::time_point_cast<cctz::seconds>(
      chr::system_clock::time_point(chr::floor<chr::seconds>(at).time_since_epoch()));
  ZonePeriod period{.from = Instant::min(),
                    .to = Instant::max(),
                    .offset = chr::seconds(rules_->zone.lookup(second).offset)};
  cctz::time_zone::civil_transition change;
  // A change at this very second is the beginning of the period.
  if (rules_->zone.prev_transition(second + cctz::seconds(1), &change)) {
    period.from = moment_of(change.to);
  }
  if (rules_->zone.next_transition(second, &change)) period.to = moment_of(change.to);
  return period;
}

Instant Zone::start_of(Day day) const {
  const auto start =
      cctz::civil_second(cctz::civil_day(1970, 1, 1) + day.time_since_epoch().count());
  const auto lookup = rules_->zone.lookup(start);
  // A day that begins inside a skipped hour begins at the transition.
  const auto at = lookup.kind == cctz::time_zone::civil_lookup::SKIPPED ? lookup.trans : lookup.pre;
  return Instant{chr::duration_cast<chr::microseconds>(at.time_since_epoch())};
}

}  // namespace soundlake::base
