// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/error.hpp"

#include <string>
#include <string_view>

namespace soundlake::spotify {

/// What an error answer of the Web API means for us.
enum class RefusalKind {
  token,           ///< 401: the access token is missing, wrong or over
  forbidden,       ///< 403 without a reason: this app may not ask that
  not_registered,  ///< the person is not on the app's list of users
  no_premium,      ///< the app's owner has no Premium
  missing_scope,   ///< the sign-in does not cover this
  limit,           ///< 400 for a page size the app may not ask for
  bad_request,     ///< any other 400
  not_found,
  too_many,  ///< 429 of the short window
  quota,     ///< 429 of the daily quota
  other,
};

/// An error answer: the status always, the rest as far as the body told.
struct Refusal {
  int status = 0;
  RefusalKind kind = RefusalKind::other;
  std::string message;  ///< empty when the body had none
  std::string reason;   ///< e.g. QUOTA_EXCEEDED; empty when the body had none
};

/// Reads an error body: JSON nested (`{"error":{"status","message","reason"}}`) or flat
/// (`{"error","error_description"}`), plain text, HTML, cut off or empty. Only the first 8 KiB
/// count, and the message is cut to a line for people.
Refusal read_refusal(int status, std::string_view body);

/// "403 Insufficient client scope", for problems.
std::string describe(const Refusal& refusal);

/// Whether no other question can succeed either: person not registered, no Premium, missing scope.
bool ends_everything(const Refusal& refusal);
/// The error with the next step for a refusal that ends everything.
Error error_of(const Refusal& refusal);

}  // namespace soundlake::spotify
