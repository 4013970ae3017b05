// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/client.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/log.hpp"
#include "soundlake/base/stop.hpp"
#include "soundlake/net/curl_handles.hpp"
#include "soundlake/net/freshness.hpp"
#include "soundlake/net/retry_delay.hpp"
#include "soundlake/net/service_queue.hpp"
#include "soundlake/net/sigpipe_guard.hpp"
#include "soundlake/net/target.hpp"
#include "soundlake/net/transfer.hpp"
#include "soundlake/net/verdict.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

namespace soundlake::net {
namespace {

using std::chrono::milliseconds;

// A wait is cut into slices so that Ctrl-C is noticed.
constexpr milliseconds kSlice{100};
// Idle connections kept for reuse, for all services together.
constexpr long kPooledConnections = 32;

struct UnderWay {
  ServiceQueue* service;
  JobPtr job;
  std::unique_ptr<Transfer> transfer;
};

}  // namespace

struct Client::Loop {
  Loop(Options opts, Closures& known_closures, ResponseCache& known_answers);
  ~Loop() { drop_all(); }

  void send(JobPtr job);
  /// One round: starts what may leave, moves bytes, settles what ended, waits when nothing did.
  void step();
  void drop_all();
  bool idle() const;

  std::optional<Response> answer_without_asking(Job& job);
  void start_due();
  void start(ServiceQueue& service, JobPtr job);
  void settle_ended();
  void settle(ServiceQueue& service, JobPtr job, TryResult result);
  void retry_or_give_up(ServiceQueue& service, JobPtr job, TryResult result, Response response);
  void use_cache(Job& job, Response& response);
  void close_bucket(ServiceQueue& service, const Job& job, base::Instant until);
  void hand_over(JobPtr job, Response response);
  void wait();
  std::optional<Ticks> next_start(Ticks now) const;

  Options options;
  Closures& closures;
  ResponseCache& cache;
  std::mt19937_64 random;
  std::map<std::string, ServiceQueue> services;
  std::map<std::string, std::int64_t> sent;
  std::deque<std::pair<Done, Response>> finished;
  bool progress = false;  ///< an answer was handed over since the last round
  CurlMulti multi;
  std::map<CURL*, UnderWay> under_way;
};

Client::Loop::Loop(Options opts, Closures& known_closures, ResponseCache& known_answers)
    : options(std::move(opts)),
      closures(known_closures),
      cache(known_answers),
      random(options.seed) {
  // Ready for the whole process, once; a library that is loaded is not unloaded again.
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  multi.reset(curl_multi_init());
  if (ready != CURLE_OK || !multi) throw Error(ErrorKind::internal, "libcurl could not be started");
  curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, kPooledConnections);
}

void Client::Loop::drop_all() {
  const SigpipeGuard guard;
  for (auto& [easy, transfer] : under_way) {
    curl_multi_remove_handle(multi.get(), easy);
    transfer.service->limiter().ended();
  }
  under_way.clear();
  for (auto& [name, service] : services) service.clear();
  finished.clear();
}

bool Client::Loop::idle() const {
  return under_way.empty() && std::all_of(services.begin(), services.end(),
                                          [](const auto& entry) { return entry.second.empty(); });
}

void Client::Loop::send(JobPtr job) {
  const auto service = services.find(job->request.service);
  if (service == services.end()) {
    throw Error(ErrorKind::config, "no limits are set for the service " + job->request.service);
  }
  const Target target = checked_target(job->request);
  job->direct = target.loopback || target.link_local;
  if (auto response = answer_without_asking(*job)) {
    hand_over(std::move(job), std::move(*response));
    return;
  }
  service->second.push(std::move(job));
}

std::optional<Response> Client::Loop::answer_without_asking(Job& job) {
  const Request& request = job.request;
  const auto now = options.clock();
  Response response;
  if (wants_keeping(request)) {
    job.kept = cache.find(request.service, request.cache_key);
    if (job.kept && job.kept->fresh_until > now) {
      response.outcome = Outcome::answered;
      response.status = 200;
      response.body = std::move(job.kept->body);
      response.received_at = job.kept->received_at;
      response.from_cache = true;
      return response;
    }
  }
  if (const auto until = closures.closed_until(request.service, request.bucket, now)) {
    response.outcome = Outcome::closed;
    response.closed_until = *until;
    return response;
  }
  return std::nullopt;
}

