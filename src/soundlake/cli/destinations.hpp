// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/database.hpp"

#include <string>
#include <vector>

namespace soundlake::cli {

/// Where this home has loaded lakes to, in state.db: so that `forget` reaches every copy, and a
/// load that was stopped is taken up. The database must outlive this.
class Destinations {
 public:
  explicit Destinations(base::Database& database);

  /// A load to this place begins. False when one began before and never ended.
  bool begin(const std::string& lake, const std::string& place);
  void end(const std::string& lake, const std::string& place);
  /// The places this lake was loaded to, ended or not, by name.
  std::vector<std::string> of(const std::string& lake) const;

 private:
  base::Database& database_;
};

}  // namespace soundlake::cli
