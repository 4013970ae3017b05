// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/api.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/spotify/token_source.hpp"

#include <algorithm>

namespace soundlake::spotify {
namespace {

// A good token is refused now and then, so a token source gives the same one twice before it
// renews it; the third refusal is the renewed one's.
constexpr int kTokensTried = 3;

/// The payload as received on one line: line breaks in JSON are white space, never content.
std::string raw_line(const Call& call, const net::Response& response) {
  std::string body = base::repair_utf8(response.body);
  std::replace_if(
      body.begin(), body.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  std::string request = call.path;
  if (!call.query.empty()) request += "?" + net::url_query(call.query);
  return "{\"received_at\":\"" + base::format_utc(response.received_at) + "\",\"request\":\"" +
         request + "\",\"payload\":" + body + "}";
}

}  // namespace

Api::Api(net::Client& client, TokenSource& token, std::string root, Extraction& found,
         base::Progress& progress)
    : client_(client), token_(token), root_(std::move(root)), found_(found), progress_(progress) {}

void Api::get(Call call, Done done) {
  send(std::move(call), std::move(done), 0);
}

void Api::run() {
  client_.run();
}

void Api::send(Call call, Done done, int refused_tokens) {
  net::Request request;
  request.service = kService;
  request.bucket = call.bucket;
  request.url = root_ + call.path;
  if (!call.query.empty()) request.url += "?" + net::url_query(call.query);
  request.bearer = token_.token();
  request.fresh_for = call.fresh_for;
  request.cache_key = call.cache_key;
  base::Secret sent = request.bearer;
  client_.send(std::move(request),
               [this, call = std::move(call), done = std::move(done), sent = std::move(sent),
                refused_tokens](net::Response response) {
                 if (response.outcome == net::Outcome::answered && response.status == 401 &&
                     refused_tokens + 1 < kTokensTried) {
                   token_.refused(sent);
                   send(call, done, refused_tokens + 1);
                   return;
                 }
                 handle(call, done, response);
                 progress_.advance(++answered_);
               });
}

void Api::handle(const Call& call, const Done& done, const net::Response& response) {
  Answer answer;
  answer.received_at = response.received_at;
  answer.from_cache = response.from_cache;
  if (response.outcome == net::Outcome::closed) {
    answer.kind = Answer::Kind::closed;
    note_wait(call, response.closed_until);
  } else if (response.outcome == net::Outcome::failed) {
    found_.partial = true;
    found_.problems.push_back({"network", response.problem, "run it again later", call.name});
  } else if (response.ok()) {
    answer.document = base::JsonDocument::try_parse(response.body);
    if (answer.document) {
      answer.kind = Answer::Kind::ok;
      answer.root = answer.document->root();
      if (!call.personal && !response.from_cache) found_.raw.push_back(raw_line(call, response));
    } else {
      const std::string start = base::trim(response.body.substr(0, 60));
      unusable(call, start.empty()          ? "is empty"
                     : start.front() == '<' ? "is HTML, not JSON"
                                            : "is not valid JSON, or was cut off");
    }
  } else {
    answer.kind = Answer::Kind::refused;
    answer.refusal = read_refusal(response.status, response.body);
    ++found_.counts.refused;
    if (ends_everything(answer.refusal) || answer.refusal.kind == RefusalKind::token) {
      throw error_of(answer.refusal);
    }
  }
  done(answer);
}

void Api::unusable(const Call& call, const std::string& what) {
  found_.partial = true;
  found_.problems.push_back({"data", "the answer of " + call.name + " " + what,
                             "run it again; it is asked anew", call.path});
  if (!call.cache_key.empty()) unusable_keys_.push_back(call.cache_key);
}

void Api::unexpected(const Call& call, const Refusal& refusal) {
  found_.partial = true;
  found_.problems.push_back({"service", "Spotify refused " + call.name + ": " + describe(refusal),
                             "run `soundlake doctor` to see what this app may do", call.path});
}

void Api::note_wait(const Call& call, base::Instant until) {
  found_.partial = true;
  const auto known =
      std::find_if(found_.waits.begin(), found_.waits.end(),
                   [&](const net::Closure& wait) { return wait.bucket == call.bucket; });
  if (known == found_.waits.end()) {
    found_.waits.push_back({kService, call.bucket, until});
  } else {
    known->until = std::max(known->until, until);
  }
}

std::optional<std::vector<std::pair<std::string, std::string>>> query_of_next(
    const std::string& link, const Call& call) {
  const auto question = link.find('?');
  if (question == std::string::npos) return std::nullopt;
  if (!std::string_view(link).substr(0, question).ends_with(call.path)) return std::nullopt;
  // Our own parameters stay; only those that say which page may change.
  auto query = call.query;
  const auto theirs = net::parse_query(std::string_view(link).substr(question + 1));
  for (const char* name : {"offset", "before", "after"}) {
    const auto given = theirs.find(name);
    if (given == theirs.end()) continue;
    const auto ours =
        std::find_if(query.begin(), query.end(), [&](const auto& p) { return p.first == name; });
    if (ours == query.end()) {
      query.emplace_back(name, given->second);
    } else {
      ours->second = given->second;
    }
  }
  if (query == call.query) return std::nullopt;
  return query;
}

}  // namespace soundlake::spotify