void Client::Loop::step() {
  const SigpipeGuard guard;
  base::throw_if_stopped();
  start_due();
  int running = 0;
  curl_multi_perform(multi.get(), &running);
  settle_ended();
  if (under_way.empty()) cache.flush();
  if (!std::exchange(progress, false) && !idle()) wait();
}

void Client::Loop::start_due() {
  for (auto& [name, service] : services) {
    while (JobPtr job = service.take_due(options.ticks())) {
      // Asked again: another process may have closed the bucket, a twin may have brought the
      // answer.
      if (auto response = answer_without_asking(*job)) {
        hand_over(std::move(job), std::move(*response));
      } else {
        start(service, std::move(job));
      }
    }
  }
}

void Client::Loop::start(ServiceQueue& service, JobPtr job) {
  ++job->tries;
  const Transfer::Extra extra{.user_agent = options.user_agent,
                              .if_none_match = job->kept ? job->kept->etag : std::string(),
                              .direct = job->direct};
  auto transfer = std::make_unique<Transfer>(job->request, extra, service.departures());
  CURL* easy = transfer->handle();
  if (curl_multi_add_handle(multi.get(), easy) != CURLM_OK) {
    throw Error(ErrorKind::internal, "libcurl took no further transfer");
  }
  service.limiter().started(options.ticks());
  under_way.emplace(easy, UnderWay{&service, std::move(job), std::move(transfer)});
}

void Client::Loop::settle_ended() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURL* easy = message->easy_handle;
    const CURLcode code = message->data.result;
    const auto found = under_way.find(easy);
    UnderWay ended = std::move(found->second);
    under_way.erase(found);
    TryResult result = ended.transfer->result(code);
    curl_multi_remove_handle(multi.get(), easy);
    ended.service->limiter().ended();
    settle(*ended.service, std::move(ended.job), std::move(result));
  }
}

void Client::Loop::settle(ServiceQueue& service, JobPtr job, TryResult result) {
  base::log_debug(fmt::format(
      "{} {} {} -> {}", job->request.service, job->request.method, redacted_url(job->request.url),
      result.code == CURLE_OK ? std::to_string(result.status) : curl_easy_strerror(result.code)));
  Response response;
  response.status = result.status;
  response.tries = job->tries;
  response.received_at = options.clock();
  switch (verdict_of(result)) {
    case Verdict::answered:
      service.budget().refund(job->tries == 1 ? RetryBudget::kFirstTryRefund
                                              : job->last_retry_cost);
      response.outcome = Outcome::answered;
      response.headers = std::move(result.headers);
      response.body = std::move(result.body);
      use_cache(*job, response);
      hand_over(std::move(job), std::move(response));
      return;
    case Verdict::hopeless:
      response.problem = problem_of(job->request, result, job->tries);
      hand_over(std::move(job), std::move(response));
      return;
    case Verdict::throttled:
    case Verdict::trouble:
      retry_or_give_up(service, std::move(job), std::move(result), std::move(response));
      return;
  }
}

void Client::Loop::retry_or_give_up(ServiceQueue& service, JobPtr job, TryResult result,
                                    Response response) {
  const base::Instant now = response.received_at;
  const bool throttled = verdict_of(result) == Verdict::throttled;
  std::optional<milliseconds> retry_after;
  if (throttled || result.status == 503) {
    if (const auto header = find_header(result.headers, "Retry-After")) {
      retry_after = parse_retry_after(*header, now);
    }
  }
  const auto end_closed = [&](base::Instant until) {
    close_bucket(service, *job, until);
    response.outcome = Outcome::closed;
    response.closed_until = until;
    response.headers = std::move(result.headers);
    response.body = std::move(result.body);
    hand_over(std::move(job), std::move(response));
  };
  if (retry_after && *retry_after > options.longest_wait) return end_closed(now + *retry_after);
  const Ticks ticks = options.ticks();
  if (retry_after && ticks + *retry_after > service.limiter().held_until()) {
    service.limiter().hold_until(ticks + *retry_after, ticks);
    base::log_info(fmt::format("{} asks to wait {}", job->request.service,
                               base::format_duration(*retry_after)));
  }

  const int cost = timed_out(result) ? RetryBudget::kTimeoutCost : RetryBudget::kRetryCost;
  const bool repeatable = job->request.repeatable || !result.sent;
  if (repeatable && job->tries < service.tries() && service.budget().take(cost)) {
    job->last_retry_cost = cost;
    const milliseconds delay =
        retry_delay({.attempt = job->tries, .retry_after = retry_after}, random);
    service.push_later(std::move(job), ticks + delay);
    return;
  }
  if (throttled) {
    // A repeatable request has tried long enough to know better than the time named.
    const milliseconds longest = options.longest_wait;
    return end_closed(now + (repeatable ? longest : retry_after.value_or(longest)));
  }
  response.problem = problem_of(job->request, result, job->tries);
  response.headers = std::move(result.headers);
  response.body = std::move(result.body);
  hand_over(std::move(job), std::move(response));
}

