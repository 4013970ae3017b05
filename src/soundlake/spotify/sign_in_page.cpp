// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/sign_in_page.hpp"

#include <string>

namespace soundlake::spotify {
namespace {

constexpr const char* kCheck = R"(<path d="M14 25.5l7 7 14-15"/>)";
constexpr const char* kDash = R"(<path d="M15 24.5h18"/>)";
constexpr const char* kBang = R"(<path d="M24 13.5v14M24 34.2v.3"/>)";

struct Words {
  int status;
  const char* tone;  ///< class of the badge
  const char* sign;  ///< what is drawn in it
  const char* title;
  const char* text;
};

Words words_of(SignInPage page) {
  switch (page) {
    case SignInPage::done:
      return {200, "good", kCheck, "Spotify said yes",
              "soundlake has the answer and goes on in your terminal. You can close this tab."};
    case SignInPage::declined:
      return {200, "calm", kDash, "Not connected",
              "soundlake got no leave to read, and nothing was changed. Run "
              "<code>soundlake login</code> when you want to try again."};
    case SignInPage::other_sign_in:
      return {400, "bad", kBang, "This answer belongs to another sign-in",
              "It was not used. Go on in the tab that the latest sign-in opened, or run "
              "<code>soundlake login</code> again."};
    case SignInPage::no_answer:
      return {400, "bad", kBang, "Spotify’s answer is missing here",
              "soundlake is still waiting: allow it on Spotify’s page, and your browser comes back "
              "by itself."};
    case SignInPage::not_here:
      return {404, "calm", kDash, "Nothing here",
              "This little server only waits for the end of your sign-in to Spotify."};
    case SignInPage::wrong_method:
      break;
  }
  return {405, "calm", kDash, "Nothing here",
          "This little server only waits for the end of your sign-in to Spotify."};
}

constexpr const char* kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>soundlake</title>
<style>
:root{--page:#eef3f5;--card:#fff;--ink:#14242b;--soft:#52666f;--line:#d9e3e7;--good:#0c7a63;--calm:#45647a;--bad:#a8541c;--water:#0c7a63}
@media (prefers-color-scheme:dark){:root{--page:#0d171c;--card:#142229;--ink:#e8f1f4;--soft:#9db2bb;--line:#22353e;--good:#4cc9a6;--calm:#8fb3cb;--bad:#eba06b;--water:#4cc9a6}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--page);color:var(--ink);font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{position:relative;overflow:hidden;width:min(28rem,100%);padding:2.75rem 2.5rem 5.25rem;background:var(--card);border:1px solid var(--line);border-radius:1.25rem;text-align:center;box-shadow:0 1.5rem 3rem -1.75rem rgba(8,30,40,.45)}
.badge{width:4rem;height:4rem;border-radius:50%;fill:none;stroke:currentColor;stroke-width:3.5;stroke-linecap:round;stroke-linejoin:round}
.good{color:var(--good)}.calm{color:var(--calm)}.bad{color:var(--bad)}
.badge circle{fill:currentColor;fill-opacity:.12;stroke:none}
h1{margin:1rem 0 .5rem;font-size:1.5rem;line-height:1.25;letter-spacing:-.01em;text-wrap:balance}
p{margin:0;color:var(--soft);text-wrap:pretty}
code{white-space:nowrap;padding:.1em .35em;border-radius:.35em;background:var(--page);font-size:.9em}
.lake{position:absolute;inset:auto 0 0;width:100%;height:3.75rem;color:var(--water)}
.name{position:absolute;inset:auto 0 .7rem;font-size:.8125rem;font-weight:600;letter-spacing:.08em;color:var(--ink)}
</style></head><body><main>
)";

constexpr const char* kFoot = R"(
<svg class="lake" viewBox="0 0 400 60" preserveAspectRatio="none" aria-hidden="true" fill="currentColor">
<path opacity=".14" d="M0 22q50-18 100 0t100 0 100 0 100 0v38H0z"/>
<path opacity=".16" d="M0 34q40 12 80 0t80 0 80 0 80 0 80 0v26H0z"/></svg>
<span class="name">soundlake</span>
</main></body></html>
)";

}  // namespace

net::ServerResponse sign_in_page(SignInPage page) {
  const Words words = words_of(page);
  net::ServerResponse response;
  response.status = words.status;
  response.content_type = "text/html; charset=utf-8";
  response.headers = {
      {"Cache-Control", "no-store"},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
      {"Content-Security-Policy",
       "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"}};
  if (page == SignInPage::wrong_method) response.headers.emplace_back("Allow", "GET");
  response.body = std::string(kHead) + "<svg class=\"badge " + words.tone +
                  "\" viewBox=\"0 0 48 48\" aria-hidden=\"true\"><circle cx=\"24\" cy=\"24\" "
                  "r=\"24\"/>" +
                  words.sign + "</svg>\n<h1>" + words.title + "</h1>\n<p>" + words.text + "</p>" +
                  kFoot;
  return response;
}

}  // namespace soundlake::spotify
