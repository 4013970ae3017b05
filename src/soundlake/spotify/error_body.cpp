// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/error_body.hpp"

#include "soundlake/base/json.hpp"
#include "soundlake/base/text.hpp"

namespace soundlake::spotify {
namespace {

constexpr std::size_t kReadAtMost = 8u << 10;
constexpr std::size_t kMessageAtMost = 200;

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : base::repair_utf8(text.substr(0, kReadAtMost))) {
    line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  line = base::trim(line);
  if (line.size() <= kMessageAtMost) return line;
  std::size_t end = kMessageAtMost;
  // Not in the middle of a character.
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
  return line.substr(0, end) + "…";
}

bool says(const std::string& lower, std::string_view words) {
  return lower.find(words) != std::string::npos;
}

RefusalKind kind_of(const Refusal& refusal) {
  const std::string message = base::to_lower_ascii(refusal.message);
  switch (refusal.status) {
    case 400:
      return says(message, "invalid limit") ? RefusalKind::limit : RefusalKind::bad_request;
    case 401:
      return RefusalKind::token;
    case 403:
      if (says(message, "premium")) return RefusalKind::no_premium;
      if (says(message, "not be registered") || says(message, "not registered")) {
        return RefusalKind::not_registered;
      }
      if (says(message, "scope")) return RefusalKind::missing_scope;
      return RefusalKind::forbidden;
    case 404:
      return RefusalKind::not_found;
    case 429:
      return refusal.reason == "QUOTA_EXCEEDED" ? RefusalKind::quota : RefusalKind::too_many;
    default:
      return RefusalKind::other;
  }
}

}  // namespace

Refusal read_refusal(int status, std::string_view body) {
  Refusal refusal;
  refusal.status = status;
  body = body.substr(0, kReadAtMost);
  const auto document = base::JsonDocument::try_parse(body);
  const base::JsonValue root = document ? document->root() : base::JsonValue();
  if (root.is_object()) {
    const base::JsonValue error = root["error"];
    const auto message =
        error.is_object() ? error["message"].text() : root["error_description"].text();
    refusal.message = one_line(message.value_or(error.text().value_or("")));
    refusal.reason = one_line(error["reason"].text().value_or(""));
  } else if (!document) {
    const std::string text = one_line(body);
    // A page or half a JSON text says nothing to people; its status does.
    if (!text.empty() && text.front() != '<' && text.front() != '{') refusal.message = text;
  } else if (const auto text = root.text()) {
    refusal.message = one_line(*text);
  }
  refusal.kind = kind_of(refusal);
  return refusal;
}

std::string describe(const Refusal& refusal) {
  std::string text = std::to_string(refusal.status);
  if (!refusal.message.empty()) text += " " + refusal.message;
  if (!refusal.reason.empty()) text += " (" + refusal.reason + ")";
  return text;
}

bool ends_everything(const Refusal& refusal) {
  return refusal.kind == RefusalKind::not_registered || refusal.kind == RefusalKind::no_premium ||
         refusal.kind == RefusalKind::missing_scope;
}

Error error_of(const Refusal& refusal) {
  switch (refusal.kind) {
    case RefusalKind::not_registered:
      return {ErrorKind::service, "Spotify does not know you as a user of this app",
              "the app's owner adds your Spotify e-mail address under User Management at "
              "https://developer.spotify.com/dashboard; then run this again"};
    case RefusalKind::no_premium:
      return {
          ErrorKind::service, "Spotify serves this app only while its owner has Premium",
          "renew Premium for the account that owns the app; it can take some hours until Spotify "
          "notices"};
    case RefusalKind::missing_scope:
      return {ErrorKind::sign_in,
              "the sign-in does not cover what soundlake reads (" + describe(refusal) + ")",
              "run `soundlake login` and agree to what it asks for"};
    case RefusalKind::token:
      return {ErrorKind::sign_in, "Spotify does not accept the sign-in (" + describe(refusal) + ")",
              "run `soundlake login`"};
    default:
      return {ErrorKind::service, "Spotify refused (" + describe(refusal) + ")",
              "run `soundlake doctor` to see what this app may do"};
  }
}

}  // namespace soundlake::spotify
