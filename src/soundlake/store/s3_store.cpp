// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/s3_store.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/store/store_key.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace soundlake::store {
namespace {

constexpr const char* kWriteHeader = "x-amz-meta-soundlake-write";
constexpr std::size_t kWriteIdBytes = 12;

// What put_all() has under way at most: more connections than this bring nothing to one bucket from
// one machine, and bytes are in memory twice while they leave.
constexpr std::size_t kUploadsAtOnce = 8;
constexpr std::size_t kBytesAtOnce = 16U << 20U;

// A store that keeps an object's checksum apart from its bytes may, while another writer replaces
// the object, answer with those of two versions; so an answer that does not fit is asked for again.
constexpr int kReadsOfAltered = 5;

/// Browsers and query engines look at it; S3 does not.
const char* content_type_of(const std::string& key) {
  const auto ends = [&](const char* end) { return key.ends_with(end); };
  if (ends(".parquet")) return "application/vnd.apache.parquet";
  if (ends(".json")) return "application/json";
  if (ends(".csv")) return "text/csv; charset=utf-8";
  if (ends(".zst")) return "application/zstd";
  return "application/octet-stream";
}

/// Whether the answer says that the precondition of a write does not hold. If-Match on a missing
/// key is 404 on AWS, 412 elsewhere; a 409 that stayed through all tries is a race that is lost.
bool says_changed(const S3Answer& answer, const Precondition& precondition) {
  if (answer.response.outcome != net::Outcome::answered) return false;
  if (precondition.kind == Precondition::Kind::none) return false;
  if (answer.status() == 412) return true;
  if (answer.status() == 409) return answer.error.code == "ConditionalRequestConflict";
  return answer.status() == 404 && answer.error.code == "NoSuchKey";
}

/// Whether the request may have been carried out though no word of it came back.
bool may_have_happened(const S3Answer& answer) {
  return answer.response.outcome == net::Outcome::failed;
}

bool says_absent(const S3Answer& answer) {
  return answer.status() == 404 && answer.error.code != "NoSuchBucket";
}

}  // namespace

struct S3Store::Write {
  S3Call call;
  Precondition precondition;
  std::string id;      ///< in kWriteHeader
  std::string sha256;  ///< of the bytes, in base64
};

S3Store::S3Store(Options options, net::Client& client)
    : where_(options.where),
      single_writer_(options.single_writer),
      page_(options.page),
      wire_({.bucket = options.where.bucket,
             .endpoint = std::move(options.endpoint),
             .credentials = std::move(options.credentials),
             .clock = std::move(options.clock),
             .patience = options.patience},
            client) {
  client.add_service(kS3Service, s3_limits());
}

std::string S3Store::address() const {
  return to_uri(where_);
}

std::string S3Store::whole_key(const std::string& key) const {
  check_key(key);
  std::string whole = where_.prefix.empty() ? key : where_.prefix + "/" + key;
  check_key(whole);
  return whole;
}

std::optional<StoredObject> S3Store::get(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const S3Call call{.method = "GET",
                    .key = whole_key(key),
                    .query = {},
                    .headers = {{"x-amz-checksum-mode", "ENABLED"}},
                    .body = {}};
  for (int read = 1;; ++read) {
    S3Answer answer = wire_.ask(call);
    if (says_absent(answer) && !answer.error.code.empty()) return std::nullopt;
    if (answer.response.outcome == net::Outcome::answered && answer.status() == 403) {
      explain_refused_read(call, answer);
    }
    if (!answer.ok()) throw wire_.failure("read", "s3:GetObject", call, answer);
    StoredObject object{.bytes = std::move(answer.response.body), .etag = answer.header("ETag")};
    if (object.etag.empty()) throw no_answer_of_s3(call.key);
    const std::string promised = answer.header("x-amz-checksum-sha256");
    const bool altered = !promised.empty() && promised.find('-') == std::string::npos &&
                         promised != base::base64(base::sha256_raw(object.bytes));
    if (!altered) return object;
    if (read == kReadsOfAltered) {
      throw Error(ErrorKind::data,
                  "what came for " + to_uri({.bucket = wire_.bucket(), .prefix = call.key}) +
                      " is not what S3 has: its SHA-256 differs",
                  "run this again; when it stays so, look at what stands between here and S3");
    }
  }
}

Error S3Store::no_answer_of_s3(const std::string& whole_key) const {
  return {
      ErrorKind::data,
      "what came for " + to_uri({.bucket = wire_.bucket(), .prefix = whole_key}) +
          " is no answer of S3",
      "check that AWS_ENDPOINT_URL_S3 is the address of an S3 service, and what stands between"};
}

