// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/aws_metadata.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/base/json.hpp"
#include "soundlake/base/text.hpp"

#include <array>
#include <chrono>
#include <utility>

namespace soundlake::store {
namespace {

constexpr const char* kContainer = "container-credentials";
constexpr const char* kEc2 = "ec2-credentials";
constexpr const char* kContainerHost = "http://169.254.170.2";
constexpr const char* kEc2Host = "http://169.254.169.254";
constexpr std::chrono::milliseconds kPatience{1000};

/// The hosts that may be asked without encryption: this machine, and those of ECS and EKS.
bool may_be_plain(const std::string& url) {
  static constexpr std::array<std::string_view, 6> kHosts = {
      "http://127.0.0.1", "http://localhost",      "http://[::1]",
      kContainerHost,     "http://169.254.170.23", "http://[fd00:ec2::23]"};
  for (const std::string_view host : kHosts) {
    if (!url.starts_with(host)) continue;
    const char next = url.size() == host.size() ? '/' : url[host.size()];
    if (next == '/' || next == ':' || next == '?') return true;
  }
  return false;
}

base::Secret authorization_of_container(const AwsConfig& config) {
  if (const auto file = config.environment("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")) {
    return base::Secret(base::trim(base::read_file(*file).value_or("")));
  }
  return base::Secret(config.environment("AWS_CONTAINER_AUTHORIZATION_TOKEN").value_or(""));
}

std::optional<std::string> ask_ec2(net::Client& client, const std::string& method,
                                   const std::string& url, const net::Headers& headers) {
  net::Request request;
  request.service = kEc2;
  request.method = method;
  request.url = url;
  request.headers = headers;
  request.timeout = kPatience;
  request.allow_plain_http = true;
  auto response = client.fetch(std::move(request));
  if (!response.ok()) return std::nullopt;
  return std::move(response.body);
}

}  // namespace

std::optional<AwsCredentials> parse_aws_credentials_json(std::string_view json) {
  const auto document = base::JsonDocument::try_parse(json);
  if (!document) return std::nullopt;
  const auto root = document->root();
  const auto text = [&](std::string_view name) { return root[name].text().value_or(""); };
  AwsCredentials credentials{.access_key_id = text("AccessKeyId"),
                             .secret_access_key = base::Secret(text("SecretAccessKey")),
                             .session_token = base::Secret(text("SessionToken")),
                             .expires = {},
                             .source = {}};
  if (credentials.session_token.empty()) {
    credentials.session_token = base::Secret(text("Token"));
  }
  std::string end = text("Expiration");
  constexpr std::string_view kUtc = "+00:00";
  if (end.ends_with(kUtc)) end.replace(end.size() - kUtc.size(), kUtc.size(), "Z");
  credentials.expires = base::parse_utc(end);
  if (credentials.access_key_id.empty() || credentials.secret_access_key.empty()) {
    return std::nullopt;
  }
  return credentials;
}

std::optional<AwsCredentials> container_credentials(const AwsConfig& config, net::Client& client) {
  const auto relative = config.environment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
  const auto full = config.environment("AWS_CONTAINER_CREDENTIALS_FULL_URI");
  if (!relative && !full) return std::nullopt;
  net::Request request;
  request.service = kContainer;
  request.url = relative ? kContainerHost + *relative : *full;
  if (!request.url.starts_with("https://") && !may_be_plain(request.url)) {
    throw Error(ErrorKind::config,
                "AWS_CONTAINER_CREDENTIALS_FULL_URI would send credentials in the clear to " +
                    net::redacted_url(request.url),
                "use https://, or an address of this machine");
  }
  const base::Secret authorization = authorization_of_container(config);
  if (!authorization.empty()) {
    request.headers.emplace_back("Authorization", authorization.reveal());
  }
  request.timeout = 2 * kPatience;
  request.allow_plain_http = true;
  client.add_service(kContainer, {.tries = 3});
  const auto response = client.fetch(std::move(request));
  auto credentials = response.ok() ? parse_aws_credentials_json(response.body) : std::nullopt;
  if (!credentials) {
    throw Error(ErrorKind::network,
                "the container gives no credentials: " +
                    (response.problem.empty() ? "HTTP " + std::to_string(response.status)
                                              : response.problem),
                "check the role of the task or pod");
  }
  credentials->source = "of the container";
  return credentials;
}

std::optional<AwsCredentials> ec2_credentials(const AwsConfig& config, net::Client& client) {
  const auto disabled = config.environment("AWS_EC2_METADATA_DISABLED").value_or("");
  if (base::to_lower_ascii(disabled) == "true") return std::nullopt;
  std::string host = config.environment("AWS_EC2_METADATA_SERVICE_ENDPOINT").value_or(kEc2Host);
  while (host.ends_with('/')) host.pop_back();
  client.add_service(kEc2, {.tries = 1});
  const auto token = ask_ec2(client, "PUT", host + "/latest/api/token",
                             {{"X-aws-ec2-metadata-token-ttl-seconds", "300"}});
  if (!token) return std::nullopt;
  const net::Headers headers = {{"X-aws-ec2-metadata-token", base::trim(*token)}};
  const std::string folder = host + "/latest/meta-data/iam/security-credentials/";
  const auto roles = ask_ec2(client, "GET", folder, headers);
  if (!roles) return std::nullopt;
  const std::string role = base::trim(base::split(*roles, '\n').front());
  const auto json = ask_ec2(client, "GET", folder + net::url_encode(role), headers);
  if (!json) return std::nullopt;
  auto credentials = parse_aws_credentials_json(*json);
  if (credentials) credentials->source = "of this EC2 machine (role " + role + ")";
  return credentials;
}

}  // namespace soundlake::store
