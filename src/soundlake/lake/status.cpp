// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/status.hpp"

namespace soundlake::lake {

LakeStatus status_of(const View& view) {
  LakeStatus status;
  for (const auto& entry : view.objects()) {
    ++status.objects;
    status.bytes += entry.size;
    if (entry.rows) status.table_rows[entry.key.substr(0, entry.key.find('/'))] += *entry.rows;
  }
  status.open_txns = view.open_txns();
  return status;
}

}  // namespace soundlake::lake