// Without s3:ListBucket, S3 does not tell whether an object is there: it refuses to read what is
// not. Whether listing is allowed tells which permission is missing.
void S3Store::explain_refused_read(const S3Call& call, const S3Answer& answer) {
  const bool plain = answer.error.code == "AccessDenied" || answer.error.code.empty();
  S3Call probe{.method = "GET",
               .key = {},
               .query = {{"list-type", "2"}, {"max-keys", "1"}, {"prefix", call.key}},
               .headers = {},
               .body = {}};
  if (plain) {
    const S3Answer listed = wire_.ask(probe);
    if (!listed.ok() && listed.status() == 403) {
      const Error refused = wire_.failure("read", "s3:GetObject", call, answer);
      throw Error(refused.kind(),
                  refused.message() +
                      ", and neither is listing the bucket, without which S3 does "
                      "not tell whether an object is there at all",
                  "allow s3:ListBucket on the bucket " + wire_.bucket() +
                      " and s3:GetObject on its objects (docs/s3.md has a policy)");
    }
  }
  throw wire_.failure("read", "s3:GetObject", call, answer);
}

S3Store::Write S3Store::start_write(const std::string& key, std::string bytes,
                                    const Precondition& precondition) {
  Write write{
      .call = {.method = "PUT", .key = whole_key(key), .query = {}, .headers = {}, .body = {}},
      .precondition = precondition,
      .id = base::to_hex(base::random_bytes(kWriteIdBytes)),
      .sha256 = {}};
  write.call.headers = {{"Content-Type", content_type_of(key)}, {kWriteHeader, write.id}};
  if (wire_.checksums()) write.sha256 = base::base64(base::sha256_raw(bytes));
  if (!single_writer_ && precondition.kind == Precondition::Kind::absent) {
    write.call.headers.emplace_back("If-None-Match", "*");
  }
  if (!single_writer_ && precondition.kind == Precondition::Kind::matches) {
    write.call.headers.emplace_back("If-Match", precondition.etag);
  }
  write.call.body = std::move(bytes);
  return write;
}

// When S3 cannot be asked after a write that failed, why the write failed is what counts.
std::optional<S3Answer> S3Store::head_after(const S3Answer& answer, const std::string& whole_key) {
  try {
    return head(whole_key);
  } catch (const Error& error) {
    if (!may_have_happened(answer) || error.kind() == ErrorKind::cancelled) throw;
    return std::nullopt;
  }
}

std::optional<std::string> S3Store::settle(const Write& write, const S3Answer& answer) {
  if (answer.ok()) {
    const std::string kept = answer.header("x-amz-checksum-sha256");
    if (!kept.empty() && !write.sha256.empty() && kept != write.sha256) {
      throw Error(ErrorKind::data,
                  "S3 has other bytes than were sent for " +
                      to_uri({.bucket = wire_.bucket(), .prefix = write.call.key}),
                  "run this again; when it stays so, look at what stands between here and S3");
    }
    if (std::string etag = answer.header("ETag"); !etag.empty()) return etag;
  }
  const bool changed = says_changed(answer, write.precondition);
  if (changed && answer.sent_once()) return std::nullopt;
  if (answer.ok() || changed || may_have_happened(answer)) {
    // A try before the one that was refused may have been the write itself.
    const auto now = head_after(answer, write.call.key);
    if (now && now->header(kWriteHeader) == write.id) return now->header("ETag");
    if (changed) return std::nullopt;
    if (answer.ok()) throw no_answer_of_s3(write.call.key);
  }
  throw wire_.failure("write", "s3:PutObject", write.call, answer);
}

std::optional<std::string> S3Store::put(const std::string& key, std::string_view bytes,
                                        const Precondition& precondition) {
  const std::lock_guard lock(mutex_);
  const Write write = start_write(key, std::string(bytes), precondition);
  if (single_writer_ && !holds(write.call.key, precondition)) return std::nullopt;
  return settle(write, wire_.ask(write.call));
}

