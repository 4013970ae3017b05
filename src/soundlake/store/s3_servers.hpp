// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/database.hpp"
#include "soundlake/net/client.hpp"
#include "soundlake/net/virtual_time.hpp"
#include "soundlake/store/s3_store.hpp"

#include <memory>
#include <string>
#include <vector>

/// Test support: real S3 servers on this machine, started when a test first asks for one and ended
/// with the test program. `./test setup` gets them; without them tests fail and say so.
namespace soundlake::store {

/// A running server with one bucket.
struct S3Server {
  std::string url;
  std::string bucket;
  AwsCredentials credentials;
};

/// Checks signatures, bodies, regions and clocks; conditional writes have one winner.
const S3Server& versitygw();
/// Checks signatures; knows STS too.
const S3Server& moto();

/// A client with state of its own, which never waits between its tries.
struct S3Net {
  base::Database database = base::Database::in_memory();
  net::Closures closures{database};
  net::ResponseCache cache{database};
  net::VirtualTime time{base::system_clock()()};
  net::Client client{options(), closures, cache};

 private:
  net::Client::Options options() const {
    net::Client::Options in_virtual_time{.user_agent = "soundlake/test"};
    time.apply_to(in_virtual_time);
    return in_virtual_time;
  }
};

/// The server's bucket as options; the prefix is new with each call.
S3Store::Options s3_options(const S3Server& server);

/// A store with a client of its own.
class OwnS3Store : private S3Net, public S3Store {
 public:
  explicit OwnS3Store(const S3Server& server) : OwnS3Store(s3_options(server)) {}
  explicit OwnS3Store(Options options) : S3Store(std::move(options), S3Net::client) {}
  std::int64_t requests() const { return S3Net::client.requests_sent().at(kS3Service); }
};

/// A child process that does not outlive this one.
class ChildProcess {
 public:
  /// Its output goes into the file. Throws when it cannot be started.
  ChildProcess(const std::vector<std::string>& arguments,
               const std::vector<std::string>& environment, const std::string& output);
  ~ChildProcess();  ///< ends it
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  bool running();

 private:
  int pid_ = -1;
};

/// A port that was free a moment ago.
int free_port();
/// Waits until something listens there; false when the process ended before.
bool wait_for_port(int port, ChildProcess& process);

}  // namespace soundlake::store
