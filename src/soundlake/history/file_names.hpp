// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/history/row_teller.hpp"

#include <string_view>

/// What the name of a file of an export hints at. What a file is, its content tells; a name decides
/// only where content cannot.
namespace soundlake::history {

/// Named like the files of plays of some era: `endsong_0.json`, `StreamingHistory3.json`,
/// `Streaming_History_Video_2020.json`, in any case, whatever stands in front of the last slash.
bool named_like_history(std::string_view name);

/// Named like a file of music videos, whose rows look like those of tracks.
bool named_like_videos(std::string_view name);

/// The format of a file whose list is empty.
RowFormat format_by_name(std::string_view name);

}  // namespace soundlake::history
