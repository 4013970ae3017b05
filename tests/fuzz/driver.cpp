// SPDX-License-Identifier: Apache-2.0
#include "driver.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>
#include <stdexcept>

namespace {

// What a crash tells: a signal's handler can reach globals only.
std::uint64_t current_run = 0;
std::uint64_t current_seed = 0;

void tell_run() {
  char line[128];
  const int size = std::snprintf(
      line, sizeof line, "fuzz: failed; repeat with --seed %llu --first %llu --runs 1\n",
      static_cast<unsigned long long>(current_seed), static_cast<unsigned long long>(current_run));
  if (size > 0 && ::write(STDERR_FILENO, line, static_cast<std::size_t>(size)) < 0) std::abort();
}

void on_signal(int number) {
  tell_run();
  std::signal(number, SIG_DFL);
  std::raise(number);
}

}  // namespace

/// AddressSanitizer calls this before it reports.
extern "C" void __asan_on_error() {
  tell_run();
}

namespace soundlake::fuzz {
namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path corpus;
  std::uint64_t runs = 1000;
  std::uint64_t seed = 1;
  std::uint64_t first = 0;
  std::uint64_t seconds = 0;
  fs::path keep;
  std::vector<fs::path> files;
};

Options options_of(int argc, char** argv) {
  Options options;
  for (int at = 1; at < argc; ++at) {
    const std::string_view word = argv[at];
    if (word.substr(0, 2) != "--") {
      options.files.emplace_back(word);
      continue;
    }
    if (++at == argc) throw std::runtime_error(std::string(word) + " needs a value");
    const std::string value = argv[at];
    if (word == "--corpus") {
      options.corpus = value;
    } else if (word == "--runs") {
      options.runs = std::stoull(value);
    } else if (word == "--seed") {
      options.seed = std::stoull(value);
    } else if (word == "--first") {
      options.first = std::stoull(value);
    } else if (word == "--keep") {
      options.keep = value;
    } else if (word == "--seconds") {
      options.seconds = std::stoull(value);
    } else {
      throw std::runtime_error("there is no option " + std::string(word));
    }
  }
  return options;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> corpus_of(const fs::path& folder) {
  std::vector<fs::path> paths(fs::directory_iterator(folder), fs::directory_iterator{});
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> corpus;
  for (const auto& path : paths) corpus.push_back(bytes_of(path));
  if (corpus.empty()) throw std::runtime_error("no inputs in " + folder.string());
  return corpus;
}

class Mutator {
 public:
  Mutator(const std::vector<std::string>& corpus, const std::vector<std::string>& words,
          std::uint64_t seed)
      : corpus_(corpus), words_(words), random_(seed) {}

  std::string input() {
    std::string bytes = one_of(corpus_);
    for (auto changes = below(8); changes > 0; --changes) change(bytes);
    return bytes;
  }

 private:
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }
  const std::string& one_of(const std::vector<std::string>& list) {
    return list[below(list.size())];
  }

  /// A stretch of the bytes, mostly short.
  std::string part_of(const std::string& bytes) {
    const auto begin = below(bytes.size() + 1);
    return bytes.substr(begin, below(below(2) == 0 ? 16 : bytes.size() + 1));
  }

  void change(std::string& bytes) {
    const auto at = below(bytes.size() + 1);
    switch (below(8)) {
      case 0:
        bytes.insert(at, one_of(words_));
        break;
      case 1: {
        const auto& word = one_of(words_);
        bytes.replace(at, word.size(), word);
        break;
      }
      case 2:
        bytes.erase(at, below(below(2) == 0 ? 4 : bytes.size()));
        break;
      case 3:
        bytes.insert(at, part_of(bytes));
        break;
      case 4:
        bytes.insert(at, part_of(one_of(corpus_)));
        break;
      case 5:
        bytes.resize(at);
        break;
      default:
        if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        break;
    }
  }

  const std::vector<std::string>& corpus_;
  const std::vector<std::string>& words_;
  std::mt19937_64 random_;
};

void feed(const Target& target, std::string_view input, const std::string& what) {
  try {
    target(input);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "fuzz: %s: %s\n", what.c_str(), fault.what());
    throw;
  }
}

}  // namespace

void require(bool holds, const char* property) {
  if (!holds) throw std::runtime_error(std::string("does not hold: ") + property);
}

int run(int argc, char** argv, const std::vector<std::string>& words, const Target& target) try {
  const auto options = options_of(argc, argv);
  for (const auto& file : options.files) feed(target, bytes_of(file), file.string());
  if (options.corpus.empty()) return 0;

  const auto corpus = corpus_of(options.corpus);
  for (const auto& input : corpus) feed(target, input, "an input of the corpus");
  for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
    std::signal(number, on_signal);
  }
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::seconds(options.seconds);
  const auto end = options.seconds > 0 ? std::numeric_limits<std::uint64_t>::max()
                                       : options.first + options.runs;
  current_seed = options.seed;
  for (current_run = options.first; current_run < end; ++current_run) {
    if (options.seconds > 0 && Clock::now() >= until) break;
    Mutator mutator(corpus, words, options.seed * 0x9E3779B97F4A7C15U + current_run);
    const auto input = mutator.input();
    if (!options.keep.empty()) std::ofstream(options.keep, std::ios::binary) << input;
    try {
      feed(target, input, "run " + std::to_string(current_run));
    } catch (const std::exception&) {
      tell_run();
      return 1;
    }
  }
  std::printf("%llu runs\n", static_cast<unsigned long long>(current_run - options.first));
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 2;
}

}  // namespace soundlake::fuzz
