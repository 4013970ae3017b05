// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/tableau/model.hpp"

#include <string>
#include <utility>
#include <vector>

namespace soundlake::tableau {

/// A ZIP of these files (path, bytes), deflated, in the given order and with one fixed time: equal
/// files give equal bytes. Throws Error{internal} when zlib refuses or a file is 4 GB or more.
std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files);

/// RFC 4180 with CRLF, UTF-8 without a byte order mark; values exactly as they are.
std::string csv_of(const DataTable& table);

/// The packaged workbook (.twbx): the XML and its CSVs.
std::string package_of(const Workbook& workbook);

}  // namespace soundlake::tableau
