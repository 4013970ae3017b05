// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/redirect_listener.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/spotify/sign_in_page.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace soundlake::spotify {
namespace {

base::FileDescriptor make_signal() {
  base::FileDescriptor fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!fd.open()) {
    throw Error(ErrorKind::io, std::string("cannot wait for the browser: ") + std::strerror(errno),
                "close some programs and run `soundlake login` again");
  }
  return fd;
}

}  // namespace

RedirectListener::RedirectListener(const RedirectUri& redirect, std::string state)
    : path_(net::url_decode(redirect.path, false)),
      state_(std::move(state)),
      ready_(make_signal()),
      server_({.port = redirect.port,
               .ipv6 = redirect.kind == RedirectUri::Kind::loopback_v6,
               .max_body = 4u << 10,
               .max_connections = 16},
              [this](const net::ServerRequest& request) { return handle(request); }) {
  server_.start();
}

std::optional<SignInAnswer> RedirectListener::take() {
  const std::lock_guard lock(mutex_);
  return answer_;
}

net::ServerResponse RedirectListener::handle(const net::ServerRequest& request) {
  if (request.path != path_) return sign_in_page(SignInPage::not_here);
  if (request.method != "GET") return sign_in_page(SignInPage::wrong_method);
  SignInAnswer answer = read_answer(request.query, state_);
  using Kind = SignInAnswer::Kind;
  if (answer.kind == Kind::no_answer) return sign_in_page(SignInPage::no_answer);
  if (answer.kind == Kind::other_sign_in) return sign_in_page(SignInPage::other_sign_in);
  const auto page = answer.kind == Kind::code_given ? SignInPage::done : SignInPage::declined;
  {
    const std::lock_guard lock(mutex_);
    // A reloaded page asks again; its answer is known by then.
    if (!answer_) answer_ = std::move(answer);
  }
  const std::uint64_t one = 1;
  // It cannot fail: the counter holds far more than one sign-in's answers.
  [[maybe_unused]] const auto put = ::write(ready_.get(), &one, sizeof one);
  return sign_in_page(page);
}

}  // namespace soundlake::spotify
