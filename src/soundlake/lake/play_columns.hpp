// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/play_batch.hpp"
#include "soundlake/lake/schemas.hpp"

#include <tuple>
#include <utility>

namespace soundlake::lake {

/// The members of a batch, in the order of the columns of plays.
inline auto play_batch_members() {
  using B = PlayBatch;
  return std::tuple{&B::play_id,      &B::played_at,      &B::started_at,   &B::reported_at,
                    &B::local_date,   &B::utc_offset_min, &B::ms_played,    &B::ms_estimated,
                    &B::kind,         &B::spotify_uri,    &B::track_name,   &B::artist_name,
                    &B::album_name,   &B::show_name,      &B::episode_name, &B::audiobook_name,
                    &B::chapter_name, &B::platform,       &B::country,      &B::reason_start,
                    &B::reason_end,   &B::shuffle,        &B::skipped,      &B::offline,
                    &B::incognito,    &B::source,         &B::length_ms};
}

/// Calls `visit(label, member of Play, member of PlayBatch)` for every column in file order.
template <class Visit>
void for_each_play_column(const Visit& visit) {
  const auto columns = Schema<Play>::columns();
  const auto members = play_batch_members();
  constexpr auto kCount = std::tuple_size_v<decltype(columns)>;
  static_assert(kCount == std::tuple_size_v<decltype(members)>);
  [&]<std::size_t... i>(std::index_sequence<i...>) {
    (visit(ColumnLabel{std::get<i>(columns).name, std::get<i>(columns).doc},
           std::get<i>(columns).member, std::get<i>(members)),
     ...);
  }
  (std::make_index_sequence<kCount>{});
}

}  // namespace soundlake::lake
