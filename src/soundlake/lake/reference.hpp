// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace soundlake::lake {

/// The whole text of docs/lake.md: what the lake is, its files, every table with every column.
std::string lake_reference_markdown();

}  // namespace soundlake::lake
