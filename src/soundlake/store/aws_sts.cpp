// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/aws_sts.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/store/s3_xml.hpp"

#include <fmt/core.h>

#include <utility>

namespace soundlake::store {
namespace {

constexpr const char* kService = "sts";
constexpr const char* kVersion = "2011-06-15";

using Form = std::vector<std::pair<std::string, std::string>>;

Form form_of(const std::string& action, const AwsRole& role) {
  Form form = {{"Action", action},
               {"Version", kVersion},
               {"RoleArn", role.arn},
               {"RoleSessionName", role.session_name.empty() ? "soundlake" : role.session_name}};
  if (!role.external_id.empty()) form.emplace_back("ExternalId", role.external_id);
  if (!role.duration_seconds.empty()) form.emplace_back("DurationSeconds", role.duration_seconds);
  return form;
}

/// The endpoint without a bucket: the region's own, or the one that is set.
S3Root sts_root(const AwsConfig& config, const std::string& region) {
  std::string url = aws_endpoint_url(config, kService);
  if (url.empty()) {
    url = fmt::format("https://sts.{}.amazonaws.com{}", region,
                      region.starts_with("cn-") ? ".cn" : "");
  }
  S3Root root = root_of({.url = url,
                         .region = region,
                         .addressing = S3Addressing::path,
                         .ca_file = {},
                         .checksums = false},
                        "");
  return root;
}

AwsCredentials ask(const AwsConfig& config, net::Client& client, const AwsRole& role,
                   const Form& form, const AwsCredentials* own, base::Instant now) {
  std::string region = aws_region(config);
  if (region.empty()) region = kDefaultRegion;
  const S3Root root = sts_root(config, region);
  client.add_service(kService, {.tries = 3});
  net::Request request;
  request.service = kService;
  request.method = "POST";
  request.url = root.url + root.path;
  request.body = net::url_query(form);
  request.ca_file = aws_ca_file(config);
  request.allow_plain_http = !aws_endpoint_url(config, kService).empty();
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  if (own != nullptr) {
    const AwsRequest to_sign{.method = request.method,
                             .host = root.host,
                             .path = root.path,
                             .query = {},
                             .headers = request.headers,
                             .payload_hash = base::sha256_hex(request.body)};
    request.headers =
        aws_signed_headers(to_sign, {.region = region, .service = kService}, *own, now);
  }
  const net::Response response = client.fetch(std::move(request));
  const std::string doing = "cannot take on the role " + role.arn;
  if (response.outcome != net::Outcome::answered) {
    throw Error(ErrorKind::network, doing + ": " + response.problem,
                "check the network and the region, then run this again");
  }
  auto credentials = response.ok() ? parse_sts_credentials(response.body) : std::nullopt;
  if (!credentials) {
    const S3Error error = parse_s3_error(response.body).value_or(S3Error{});
    throw Error(ErrorKind::config,
                fmt::format("{} ({} {}): {}", doing, response.status,
                            error.code.empty() ? "without a reason" : error.code,
                            base::repair_utf8(error.message)),
                own != nullptr ? "check role_arn, that the role trusts the credentials " +
                                     own->source + ", and that these may sts:AssumeRole"
                               : "check the role's trust policy and the token's age");
  }
  credentials->source = "of the role " + role.arn;
  return *credentials;
}

}  // namespace

AwsCredentials assume_role(const AwsConfig& config, net::Client& client, const AwsRole& role,
                           const AwsCredentials& own, base::Instant now) {
  return ask(config, client, role, form_of("AssumeRole", role), &own, now);
}

AwsCredentials assume_role_with_web_identity(const AwsConfig& config, net::Client& client,
                                             const AwsRole& role, const std::string& token_file) {
  const auto token = base::read_file(token_file);
  if (!token) {
    throw Error(ErrorKind::config, "the web identity token " + token_file + " is not there",
                "check AWS_WEB_IDENTITY_TOKEN_FILE, and what should write that file");
  }
  Form form = form_of("AssumeRoleWithWebIdentity", role);
  form.emplace_back("WebIdentityToken", base::trim(*token));
  return ask(config, client, role, form, nullptr, {});
}

}  // namespace soundlake::store
