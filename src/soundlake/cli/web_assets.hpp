// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/serve/app.hpp"

#include <vector>

namespace soundlake::cli {

/// The files of the dashboard's page, built from web/ and made part of the program
/// (cmake/Web.cmake).
std::vector<serve::Asset> web_assets();

}  // namespace soundlake::cli
