// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/s3_xml.hpp"

#include <pugixml.hpp>

namespace soundlake::store {
namespace {

/// The element of this name, at the top or just below it: some servers wrap their answers.
pugi::xml_node find_element(const pugi::xml_document& document, const char* name) {
  const auto root = document.document_element();
  if (std::string_view(root.name()) == name) return root;
  return root.child(name);
}

bool load(pugi::xml_document& document, std::string_view body) {
  // Bytes that are no XML at all, Parquet say, are not worth a parser's time.
  const auto begin = body.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || (body[begin] != '<' && body[begin] != '\xef'))
    return false;
  return static_cast<bool>(document.load_buffer(body.data(), body.size()));
}

}  // namespace

std::optional<S3Error> parse_s3_error(std::string_view body) {
  pugi::xml_document document;
  if (!load(document, body)) return std::nullopt;
  const auto error = find_element(document, "Error");
  if (!error) return std::nullopt;
  return S3Error{.code = error.child_value("Code"),
                 .message = error.child_value("Message"),
                 .region = error.child_value("Region"),
                 .server_time = error.child_value("ServerTime")};
}

std::optional<S3Listing> parse_s3_listing(std::string_view body) {
  pugi::xml_document document;
  if (!load(document, body)) return std::nullopt;
  const auto result = find_element(document, "ListBucketResult");
  if (!result) return std::nullopt;
  S3Listing listing;
  for (const auto& object : result.children("Contents")) {
    listing.objects.push_back(
        {.key = object.child_value("Key"), .size = object.child("Size").text().as_ullong()});
  }
  listing.truncated = result.child("IsTruncated").text().as_bool();
  listing.next = result.child_value("NextContinuationToken");
  return listing;
}

std::optional<AwsCredentials> parse_sts_credentials(std::string_view body) {
  pugi::xml_document document;
  if (!load(document, body)) return std::nullopt;
  const auto found = document.select_node("//*[local-name()='Credentials']").node();
  AwsCredentials credentials{
      .access_key_id = found.child_value("AccessKeyId"),
      .secret_access_key = base::Secret(found.child_value("SecretAccessKey")),
      .session_token = base::Secret(found.child_value("SessionToken")),
      .expires = base::parse_utc(found.child_value("Expiration")),
      .source = {}};
  if (credentials.access_key_id.empty() || credentials.secret_access_key.empty()) {
    return std::nullopt;
  }
  return credentials;
}

}  // namespace soundlake::store