void Client::Loop::use_cache(Job& job, Response& response) {
  const Request& request = job.request;
  if (!wants_keeping(request)) return;
  const auto fresh = fresh_until(request, response.headers, response.received_at);
  if (response.status == 304 && job.kept) {
    response.status = 200;
    response.body = std::move(job.kept->body);
    response.from_cache = true;
    if (fresh) cache.prolong(request.service, request.cache_key, *fresh);
    response.received_at = job.kept->received_at;
  } else if (fresh && worth_keeping(response.status, response.headers)) {
    cache.keep(request.service, request.cache_key,
               {.body = response.body,
                .etag = find_header(response.headers, "ETag").value_or(""),
                .received_at = response.received_at,
                .fresh_until = *fresh});
  }
}

void Client::Loop::close_bucket(ServiceQueue& service, const Job& job, base::Instant until) {
  closures.close(job.request.service, job.request.bucket, until);
  for (JobPtr& other : service.take_bucket(job.request.bucket)) {
    Response response;
    response.outcome = Outcome::closed;
    response.closed_until = until;
    hand_over(std::move(other), std::move(response));
  }
}

void Client::Loop::hand_over(JobPtr job, Response response) {
  progress = true;
  if (job->answer != nullptr) {
    *job->answer = std::move(response);
  } else {
    finished.emplace_back(std::move(job->done), std::move(response));
  }
}

std::optional<Ticks> Client::Loop::next_start(Ticks now) const {
  std::optional<Ticks> next;
  for (const auto& [name, service] : services) {
    const auto when = service.next_start(now);
    if (when && (!next || *when < *next)) next = when;
  }
  return next;
}

void Client::Loop::wait() {
  const Ticks now = options.ticks();
  const auto next = next_start(now);
  const auto ahead = next ? std::max(*next - now, Ticks::duration(0)) : Ticks::duration(kSlice);
  if (under_way.empty() && options.pause) return options.pause(ahead);
  const auto slice = std::min(std::chrono::ceil<milliseconds>(ahead), kSlice);
  curl_multi_poll(multi.get(), nullptr, 0, static_cast<int>(slice.count()), nullptr);
}

Client::Client(Options options, Closures& closures, ResponseCache& cache)
    : loop_(std::make_unique<Loop>(std::move(options), closures, cache)) {}

Client::~Client() = default;

void Client::add_service(const std::string& name, ServiceLimits limits) {
  const auto known = loop_->services.find(name);
  if (known != loop_->services.end()) return known->second.change(limits);
  loop_->services.try_emplace(name, limits, loop_->options.ticks(), loop_->sent[name]);
}

void Client::send(Request request, Done done) {
  auto job = std::make_unique<Job>();
  job->request = std::move(request);
  job->done = std::move(done);
  loop_->send(std::move(job));
}

void Client::run() {
  try {
    while (true) {
      while (!loop_->finished.empty()) {
        auto [done, response] = std::move(loop_->finished.front());
        loop_->finished.pop_front();
        if (done) done(std::move(response));
      }
      if (loop_->idle()) break;
      loop_->step();
    }
    loop_->cache.flush();
  } catch (...) {
    loop_->drop_all();
    throw;
  }
}

Response Client::fetch(Request request) {
  std::optional<Response> answer;
  auto job = std::make_unique<Job>();
  job->request = std::move(request);
  job->answer = &answer;
  loop_->send(std::move(job));
  try {
    while (!answer) loop_->step();
  } catch (...) {
    loop_->drop_all();
    throw;
  }
  return std::move(*answer);
}

const std::map<std::string, std::int64_t>& Client::requests_sent() const {
  return loop_->sent;
}

}  // namespace soundlake::net
