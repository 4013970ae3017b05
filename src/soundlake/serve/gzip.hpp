// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace soundlake::serve {

/// The bytes as a gzip stream (RFC 1952), packed quickly. Throws Error{internal} without memory.
std::string gzip(std::string_view bytes);
/// The bytes of a gzip stream that this program made. Throws Error{internal} for anything else.
std::string gunzip(std::string_view packed);

/// Whether a browser with this Accept-Encoding takes gzip (RFC 9110 §12.5.3).
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace soundlake::serve
