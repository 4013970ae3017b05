// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/base/zone.hpp"
#include "soundlake/history/play_view.hpp"
#include "soundlake/lake/rows.hpp"

#include <compare>
#include <cstddef>
#include <string>

/// What one play is: which rows are the same play told twice. The rules and the measurements behind
/// them stand in docs/plays.md.
namespace soundlake::history {

/// What was played: the Spotify URI, else the names; empty when the row tells neither.
std::string content_of(const lake::Play& play);

/// What tells a play from all others of its source, as one text:
/// - extended: content, `ms_played` and the clock. The clock is the end as reported (`ts`,
/// seconds);
///   but where the play ended at another time than reported (an offline play uploaded later), it is
///   the start, in ms.
/// - recent: content and `played_at` in ms; `ms_played` is an estimate and no part of it.
/// - account: names, `ms_played` and the minute of the end.
std::string identity_of(const lake::Play& play);

/// The same text of a told play, written over `identity`.
void write_identity(const ToldPlays& plays, std::size_t row, std::string& identity);

/// 16 hex digits of SHA-256 of the identity.
std::string play_id_of(const lake::Play& play);

/// Sets `local_date` and `utc_offset_min`, both of `started_at`, as a person in this zone sees it.
void localize(lake::Play& play, const base::Zone& zone);

/// Which of two rows with one identity stays, as an order: the one that comes first. It knows more
/// (has more columns set); between equals the order of the values decides. Equal when the two tell
/// the same.
std::strong_ordering compare_knowledge(const PlayView& a, const PlayView& b);

/// Of two rows with one identity the one that knows more (has more columns set); between equals one
/// that does not depend on which came first.
const lake::Play& better_of(const lake::Play& a, const lake::Play& b);

}  // namespace soundlake::history
