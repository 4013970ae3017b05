// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace soundlake::sim {

/// A generator whose numbers are the same with every compiler and library, which those of
/// <random>'s distributions are not. SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom
/// Number Generators, 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  /// A generator of its own for one part of the whole, so that parts do not depend on each other.
  Random(std::uint64_t seed, std::uint64_t part) : state_(seed) {
    state_ = next() ^ (part * 0xd1342543de82ef95ull);
    state_ = next();
  }

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15ull;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  /// In [0, 1).
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  /// In [low, high], both included.
  int between(int low, int high) {
    return low + static_cast<int>(unit() * (static_cast<double>(high) - low + 1));
  }
  double between(double low, double high) { return low + unit() * (high - low); }
  /// Bell-shaped around `middle`, never further away than `spread`.
  double around(double middle, double spread) {
    double sum = unit();
    sum += unit();
    sum += unit();
    return middle + spread * (sum * 2 / 3 - 1);
  }
  bool chance(double probability) { return unit() < probability; }
  /// An index below `count`, which must not be 0.
  std::size_t index(std::size_t count) {
    return static_cast<std::size_t>(unit() * static_cast<double>(count));
  }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[index(from.size())];
  }
  /// `length` characters of the alphabet.
  std::string text(std::size_t length, const std::string& alphabet) {
    std::string made(length, ' ');
    for (auto& c : made) c = alphabet[index(alphabet.size())];
    return made;
  }

 private:
  std::uint64_t state_;
};

}  // namespace soundlake::sim
