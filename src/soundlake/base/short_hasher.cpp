// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/short_hasher.hpp"

#include "soundlake/base/error.hpp"

#include <openssl/evp.h>

#include <array>
#include <charconv>

namespace soundlake::base {

struct ShortHasher::Context {
  std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> sha256{EVP_MD_fetch(nullptr, "SHA256", nullptr),
                                                         &EVP_MD_free};
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                  &EVP_MD_CTX_free};
};

ShortHasher::ShortHasher() : context_(std::make_shared<Context>()) {
  if (!context_->sha256 || !context_->context) {
    throw Error(ErrorKind::internal, "OpenSSL has no SHA-256");
  }
}

std::uint64_t ShortHasher::of(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  auto* const context = context_->context.get();
  if (EVP_DigestInit_ex2(context, context_->sha256.get(), nullptr) != 1 ||
      EVP_DigestUpdate(context, bytes.data(), bytes.size()) != 1 ||
      EVP_DigestFinal_ex(context, digest.data(), nullptr) != 1) {
    throw Error(ErrorKind::internal, "OpenSSL refused to compute SHA-256");
  }
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < sizeof(hash); ++i) hash = hash << 8 | digest[i];
  return hash;
}

std::string short_hash_text(std::uint64_t hash) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = kDigits[hash >> (60 - 4 * i) & 15];
  return text;
}

std::uint64_t short_hash_number(std::string_view text) {
  std::uint64_t hash = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hash, 16);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && text.size() == 16 ? hash : 0;
}

}  // namespace soundlake::base