void S3Store::put_all(std::size_t count, const UploadSource& source, const UploadDone& done) {
  const std::lock_guard lock(mutex_);
  std::size_t next = 0;
  std::size_t under_way = 0;
  std::size_t bytes_under_way = 0;
  const std::function<void()> start_some = [&] {
    while (next < count && under_way < kUploadsAtOnce && bytes_under_way < kBytesAtOnce) {
      const std::size_t number = next++;
      Upload upload = source(number);
      const std::size_t size = upload.bytes.size();
      auto write = std::make_shared<Write>(
          start_write(upload.key, std::move(upload.bytes), upload.precondition));
      if (single_writer_ && !holds(write->call.key, write->precondition)) {
        done(number, std::nullopt);
        continue;
      }
      ++under_way;
      bytes_under_way += size;
      S3Call call = std::move(write->call);
      write->call = {
          .method = call.method, .key = call.key, .query = {}, .headers = {}, .body = {}};
      wire_.send(std::move(call), [&, write, number, size](const S3Answer& answer) {
        --under_way;
        bytes_under_way -= size;
        done(number, settle(*write, answer));
        start_some();
      });
    }
  };
  start_some();
  wire_.client().run();
}

std::optional<S3Answer> S3Store::head(const std::string& whole_key) {
  const S3Call call{.method = "HEAD",
                    .key = whole_key,
                    .query = {},
                    .headers = {{"x-amz-checksum-mode", "ENABLED"}},
                    .body = {}};
  S3Answer answer = wire_.ask(call);
  if (says_absent(answer)) return std::nullopt;
  if (!answer.ok()) throw wire_.failure("look at", "s3:GetObject", call, answer);
  if (answer.header("ETag").empty()) throw no_answer_of_s3(call.key);
  return answer;
}

bool S3Store::holds(const std::string& whole_key, const Precondition& precondition) {
  if (precondition.kind == Precondition::Kind::none) return true;
  const auto now = head(whole_key);
  if (precondition.kind == Precondition::Kind::absent) return !now;
  return now && now->header("ETag") == precondition.etag;
}

// Not every store compares on DELETE, so the version is looked at first; where the store does
// compare, nobody can come between.
bool S3Store::remove(const std::string& key, const Precondition& precondition) {
  const std::lock_guard lock(mutex_);
  S3Call call{.method = "DELETE", .key = whole_key(key), .query = {}, .headers = {}, .body = {}};
  if (precondition.kind != Precondition::Kind::none) {
    const auto now = head(call.key);
    if (!now) return true;
    if (precondition.kind == Precondition::Kind::absent) return false;
    if (now->header("ETag") != precondition.etag) return false;
    if (!single_writer_) call.headers.emplace_back("If-Match", precondition.etag);
  }
  const S3Answer answer = wire_.ask(call);
  if (answer.ok() || says_absent(answer)) return true;
  if (says_changed(answer, precondition)) return !head(call.key);
  throw wire_.failure("delete", "s3:DeleteObject", call, answer);
}

std::optional<ObjectFacts> S3Store::look(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = head(whole_key(key));
  if (!found) return std::nullopt;
  ObjectFacts facts{.size = 0, .etag = found->header("ETag"), .sha256 = std::nullopt};
  facts.size = std::strtoull(found->header("Content-Length").c_str(), nullptr, 10);
  if (const auto raw = base::from_base64(found->header("x-amz-checksum-sha256"))) {
    if (raw->size() == 32) facts.sha256 = base::to_hex(*raw);
  }
  return facts;
}

std::vector<ObjectInfo> S3Store::list_page(S3Call& call, std::string& next) {
  const S3Answer answer = wire_.ask(call);
  if (!answer.ok()) throw wire_.failure("list", "s3:ListBucket", call, answer);
  auto listing = parse_s3_listing(answer.response.body);
  if (!listing || (listing->truncated && (listing->next.empty() || listing->next == next))) {
    throw no_answer_of_s3(where_.prefix);
  }
  next = listing->truncated ? listing->next : "";
  return std::move(listing->objects);
}

std::vector<ObjectInfo> S3Store::list(const std::string& prefix) {
  check_prefix(prefix);
  const std::lock_guard lock(mutex_);
  const std::string own = where_.prefix.empty() ? "" : where_.prefix + "/";
  std::vector<ObjectInfo> objects;
  std::string next;
  do {
    S3Call call{.method = "GET",
                .key = {},
                .query = {{"list-type", "2"}, {"prefix", own + prefix}},
                .headers = {},
                .body = {}};
    if (page_ > 0) call.query.emplace_back("max-keys", std::to_string(page_));
    if (!next.empty()) call.query.emplace_back("continuation-token", next);
    for (auto& info : list_page(call, next)) {
      if (!info.key.starts_with(own + prefix)) continue;
      info.key.erase(0, own.size());
      // A stranger's object may have a name that no key of ours can have.
      if (is_valid_key(info.key)) objects.push_back(std::move(info));
    }
  } while (!next.empty());
  std::sort(objects.begin(), objects.end(),
            [](const ObjectInfo& a, const ObjectInfo& b) { return a.key < b.key; });
  return objects;
}

}  // namespace soundlake::store
