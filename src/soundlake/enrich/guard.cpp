// SPDX-License-Identifier: Apache-2.0
#include "soundlake/enrich/guard.hpp"

#include "soundlake/base/text.hpp"

namespace soundlake::enrich {

bool same_artist(std::string_view a, std::string_view b) {
  const auto folded = base::fold(a);
  return !folded.empty() && folded == base::fold(b);
}

}  // namespace soundlake::enrich
