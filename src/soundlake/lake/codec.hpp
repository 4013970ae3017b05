// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/row_source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace soundlake::lake {

/// The rows as one Parquet file (zstd, dictionary-encoded, page index, sorting columns recorded).
/// Equal rows give equal bytes within one Arrow version. Instantiated for every row of rows.hpp.
template <class Row>
std::string encode(const std::vector<Row>& rows);

/// The same bytes for the same rows, which must come in the order of the table. Instantiated for
/// Track.
template <class Row>
std::string encode(const RowSource<Row>& rows);

/// The rows of a Parquet file of this table. Columns that the file lacks (an older version wrote
/// it) come back empty; columns it has beyond ours are ignored. Throws Error{data} naming `what`.
template <class Row>
std::vector<Row> decode(std::string_view bytes, const std::string& what);

}  // namespace soundlake::lake
