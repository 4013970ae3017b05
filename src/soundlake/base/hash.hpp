// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace soundlake::base {

/// SHA-256 as 64 hex digits.
std::string sha256_hex(std::string_view bytes);
/// SHA-256 as its 32 raw bytes.
std::string sha256_raw(std::string_view bytes);
/// HMAC-SHA-256 as its 32 raw bytes (RFC 2104).
std::string hmac_sha256_raw(std::string_view key, std::string_view bytes);
/// The first 16 hex digits of SHA-256: long enough for the keys of one person's music.
std::string short_hash(std::string_view bytes);
/// base64 with padding (RFC 4648 §4), as HTTP Basic wants it.
std::string base64(std::string_view bytes);
/// The bytes of base64 with padding; nothing for anything else.
std::optional<std::string> from_base64(std::string_view text);
/// base64url without padding (RFC 4648 §5), as PKCE wants it.
std::string base64url(std::string_view bytes);
/// `count` bytes from the system's random source. Throws Error{internal} when it fails.
std::string random_bytes(std::size_t count);
/// Lower-case hex of the bytes.
std::string to_hex(std::string_view bytes);
/// Equal, in time that depends on the length only: for tokens and `state`.
bool equal_secrets(std::string_view a, std::string_view b);

}  // namespace soundlake::base
