// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/temporary_folder.hpp"

#include "soundlake/base/files.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>

namespace soundlake::cli {

TemporaryFolder::TemporaryFolder() {
  std::string name = std::filesystem::temp_directory_path() / "soundlake-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) base::throw_io_error("make the folder", name, errno);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace soundlake::cli
