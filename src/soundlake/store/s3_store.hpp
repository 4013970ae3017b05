// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/store/s3_wire.hpp"
#include "soundlake/store/store.hpp"

#include <mutex>

namespace soundlake::store {

/// A bucket, or what lies below a prefix in one, as a store. Writes are single conditional PUTs
/// with the SHA-256 of the bytes, which S3 checks; what is read is checked against it where S3 has
/// kept it. Etags are S3's own. Each object carries, as `x-amz-meta-soundlake-write`, which write
/// it came from: so a write whose answer was lost is told from one that was refused.
///
/// May be used from several threads, one at a time; the client's other requests go on meanwhile.
class S3Store : public Store {
 public:
  struct Options {
    S3Location where;
    S3Endpoint endpoint;
    CredentialSource credentials;
    base::Clock clock = base::system_clock();  ///< the true time: S3 refuses wrong clocks
    /// The store knows no conditional writes and its owner promises to be the only writer:
    /// preconditions are compared before the write.
    bool single_writer = false;
    std::chrono::seconds patience = kS3Patience;
    int page = 0;  ///< objects in one answer of list(); 0: as many as S3 gives (1000)
  };
  /// The client must outlive this; the service `kS3Service` is added to it.
  S3Store(Options options, net::Client& client);

  /// These throw Error naming bucket, key, S3's code and what to do (s3_failure.hpp).
  std::optional<StoredObject> get(const std::string& key) override;
  std::optional<std::string> put(const std::string& key, std::string_view bytes,
                                 const Precondition& precondition) override;
  bool remove(const std::string& key, const Precondition& precondition) override;
  std::vector<ObjectInfo> list(const std::string& prefix) override;
  std::optional<ObjectFacts> look(const std::string& key) override;
  void put_all(std::size_t count, const UploadSource& source, const UploadDone& done) override;
  void keep_to_single_writer() override { single_writer_ = true; }
  std::string address() const override;

 private:
  struct Write;
  std::string whole_key(const std::string& key) const;
  Write start_write(const std::string& key, std::string bytes, const Precondition& precondition);
  std::optional<std::string> settle(const Write& write, const S3Answer& answer);
  std::optional<S3Answer> head(const std::string& whole_key);
  std::optional<S3Answer> head_after(const S3Answer& answer, const std::string& whole_key);
  Error no_answer_of_s3(const std::string& whole_key) const;
  bool holds(const std::string& whole_key, const Precondition& precondition);
  [[noreturn]] void explain_refused_read(const S3Call& call, const S3Answer& answer);
  std::vector<ObjectInfo> list_page(S3Call& call, std::string& next);

  S3Location where_;
  bool single_writer_;
  int page_;
  S3Wire wire_;
  std::mutex mutex_;
};

}  // namespace soundlake::store
