// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/zone.hpp"

#include <cstdint>

namespace soundlake::history {

/// `local_date` and `utc_offset_min` of a play.
struct LocalDay {
  std::int32_t date = 0;  ///< days since 1970
  std::int32_t offset_min = 0;
  friend bool operator==(const LocalDay&, const LocalDay&) = default;
};

/// The local days of many moments: what `localize` gives, quick when they come in order of time.
class LocalDays {
 public:
  explicit LocalDays(const base::Zone& zone) : zone_(zone) {}
  LocalDay of(base::Instant at);

 private:
  const base::Zone& zone_;
  base::ZonePeriod period_;  ///< empty before the first moment
};

}  // namespace soundlake::history
