// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/s3_servers.hpp"

#include "soundlake/base/files.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/store/scratch_folder.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <stdexcept>
#include <utility>

namespace soundlake::store {
namespace {

constexpr const char* kBucket = "listening";

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

bool listens(int port) {
  const base::FileDescriptor fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_in address = loopback(port);
  return ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

struct Started {
  ScratchFolder folder;
  std::unique_ptr<ChildProcess> process;
  S3Server server;
};

/// Starts what `command` says for a port and a folder, on another port when one was taken
/// meanwhile.
template <class Command>
std::unique_ptr<Started> start(const std::string& program, Command command,
                               const std::vector<std::string>& environment) {
  if (::access(program.c_str(), X_OK) != 0) {
    throw std::runtime_error(program + " is missing; ./test setup gets it");
  }
  auto started = std::make_unique<Started>();
  const std::string folder = started->folder.path();
  for (int tries = 0; tries < 5; ++tries) {
    const int port = free_port();
    started->process = std::make_unique<ChildProcess>(command(std::to_string(port), folder),
                                                      environment, folder + "/server.log");
    if (!wait_for_port(port, *started->process)) continue;
    started->server.url = "http://127.0.0.1:" + std::to_string(port);
    return started;
  }
  throw std::runtime_error(
      program + " does not start: " + base::read_file(folder + "/server.log").value_or(""));
}

void make_bucket(S3Server& server) {
  server.bucket = kBucket;
  S3Net own;
  own.client.add_service(kS3Service, s3_limits());
  const auto options = s3_options(server);
  S3Wire wire({.bucket = kBucket, .endpoint = options.endpoint, .credentials = options.credentials},
              own.client);
  const S3Call call{.method = "PUT", .key = {}, .query = {}, .headers = {}, .body = {}};
  const auto answer = wire.ask(call);
  if (!answer.ok()) throw wire.failure("make", "s3:CreateBucket", call, answer);
}

/// What stands between `<name>` and `</name>`.
std::string element(const std::string& xml, const std::string& name) {
  const auto begin = xml.find("<" + name + ">") + name.size() + 2;
  return xml.substr(begin, xml.find("</" + name + ">") - begin);
}

/// Asks moto's IAM, which takes the first three calls from anybody.
std::string ask_iam(const S3Server& server, const std::string& form) {
  S3Net own;
  own.client.add_service("iam", {});
  AwsRequest to_sign{.method = "POST",
                     .host = server.url.substr(7),
                     .path = "/",
                     .query = {},
                     .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                     .payload_hash = base::sha256_hex(form)};
  const AwsCredentials anybody{.access_key_id = "anybody",
                               .secret_access_key = base::Secret("nothing"),
                               .session_token = {},
                               .expires = {},
                               .source = {}};
  net::Request request;
  request.service = "iam";
  request.method = "POST";
  request.url = server.url + "/";
  request.body = form;
  request.headers = aws_signed_headers(to_sign, {.region = "us-east-1", .service = "iam"}, anybody,
                                       base::system_clock()());
  const auto response = own.client.fetch(request);
  if (!response.ok()) throw std::runtime_error("moto refuses: " + response.body);
  return response.body;
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments,
                           const std::vector<std::string>& environment, const std::string& output) {
  std::vector<char*> argv;
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  std::vector<char*> envp;
  for (const auto& variable : environment) envp.push_back(const_cast<char*>(variable.c_str()));
  envp.push_back(nullptr);
  const base::FileDescriptor log(
      ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("cannot start " + arguments[0]);
  if (pid_ > 0) return;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(log.get(), 1);
  ::dup2(log.get(), 2);
  ::execve(argv[0], argv.data(), envp.data());
  ::_exit(127);
}

ChildProcess::~ChildProcess() {
  if (!running()) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

bool ChildProcess::running() {
  if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) != 0) pid_ = -1;
  return pid_ > 0;
}

int free_port() {
  const base::FileDescriptor fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &length) != 0) {
    throw std::runtime_error("no port is free on 127.0.0.1");
  }
  return ntohs(address.sin_port);
}

bool wait_for_port(int port, ChildProcess& process) {
  constexpr int kSliceMs = 20;
  constexpr int kSlices = 60'000 / kSliceMs;
  for (int i = 0; i < kSlices && process.running(); ++i) {
    if (listens(port)) return process.running();
    ::poll(nullptr, 0, kSliceMs);
  }
  return false;
}

S3Store::Options s3_options(const S3Server& server) {
  static std::atomic<int> count = 0;
  return {.where = {.bucket = server.bucket, .prefix = "t/" + std::to_string(++count)},
          .endpoint = {.url = server.url,
                       .region = "us-east-1",
                       .addressing = S3Addressing::automatic,
                       .ca_file = {}},
          .credentials = [credentials = server.credentials](bool) { return credentials; }};
}

const S3Server& versitygw() {
  static const auto started = [] {
    const AwsCredentials root{.access_key_id = "root-of-the-test",
                              .secret_access_key = base::Secret("a secret/with+odd=letters"),
                              .session_token = {},
                              .expires = {},
                              .source = "of the test"};
    auto one =
        start(SOUNDLAKE_VERSITYGW,
              [](const std::string& port, const std::string& folder) -> std::vector<std::string> {
                for (const char* part : {"/iam", "/meta", "/data"}) {
                  base::make_private_folder(folder + part);
                }
                // Without a folder for users an unknown key is 404 instead of 403.
                return {SOUNDLAKE_VERSITYGW, "--port",  "127.0.0.1:" + port, "--region",
                        "us-east-1",         "--quiet", "--keep-alive",      "--iam-dir",
                        folder + "/iam",     "posix",   "--sidecar",         folder + "/meta",
                        folder + "/data"};
              },
              {"ROOT_ACCESS_KEY_ID=" + root.access_key_id,
               "ROOT_SECRET_ACCESS_KEY=" + root.secret_access_key.reveal()});
    one->server.credentials = root;
    make_bucket(one->server);
    return one;
  }();
  return started->server;
}

const S3Server& moto() {
  static const auto started = [] {
    auto one = start(
        SOUNDLAKE_MOTO,
        [](const std::string& port, const std::string&) -> std::vector<std::string> {
          return {SOUNDLAKE_MOTO, "-H", "127.0.0.1", "-p", port};
        },
        // Afterwards signatures are checked.
        {"INITIAL_NO_AUTH_ACTION_COUNT=3", "PATH=/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE=1"});
    ask_iam(one->server, "Action=CreateUser&UserName=ann&Version=2010-05-08");
    const std::string key =
        ask_iam(one->server, "Action=CreateAccessKey&UserName=ann&Version=2010-05-08");
    ask_iam(one->server,
            "Action=PutUserPolicy&UserName=ann&PolicyName=all&Version=2010-05-08&PolicyDocument=" +
                net::url_encode(R"({"Version":"2012-10-17","Statement":[)"
                                R"({"Effect":"Allow","Action":"*","Resource":"*"}]})"));
    one->server.credentials = {.access_key_id = element(key, "AccessKeyId"),
                               .secret_access_key = base::Secret(element(key, "SecretAccessKey")),
                               .session_token = {},
                               .expires = {},
                               .source = "of the test"};
    make_bucket(one->server);
    return one;
  }();
  return started->server;
}

}  // namespace soundlake::store
