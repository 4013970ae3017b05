// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/history/raw_row.hpp"

#include <cstddef>
#include <string_view>

namespace soundlake::history {

/// Reads the elements of a JSON array one at a time from a window of its bytes, so that a file of
/// any size needs a window only, and everything in front of a place where it is damaged or cut off
/// can be kept. Nesting is counted, not recursed into.
class JsonRows {
 public:
  enum class Step {
    row,     ///< an object, now in `row`
    other,   ///< an element that is no object; `row[Field{}]` is left alone
    end,     ///< the array is complete
    more,    ///< the window ends inside an element, or between two
    broken,  ///< no JSON array
  };

  /// The next element of the array. `at` is where to begin in `window`; it moves only when an
  /// element, the array's opening bracket or its end was complete, so a caller that is told `more`
  /// comes again with `at` where it is now and more bytes behind it.
  Step next(std::string_view window, std::size_t& at, RawRow& row);

  /// Where the last element began in its window; where the array is broken after Step::broken.
  std::size_t begin() const { return begin_; }

 private:
  bool opened_ = false;       ///< the opening bracket was read
  bool needs_comma_ = false;  ///< an element was read and no comma behind it
  std::size_t begin_ = 0;
};

}  // namespace soundlake::history
