// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/tableau/model.hpp"

#include <string>

namespace soundlake::tableau {

/// The workbook as Tableau's XML, version 18.1, which Tableau 2024.3 and later read. Equal
/// workbooks give equal text. Throws Error{internal} for a pill whose column, or a zone whose
/// sheet, is not declared.
std::string xml_of(const Workbook& workbook);

}  // namespace soundlake::tableau
