// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/sign_in.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/base/stop.hpp"
#include "soundlake/spotify/authorize_url.hpp"
#include "soundlake/spotify/browser.hpp"
#include "soundlake/spotify/expiry.hpp"
#include "soundlake/spotify/line_reader.hpp"
#include "soundlake/spotify/pkce.hpp"
#include "soundlake/spotify/redirect_listener.hpp"
#include "soundlake/spotify/redirect_uri.hpp"
#include "soundlake/spotify/sign_in_answer.hpp"

#include <poll.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

namespace soundlake::spotify {
namespace {
using Ticks = std::chrono::steady_clock;
using Say = std::function<void(const std::string&)>;

/// A stop signal may reach the listener's thread instead of the one that polls.
constexpr std::chrono::milliseconds kSlice{200};

void say_to_stderr(const std::string& line) {
  std::fprintf(stderr, "%s\n", line.c_str());
}

/// The listener of this redirect; nothing, with a word to the person, when there can be none.
std::unique_ptr<RedirectListener> listen(const RedirectUri& redirect, const std::string& state,
                                         const Say& say) {
  if (redirect.kind == RedirectUri::Kind::https) return nullptr;
  try {
    return std::make_unique<RedirectListener>(redirect, state);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::io) throw;
    say("Your browser cannot hand the answer over by itself: " + error.message() + ".");
    return nullptr;
  }
}

void introduce(const Say& say) {
  say("Spotify will ask whether soundlake may read:");
  for (const Scope& scope : scopes()) say("  " + scope.name + ": " + scope.why);
  say("It reads nothing else and changes nothing.");
  say("");
}

void show_way(const std::string& url, const std::string& redirect, bool opened, bool listening,
              bool pasting, const Say& say) {
  say(opened ? "Your browser opens Spotify's page. Should it not, open this address yourself:"
             : "Open this address in a browser:");
  say("");
  say(url);
  say("");
  if (!pasting) return;
  say(listening ? "Is that browser on another machine? Then it ends on a page that cannot be shown."
                : "The browser then ends on a page that may not be shown.");
  say("Copy the whole address of that page (" + redirect + "?code=…) and paste it here.");
}

/// What became of a pasted line: an answer, or a word to the person and nothing.
std::optional<SignInAnswer> read_pasted(const std::string& line, const std::string& state,
                                        const Say& say) {
  const auto parameters = pasted_parameters(line);
  SignInAnswer answer = read_answer(parameters, state);
  switch (answer.kind) {
    case SignInAnswer::Kind::code_given:
    case SignInAnswer::Kind::refused:
      return answer;
    case SignInAnswer::Kind::other_sign_in:
      say("That address lacks its `state`, or belongs to another sign-in; it was not used. Paste "
          "the whole address on which the browser ended just now.");
      return std::nullopt;
    case SignInAnswer::Kind::no_answer:
      break;
  }
  if (line.find_first_not_of(" \t\r") != std::string::npos) {
    say("There is no answer of Spotify in that. Paste the whole address on which the browser "
        "ended, "
        "with `code=` in it.");
  }
  return std::nullopt;
}

SignInAnswer wait_for_answer(RedirectListener* listener, LineReader& pasted,
                             const std::string& state, std::chrono::milliseconds timeout,
                             const Say& say) {
  const auto end = Ticks::now() + timeout;
  for (;;) {
    base::throw_if_stopped();
    if (listener == nullptr && !pasted.open()) {
      throw Error(ErrorKind::sign_in, "Spotify's answer to the sign-in has no way to get here",
                  "run `soundlake login` on a terminal, to paste the answer, or free the port of "
                  "SPOTIFY_REDIRECT_URI");
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Ticks::now());
    if (left.count() <= 0) {
      throw Error(ErrorKind::sign_in,
                  "nobody answered the sign-in within " + base::format_duration(timeout),
                  "run `soundlake login` again and allow soundlake on Spotify's page");
    }
    // poll() passes over negative descriptors.
    pollfd waits[] = {{listener == nullptr ? -1 : listener->ready_fd(), POLLIN, 0},
                      {pasted.fd(), POLLIN, 0}};
    if (::poll(waits, 2, static_cast<int>(std::min(left, kSlice).count())) <= 0) continue;
    if (waits[0].revents != 0) {
      if (auto answer = listener->take()) return std::move(*answer);
    }
    if (waits[1].revents != 0) {
      for (const std::string& line : pasted.read()) {
        if (auto answer = read_pasted(line, state, say)) return std::move(*answer);
      }
    }
  }
}

void require_yes(const SignInAnswer& answer) {
  if (answer.kind != SignInAnswer::Kind::refused) return;
  if (answer.error == "access_denied") {
    throw Error(ErrorKind::sign_in, "soundlake was not allowed to read from Spotify",
                "run `soundlake login` again and choose to agree, when you want to go on");
  }
  throw Error(ErrorKind::sign_in, "Spotify ended the sign-in (" + answer.error + ")",
              "run `soundlake login` again in a while");
}

SignInResult keep(const App& app, TokenStore& store, const TokenAnswer& tokens, base::Instant now) {
  const base::FileLock lock = store.lock();
  const auto before = store.load();
  StoredToken sign_in;
  sign_in.refresh_token = tokens.refresh_token;
  sign_in.client_id = app.client_id;
  sign_in.method = app.client_secret.empty() ? TokenMethod::pkce : TokenMethod::pkce_and_secret;
  sign_in.scopes = tokens.scopes;
  sign_in.authorized_at = now;
  sign_in.first_seen_at = now;
  sign_in.access_token = tokens.access_token;
  sign_in.access_obtained_at = now;
  sign_in.access_expires_at = tokens.expires_at;
  // A SPOTIFY_REFRESH_TOKEN seen up to now is older than this sign-in, here and in cron's
  // environment.
  if (!app.refresh_token.empty()) {
    sign_in.setting_hash = base::sha256_hex(app.refresh_token.reveal());
  } else if (before) {
    sign_in.setting_hash = before->setting_hash;
  }
  store.save(sign_in);
  return {.scopes = sign_in.scopes,
          .another_app = before && before->client_id != app.client_id,
          .ends = sign_in_ends(now)};
}

}  // namespace

SignInResult sign_in(const App& app, TokenStore& store, net::Client& client,
                     const base::Clock& clock, const SignInOptions& options) {
  if (app.client_id.empty()) {
    throw Error(ErrorKind::sign_in, "there is no Spotify app to sign in with", steps_to_an_app());
  }
  const RedirectUri redirect = parse_redirect_uri(app.redirect_uri);
  const Say say = options.say ? options.say : say_to_stderr;
  const std::string state = make_state();
  const Pkce pkce = make_pkce();
  LineReader pasted(options.input);

  introduce(say);
  const auto listener = listen(redirect, state, say);
  const std::string redirect_text = listener ? redirect.with_port(listener->port()) : redirect.text;
  const std::string url = authorize_url(app, redirect_text, state, pkce.challenge);
  const bool opened = !options.no_browser &&
                      (options.open_browser ? options.open_browser(url) : open_in_browser(url));
  show_way(url, redirect_text, opened, listener != nullptr, pasted.open(), say);

  const SignInAnswer answer = wait_for_answer(listener.get(), pasted, state, options.timeout, say);
  require_yes(answer);
  // The listener lives on meanwhile, so that the browser gets its page.
  const TokenAnswer tokens = exchange_code(client, app, answer.code, pkce.verifier, redirect_text);
  return keep(app, store, tokens, clock());
}

}  // namespace soundlake::spotify
