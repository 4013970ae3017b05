// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/play_columns.hpp"

namespace soundlake::stats {

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::track:
      return "track";
    case Kind::episode:
      return "episode";
    case Kind::chapter:
      return "chapter";
    case Kind::video:
      return "video";
    case Kind::unknown:
      break;
  }
  return "unknown";
}

std::string_view name_of(Source source) {
  switch (source) {
    case Source::extended:
      return "extended";
    case Source::account:
      return "account";
    case Source::recent:
      return "recent";
    case Source::other:
      break;
  }
  return "other";
}

std::string_view name_of(Rule rule) {
  switch (rule) {
    case Rule::all:
      return "all";
    case Rule::seconds30:
      return "30s";
    case Rule::trackdone:
      return "trackdone";
    case Rule::half:
      break;
  }
  return "half";
}

}  // namespace soundlake::stats
