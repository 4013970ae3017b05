// SPDX-License-Identifier: Apache-2.0
#include "soundlake/serve/app.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/base/version.hpp"
#include "soundlake/base/zone.hpp"
#include "soundlake/serve/answer.hpp"
#include "soundlake/serve/gzip.hpp"
#include "soundlake/serve/pages.hpp"
#include "soundlake/serve/problem.hpp"
#include "soundlake/serve/query_string.hpp"
#include "soundlake/stats/statistics.hpp"

#include <algorithm>
#include <array>

namespace soundlake::serve {
namespace {

constexpr std::string_view kHealth = "/api/v1/health";
constexpr std::string_view kStats = "/api/v1/stats/";
constexpr std::string_view kPages = "/api/v1/pages/";
constexpr std::string_view kPage = "/index.html";
constexpr std::size_t kWorthPacking = 860;  // a smaller answer fits one packet as it is

/// Addresses that the page itself understands.
constexpr std::array<std::string_view, 7> kAddresses{
    "/", "/listening", "/top/artists", "/top/albums", "/top/tracks", "/top/genres", "/top/shows"};

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' "
    "data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Headers of every answer.
net::ServerResponse hardened(net::ServerResponse response) {
  response.headers.emplace_back("Content-Security-Policy", kPolicy);
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  return response;
}

bool wants_html(const net::ServerRequest& request) {
  const auto accept = net::find_header(request.headers, "Accept");
  return accept && accept->find("text/html") != std::string::npos &&
         !request.path.starts_with("/api/");
}

/// A problem for a person, when a person looks.
net::ServerResponse told(const net::ServerRequest& request, net::ServerResponse response,
                         std::string_view title, std::string_view words) {
  if (!wants_html(request)) return response;
  response.content_type = "text/html; charset=utf-8";
  response.body =
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>soundlake</title>";
  response.body += "<h1>";
  response.body += title;
  response.body += "</h1><p>";
  response.body += words;
  response.body += "</p></html>\n";
  return response;
}

/// Whether If-None-Match names the tag (weak comparison, RFC 9110 §13.1.2).
bool already_has(const net::ServerRequest& request, const std::string& tag) {
  const auto known = net::find_header(request.headers, "If-None-Match");
  return known && (*known == "*" || known->find(tag) != std::string::npos);
}

net::ServerResponse not_modified(const std::string& tag) {
  net::ServerResponse response;
  response.status = 304;
  response.headers = {
      {"ETag", tag}, {"Cache-Control", "private, no-cache"}, {"Vary", "Accept-Encoding"}};
  return response;
}

bool takes_gzip(const net::ServerRequest& request) {
  return accepts_gzip(net::find_header(request.headers, "Accept-Encoding").value_or(""));
}

net::ServerResponse json_answer(const net::ServerRequest& request, std::string body,
                                const std::string& tag) {
  net::ServerResponse response;
  response.headers = {
      {"ETag", tag}, {"Cache-Control", "private, no-cache"}, {"Vary", "Accept-Encoding"}};
  if (body.size() > kWorthPacking && takes_gzip(request)) {
    response.body = gzip(body);
    response.headers.emplace_back("Content-Encoding", "gzip");
  } else {
    response.body = std::move(body);
  }
  return response;
}

/// The query without the token, which must not stay in an address.
std::string without_token(const std::string& query) {
  std::vector<std::pair<std::string, std::string>> rest;
  for (auto& pair : pairs_in(query))
    if (pair.first != "token") rest.push_back(std::move(pair));
  return net::url_query(rest);
}

}  // namespace

App::App(Guard guard, Parts parts) : guard_(std::move(guard)), parts_(std::move(parts)) {}

std::string App::entrance() const {
  return "/?token=" + guard_.token().reveal();
}

net::ServerResponse App::answer(const net::ServerRequest& request) {
  if (const auto refusal = guard_.foreign(request))
    return hardened(problem(refusal->status, refusal->title, refusal->detail));
  if (request.method != "GET" && request.method != "HEAD") {
    auto response = problem(405, "Method Not Allowed", "only GET and HEAD are answered here");
    response.headers.emplace_back("Allow", "GET, HEAD");
    return hardened(std::move(response));
  }
  if (request.path == kHealth) {
    net::ServerResponse health;
    health.headers.emplace_back("Cache-Control", "no-store");
    health.body = std::string(R"({"status":"ok","version":")") + base::version() + "\"}\n";
    return hardened(std::move(health));
  }
  if (request.query.contains("token")) return hardened(let_in(request));
  if (!guard_.knows(request)) {
    const std::string words = "open the address that soundlake serve printed";
    return hardened(told(request, problem(401, "Unauthorized", "this browser is not known", words),
                         "This browser is not known yet",
                         "Open the address that <code>soundlake serve</code> printed; each address "
                         "lets one browser in."));
  }
  return hardened(admitted(request));
}

net::ServerResponse App::let_in(const net::ServerRequest& request) {
  net::ServerResponse response;
  response.status = 303;
  response.content_type = "";
  response.headers.emplace_back("Cache-Control", "no-store");
  const auto query = without_token(request.raw_query);
  const bool known_address =
      std::find(kAddresses.begin(), kAddresses.end(), request.path) != kAddresses.end();
  response.headers.emplace_back("Location", (known_address ? request.path : std::string("/")) +
                                                (query.empty() ? "" : "?" + query));
  if (guard_.knows(request)) return response;
  if (!guard_.exchange(request.query.at("token"))) {
    return told(request,
                problem(401, "Unauthorized", "the token is not valid or was used",
                        "open the newest address that soundlake serve printed"),
                "This address was used already",
                "<code>soundlake serve</code> prints another one each time a browser was let in.");
  }
  response.headers.emplace_back("Set-Cookie", guard_.set_cookie());
  parts_.token_used(entrance());
  return response;
}

net::ServerResponse App::admitted(const net::ServerRequest& request) {
  if (request.path.starts_with("/api/")) {
    try {
      return api(request);
    } catch (const Error& error) {
      return problem(error);
    }
  }
  const bool is_address =
      std::find(kAddresses.begin(), kAddresses.end(), request.path) != kAddresses.end();
  if (const auto* asset = asset_at(is_address ? kPage : std::string_view(request.path)))
    return file(request, *asset);
  return told(request, problem(404, "Not Found", "there is nothing at this address"),
              "There is nothing at this address", "<a href=\"/\">Overview</a>");
}

const Asset* App::asset_at(std::string_view path) const {
  const auto found = std::find_if(parts_.assets.begin(), parts_.assets.end(),
                                  [&](const Asset& asset) { return asset.path == path; });
  return found == parts_.assets.end() ? nullptr : &*found;
}

net::ServerResponse App::file(const net::ServerRequest& request, const Asset& asset) const {
  const auto tag = "\"" + base::short_hash(asset.packed) + "\"";
  if (already_has(request, tag)) return not_modified(tag);
  net::ServerResponse response;
  response.content_type = std::string(asset.content_type);
  // Vite puts a hash of the contents into the names below assets/.
  const bool hashed = asset.path.starts_with("/assets/");
  response.headers = {
      {"ETag", tag},
      {"Cache-Control", hashed ? "private, max-age=31536000, immutable" : "private, no-cache"},
      {"Vary", "Accept-Encoding"}};
  if (takes_gzip(request)) {
    response.body = std::string(asset.packed);
    response.headers.emplace_back("Content-Encoding", "gzip");
  } else {
    response.body = gunzip(asset.packed);
  }
  return response;
}

net::ServerResponse App::api(const net::ServerRequest& request) const {
  const auto lake = parts_.lake();
  const auto today = base::Zone::named(lake->data.timezone).local(parts_.clock()).date;
  // `last` counts back from today, and another version may answer differently.
  const auto tag = "\"" +
                   base::short_hash(base::join({lake->generation, base::format_day(today),
                                                base::version(), request.path, request.raw_query},
                                               "\n")) +
                   "\"";
  const auto pairs = pairs_in(request.raw_query);
  if (request.path.starts_with(kStats)) {
    const auto& statistic = [&]() -> const stats::Statistic& {
      return stats::statistic_named(request.path.substr(kStats.size()));
    }();
    if (already_has(request, tag)) return not_modified(tag);
    const auto result = stats::compute(lake->data, statistic, stats::parse_query(pairs), today);
    return json_answer(request, json_of(result), tag);
  }
  if (request.path.starts_with(kPages)) {
    if (already_has(request, tag)) return not_modified(tag);
    if (auto json = page_json(*lake, request.path.substr(kPages.size()), pairs, today))
      return json_answer(request, std::move(*json), tag);
  }
  return problem(404, "Not Found", "the API has nothing at this address");
}

}  // namespace soundlake::serve
