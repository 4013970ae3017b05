// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace soundlake::base {

/// `short_hash` for many texts in a row: as a number, and without setting up SHA-256 anew for each.
/// One thread at a time.
class ShortHasher {
 public:
  /// Throws Error{internal} when OpenSSL has no SHA-256.
  ShortHasher();
  /// The first eight bytes of SHA-256 of `bytes`, the first one highest. Numbers are in the order
  /// of the hex digits that `short_hash` gives.
  std::uint64_t of(std::string_view bytes);

 private:
  struct Context;
  std::shared_ptr<Context> context_;
};

/// The number as `short_hash` writes it: 16 hex digits.
std::string short_hash_text(std::uint64_t hash);
/// The number that these 16 hex digits are; 0 for any other text.
std::uint64_t short_hash_number(std::string_view text);

}  // namespace soundlake::base
