// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"

#include <memory>
#include <string>

namespace soundlake::base {

/// A moment as a person in a zone sees it.
struct LocalTime {
  Day date;
  int hour = 0;        ///< 0..23
  int minute = 0;      ///< 0..59
  int weekday = 1;     ///< 1 = Monday … 7 = Sunday
  int offset_min = 0;  ///< local minus UTC, in minutes
};

/// A stretch of time during which a zone keeps one offset.
struct ZonePeriod {
  Instant from;  ///< the first moment of it
  Instant to;    ///< the first moment after it
  std::chrono::seconds offset{0};
};

/// A time zone of the IANA database, read from the system's zone files (slim ones included).
class Zone {
 public:
  /// Throws Error{config} when the system knows no zone of this name.
  static Zone named(const std::string& name);
  static Zone utc();
  /// The name of the machine's own zone (TZ, /etc/localtime, /etc/timezone); "UTC" when none is
  /// set.
  static std::string system_name();

  const std::string& name() const { return name_; }
  LocalTime local(Instant at) const;
  /// The period that holds this moment, for whoever asks about many moments in a row.
  ZonePeriod period(Instant at) const;
  /// The first moment of a local day.
  Instant start_of(Day day) const;

 private:
  struct Rules;
  Zone(std::string name, std::shared_ptr<const Rules> rules);
  std::string name_;
  std::shared_ptr<const Rules> rules_;
};

}  // namespace soundlake::base
