// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace soundlake::history {

/// The device family that a platform text of an export stands for: `android`, `ios`, `windows`,
/// `macos`, `linux`, `web`, `tv`, `console`, `speaker`, `cast`, `car`, `watch`, else `other`; empty
/// when the text says nothing (`not_applicable`). Models, versions and device ids, which are
/// personal, do not come through. The rules are listed in docs/plays.md.
std::string_view platform_family(std::string_view platform);

}  // namespace soundlake::history
